// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/account_handlers.h"

#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/provider_access.h"
#include "core/operations/accounts.h"
#include "core/operations/handlers.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace visgate {

void AccountHandlers::addTo(Handlers& handlers)
{
    handlers.add<ListAccounts>([this](ListAccounts) { return listAccounts(); });
    handlers.add<ListEndpoints>([this](ListEndpoints op) { return endpoints(op.refresh); });
    handlers.add<CleanUp>([this](CleanUp op) { return cleanUp(op.request); });
}

Task<Result<QList<ProviderAccount>>> AccountHandlers::listAccounts()
{
    const QList<ProviderAccount> accounts = m_context.book.all();
    co_return accounts;
}

Task<Result<QList<AccountEndpoint>>> AccountHandlers::endpoints(bool refresh)
{
    const bool practises = m_context.accounts.isOpen(AccountId::practice())
        || std::any_of(m_table.all().cbegin(), m_table.all().cend(),
            [](const auto& run) { return run.second->record().deployment.target.isPractice(); });
    QList<AccountEndpoint> found;
    const QList<AccountId> accounts = m_endpoints.accounts();
    for (const AccountId& target : accounts) {
        if (refresh && (!target.isPractice() || practises)) {
            auto list = co_await m_context.watches->of(target).list();
            if (m_context.stopping)
                co_return fail(ErrorCode::Cancelled);
            // What is certain to be empty is left out; of the rest it is said that it could not be asked.
            if (!list && !m_endpoints.isWithoutAccount(target, list.error())) {
                AccountEndpoint unasked;
                unasked.target = target;
                unasked.problem = std::move(list.error());
                found.append(std::move(unasked));
                continue;
            }
        }
        found.append(m_endpoints.known(target));
    }
    co_return found;
}

Task<Result<QList<CleanupItem>>> AccountHandlers::cleanUp(CleanupRequest request)
{
    QList<CleanupItem> items;
    const QList<AccountId> accounts = m_endpoints.accounts();
    for (const AccountId& target : accounts) {
        auto found = co_await cleanUpTarget(target, request);
        if (!found && found.error().code == ErrorCode::Cancelled)
            co_return found;
        if (found) {
            items.append(std::move(*found));
        } else if (!m_endpoints.isWithoutAccount(target, found.error())) {
            CleanupItem unasked;
            unasked.target = target;
            unasked.problem = std::move(found.error());
            items.append(std::move(unasked));
        }
    }
    co_return items;
}

Task<Result<QList<CleanupItem>>> AccountHandlers::cleanUpTarget(AccountId target, CleanupRequest request)
{
    auto provider = co_await m_providers.open(target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    auto endpoints = co_await (*provider)->listEndpoints(CallFor::Deployment);
    if (!endpoints)
        co_return fail(std::move(endpoints.error()));
    QList<CleanupItem> items;
    for (const ProviderEndpoint& endpoint : *endpoints) {
        CleanupItem item;
        item.target = target;
        item.endpoint = endpoint.id;
        item.endpointName = endpoint.name;
        item.owner = m_endpoints.ownerOf(endpoint, target);
        std::vector<DeploymentRun*> residents;
        bool isAlive = false;
        for (const auto& [id, owner] : m_table.all()) {
            const Deployment& deployment = owner->record().deployment;
            if (deployment.endpointId != endpoint.id || deployment.status == DeploymentStatus::Deleted)
                continue;
            item.deployment = id;
            residents.push_back(owner.get());
            isAlive = isAlive || deployment.status != DeploymentStatus::Failed;
        }
        const bool isMeant
            = item.owner == EndpointOwner::Ours || (item.owner == EndpointOwner::OtherApp && request.others);
        item.taken = isMeant && (request.all || !isAlive);
        items.append(item);
        if (!item.taken || !request.apply)
            continue;
        // All of them: as long as one lives on it, the endpoint stays.
        for (DeploymentRun* const resident : residents) {
            if (auto wished = resident->setDesired(DesiredState::Delete); !wished)
                co_return fail(std::move(wished.error()));
        }
        if (!residents.empty() && item.owner == EndpointOwner::Ours)
            continue;
        auto deleted = co_await m_context.accounts.provider(target)->deleteEndpoint(endpoint.id);
        if (m_context.stopping || !m_context.accounts.isOpen(target))
            co_return fail(ErrorCode::Cancelled);
        if (!deleted && !isGone(deleted.error()))
            co_return fail(std::move(deleted.error()));
    }
    co_return items;
}

} // namespace visgate
