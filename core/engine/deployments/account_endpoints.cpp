// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/account_endpoints.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/context/naming.h"
#include "core/engine/sessions/account_watches.h"

#include <map>
#include <optional>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QList<AccountId> AccountEndpoints::accounts() const
{
    QList<AccountId> found;
    for (const ProviderAccount& account : m_context.accounts.all())
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
    const QString hash = m_context.accounts.userHash(target);
    for (const ProviderEndpoint& listed : *watch.lastList()) {
        AccountEndpoint endpoint;
        endpoint.target = target;
        endpoint.id = listed.id;
        endpoint.name = listed.name;
        endpoint.modelId = modelOfName(listed.name, hash);
        endpoint.gpuPools = listed.gpuPools;
        endpoint.image = listed.image;
        endpoint.workersMin = listed.workersMin;
        endpoint.workersMax = listed.workersMax;
        if (listed.workersMin > 0)
            endpoint.usdPerHour = listed.workersMin * m_context.accounts.dearestOf(target, listed.gpuPools);
        endpoint.createdAt = listed.createdAt;
        endpoint.seenAt = watch.listedAt();
        const auto [first, last] = residents.equal_range(listed.id);
        for (auto resident = first; resident != last; ++resident)
            endpoint.deployments.append(resident->second);
        if (!endpoint.deployments.isEmpty())
            endpoint.owner = EndpointOwner::Ours;
        else if (isOurName(listed.name, hash))
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

EndpointOwner AccountEndpoints::ownerOf(const ProviderEndpoint& endpoint, const QString& userHash) const
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
    return isOurName(endpoint.name, userHash) ? EndpointOwner::OtherApp : EndpointOwner::NotOurs;
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
