// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/account_endpoints.h"

#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/naming.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/key_history.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// That of the key which made an endpoint of this name; empty if none of these did.
QString hashOfName(const QString& name, const QStringList& hashes)
{
    const auto found
        = std::find_if(hashes.cbegin(), hashes.cend(), [&name](const QString& hash) { return isOurName(name, hash); });
    return found == hashes.cend() ? QString() : *found;
}

} // namespace

QList<AccountId> AccountEndpoints::accounts() const
{
    QList<AccountId> found;
    for (const ProviderAccount& account : m_context.book.all())
        found.append(account.id);
    for (const auto& [id, owner] : m_table.all()) {
        const AccountId& target = owner->record().deployment.target;
        if (!found.contains(target))
            found.append(target);
    }
    return found;
}

QList<AccountEndpoint> AccountEndpoints::known(AccountId target) const
{
    const AccountWatch& watch = m_context.watches->of(target);
    if (!watch.lastList())
        return {};
    std::multimap<EndpointId, DeploymentId> residents;
    for (const auto& [id, owner] : m_table.all()) {
        const Deployment& deployment = owner->record().deployment;
        if (!deployment.endpointId.isEmpty() && deployment.status != DeploymentStatus::Deleted)
            residents.emplace(deployment.endpointId, id);
    }
    QList<AccountEndpoint> found;
    const QStringList hashes = hashesOf(target);
    for (const ProviderEndpoint& listed : *watch.lastList()) {
        AccountEndpoint endpoint;
        endpoint.target = target;
        endpoint.id = listed.id;
        endpoint.name = listed.name;
        const QString hash = hashOfName(listed.name, hashes);
        endpoint.modelId = modelOfName(listed.name, hash);
        endpoint.gpuPools = listed.gpuPools;
        endpoint.image = listed.image;
        endpoint.workersMin = listed.workersMin;
        endpoint.workersMax = listed.workersMax;
        if (listed.workersMin > 0)
            endpoint.usdPerHour = listed.workersMin * m_context.facts.dearestOf(target, listed.gpuPools);
        endpoint.createdAt = listed.createdAt;
        endpoint.seenAt = watch.listedAt();
        const auto [first, last] = residents.equal_range(listed.id);
        for (auto resident = first; resident != last; ++resident)
            endpoint.deployments.append(resident->second);
        if (!endpoint.deployments.isEmpty())
            endpoint.owner = EndpointOwner::Ours;
        else if (!hash.isEmpty())
            endpoint.owner = EndpointOwner::OtherApp;
        found.append(std::move(endpoint));
    }
    return found;
}

double AccountEndpoints::usdPerHourElsewhere(AccountId target) const
{
    double usd = 0.0;
    for (const AccountEndpoint& endpoint : known(target)) {
        if (endpoint.owner != EndpointOwner::Ours)
            usd += endpoint.usdPerHour;
    }
    return usd;
}

QStringList AccountEndpoints::hashesOf(const AccountRef& account) const
{
    const QStringList present{m_context.accounts.userHash(account)};
    return account.guest.isEmpty() ? present + earlierHashes(m_context.meta, account.target) : present;
}

EndpointOwner AccountEndpoints::ownerOf(const ProviderEndpoint& endpoint, const AccountRef& account) const
{
    for (const auto& [id, owner] : m_table.all()) {
        const DeploymentRecord& record = owner->record();
        if (record.deployment.endpointId == endpoint.id)
            return record.endpointForeign ? EndpointOwner::OtherApp : EndpointOwner::Ours;
    }
    // Made for one that is deleted by now, or whose create call's answer was lost.
    const DeploymentId madeFor(endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s).toStdString());
    const auto record = madeFor.isEmpty() ? std::optional<DeploymentRecord>()
                                          : m_context.deployments.find(madeFor).value_or(std::nullopt);
    if (record)
        return EndpointOwner::Ours;
    return hashOfName(endpoint.name, hashesOf(account)).isEmpty() ? EndpointOwner::NotOurs : EndpointOwner::OtherApp;
}

bool AccountEndpoints::isWithoutAccount(const AccountRef& account, const Error& error) const
{
    if (!m_table.at(account).isEmpty())
        return false;
    // Practice's workers live in its own process. A locked keychain may well hold a key.
    return account.target.isPractice() ? error.code == ErrorCode::PracticeUnavailable
                                       : isWithoutKey(error.code) && error.code != ErrorCode::KeychainLocked;
}

} // namespace visgate
