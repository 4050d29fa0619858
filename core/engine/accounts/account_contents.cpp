// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/accounts/account_contents.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/sessions/provider_access.h"
#include "core/engine/volumes/volume_list.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kEndPatience = 60s;
constexpr std::chrono::milliseconds kEndTurn = 100ms;

} // namespace

QList<DeploymentRun*> AccountContents::deployments(const AccountId& account) const
{
    QList<DeploymentRun*> found;
    for (const auto& [id, owner] : m_table.all()) {
        const Deployment& deployment = owner->record().deployment;
        if (deployment.target == account && deployment.status != DeploymentStatus::Deleted && owner->mayExist())
            found.append(owner.get());
    }
    return found;
}

Task<AccountHoldings> AccountContents::at(AccountId account)
{
    AccountHoldings held;
    held.account = account;
    const QList<DeploymentRun*> living = deployments(account);
    for (const DeploymentRun* const owner : living) {
        const Deployment& deployment = owner->record().deployment;
        held.holdings.append(
            {HoldingKind::Deployment, QString::fromStdString(deployment.id.value()), deployment.modelId});
    }
    auto endpoints = co_await orphans(account);
    if (endpoints)
        held.holdings.append(*endpoints);
    else
        held.problem = std::move(endpoints.error());
    if (m_context.stopping || held.problem)
        co_return held;
    auto disks = co_await volumes(account);
    if (disks)
        held.holdings.append(*disks);
    else
        held.problem = std::move(disks.error());
    co_return held;
}

Task<Result<QList<AccountHolding>>> AccountContents::orphans(AccountId account)
{
    QList<AccountHolding> found;
    auto provider = co_await m_providers.open(account);
    Result<QList<ProviderEndpoint>> endpoints = QList<ProviderEndpoint>();
    if (provider) {
        auto listed = co_await (*provider)->listEndpoints(CallFor::Deployment);
        endpoints = std::move(listed);
    } else {
        endpoints = fail(std::move(provider.error()));
    }
    if (!endpoints) {
        // With a key that is not taken any more nothing there can be reached, and none of our records speaks of it.
        const bool isShut = endpoints.error().code == ErrorCode::KeyRejected && !hasDeployments(account);
        if (isShut || m_endpoints.isWithoutAccount(account, endpoints.error()))
            co_return found;
        co_return fail(std::move(endpoints.error()));
    }
    const QList<DeploymentRun*> living = deployments(account);
    for (const ProviderEndpoint& endpoint : *endpoints) {
        const bool isLivedOn = std::any_of(living.cbegin(), living.cend(),
            [&endpoint](const DeploymentRun* owner) { return owner->record().deployment.endpointId == endpoint.id; });
        if (!isLivedOn && m_endpoints.ownerOf(endpoint, account) == EndpointOwner::Ours)
            found.append({HoldingKind::Endpoint, QString::fromStdString(endpoint.id.value()), endpoint.name});
    }
    co_return found;
}

Task<Result<QList<AccountHolding>>> AccountContents::volumes(AccountId account)
{
    QList<AccountHolding> found;
    if (!m_context.accounts.isOpen(account) || !m_context.accounts.provider(account)->volumes())
        co_return found;
    auto volumes = co_await m_volumes.list(account);
    if (!volumes && volumes.error().code == ErrorCode::KeyRejected)
        co_return found; // as of the endpoints
    if (!volumes)
        co_return fail(std::move(volumes.error()));
    for (const ModelVolume& volume : *volumes) {
        if (volume.ours)
            found.append({HoldingKind::Volume, QString::fromStdString(volume.id.value()), volume.name});
    }
    co_return found;
}

Task<Result<void>> AccountContents::end(AccountId account)
{
    const QList<DeploymentRun*> living = deployments(account);
    for (DeploymentRun* const owner : living) {
        if (auto wished = owner->setDesired(DesiredState::Delete); !wished)
            co_return wished;
    }
    const MonotonicPoint begin = m_context.config.clock->monotonic();
    Waker waker;
    while (!m_context.stopping && hasDeployments(account) && m_context.config.clock->monotonic() - begin < kEndPatience)
        co_await waker.pause(kEndTurn);
    auto left = co_await orphans(account);
    if (!left)
        co_return fail(std::move(left.error()));
    const QList<AccountHolding> endpoints = *left;
    for (const AccountHolding& endpoint : endpoints) {
        if (m_context.stopping || !m_context.accounts.isOpen(account))
            co_return fail(ErrorCode::Cancelled);
        auto deleted
            = co_await m_context.accounts.provider(account)->deleteEndpoint(EndpointId(endpoint.id.toStdString()));
        if (!deleted && !isGone(deleted.error()))
            co_return fail(std::move(deleted.error()));
    }
    co_return Result<void>();
}

} // namespace visgate
