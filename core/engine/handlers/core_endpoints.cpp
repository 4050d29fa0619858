// SPDX-License-Identifier: GPL-3.0-or-later
// What lives in the accounts, whoever made it.
#include "core/engine/context/naming.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/accounts.h"
#include "core/operations/deployments.h"

#include <algorithm>
#include <map>
#include <utility>

namespace visgate {

Task<Result<QList<AccountEndpoint>>> EngineCore::endpoints(bool refresh)
{
    const bool practises = m_parts->accounts.isOpen(Target::Practice)
        || std::any_of(m_parts->table.all().cbegin(), m_parts->table.all().cend(),
            [](const auto& run) { return run.second->record().deployment.target == Target::Practice; });
    QList<AccountEndpoint> found;
    for (const Target target : {Target::Practice, Target::Runpod}) {
        if (refresh && (target != Target::Practice || practises)) {
            auto list = co_await m_parts->watches.of(target).list();
            if (m_context->stopping)
                co_return fail(ErrorCode::Cancelled);
            // What is certain to be empty is left out; of the rest it is said that it could not be asked.
            if (!list && !isWithoutAccount(target, list.error())) {
                AccountEndpoint unasked;
                unasked.target = target;
                unasked.problem = std::move(list.error());
                found.append(std::move(unasked));
                continue;
            }
        }
        found.append(knownEndpoints(target));
    }
    co_return found;
}

/// By the account's last list.
QList<AccountEndpoint> EngineCore::knownEndpoints(Target target)
{
    AccountWatch& watch = m_parts->watches.of(target);
    if (!watch.lastList())
        return {};
    std::multimap<EndpointId, DeploymentId> residents;
    for (const auto& [id, owner] : m_parts->table.all()) {
        const Deployment& deployment = owner->record().deployment;
        if (!deployment.endpointId.isEmpty() && deployment.status != DeploymentStatus::Deleted)
            residents.emplace(deployment.endpointId, id);
    }
    QList<AccountEndpoint> found;
    const QString hash = m_parts->accounts.userHash(target);
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
            endpoint.usdPerHour = listed.workersMin * m_parts->accounts.dearestOf(target, listed.gpuPools);
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

Task<Result<void>> EngineCore::watchWorkers(DeploymentId id)
{
    if (DeploymentRun* const owner = m_parts->table.find(id))
        owner->look();
    co_return {};
}

void EngineCore::handleAccounts()
{
    m_handlers.add<ListEndpoints>([this](ListEndpoints op) { return endpoints(op.refresh); });
    m_handlers.add<CleanUp>([this](CleanUp op) { return cleanUp(op.request); });
    m_handlers.add<WatchWorkers>([this](WatchWorkers op) { return watchWorkers(std::move(op.id)); });
}

} // namespace visgate
