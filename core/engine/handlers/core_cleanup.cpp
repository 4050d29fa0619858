// SPDX-License-Identifier: GPL-3.0-or-later
// Cleaning up: what this data folder recorded is ours; what only bears our name may be a colleague's or another
// computer's, and goes only where the user has said yes to it.
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/naming.h"
#include "core/engine/handlers/engine_parts.h"

#include <utility>
#include <vector>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

EndpointOwner EngineCore::ownerOf(const ProviderEndpoint& endpoint, const QString& userHash)
{
    for (const auto& [id, owner] : m_parts->table.all()) {
        const DeploymentRecord& record = owner->record();
        if (record.deployment.endpointId == endpoint.id)
            return record.endpointForeign ? EndpointOwner::OtherApp : EndpointOwner::Ours;
    }
    // Made for one that is deleted by now, or whose create call's answer was lost.
    const DeploymentId madeFor(endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s).toStdString());
    const auto record = madeFor.isEmpty() ? std::optional<DeploymentRecord>()
                                          : m_parts->deployments.find(madeFor).value_or(std::nullopt);
    if (record)
        return EndpointOwner::Ours;
    return isOurName(endpoint.name, userHash) ? EndpointOwner::OtherApp : EndpointOwner::NotOurs;
}

Task<Result<QList<CleanupItem>>> EngineCore::cleanUp(CleanupRequest request)
{
    QList<CleanupItem> items;
    for (const Target target : {Target::Practice, Target::Runpod}) {
        auto found = co_await cleanUpTarget(target, request);
        if (!found && found.error().code == ErrorCode::Cancelled)
            co_return found;
        if (found) {
            items.append(std::move(*found));
        } else if (!isWithoutAccount(target, found.error())) {
            CleanupItem unasked;
            unasked.target = target;
            unasked.problem = std::move(found.error());
            items.append(std::move(unasked));
        }
    }
    co_return items;
}

Task<Result<QList<CleanupItem>>> EngineCore::cleanUpTarget(Target target, CleanupRequest request)
{
    auto opened = co_await m_parts->accounts.open(target, 0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context->stopping || !m_parts->accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await m_parts->accounts.provider(target)->listEndpoints(CallFor::Deployment);
    if (!endpoints)
        co_return fail(std::move(endpoints.error()));
    QList<CleanupItem> items;
    for (const ProviderEndpoint& endpoint : *endpoints) {
        CleanupItem item;
        item.target = target;
        item.endpoint = endpoint.id;
        item.endpointName = endpoint.name;
        item.owner = ownerOf(endpoint, m_parts->accounts.userHash(target));
        std::vector<DeploymentRun*> residents;
        bool isAlive = false;
        for (const auto& [id, owner] : m_parts->table.all()) {
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
            if (auto wished = resident->setWish(Wish::Delete); !wished)
                co_return fail(std::move(wished.error()));
        }
        if (!residents.empty() && item.owner == EndpointOwner::Ours)
            continue;
        auto deleted = co_await m_parts->accounts.provider(target)->deleteEndpoint(endpoint.id);
        if (m_context->stopping || !m_parts->accounts.isOpen(target))
            co_return fail(ErrorCode::Cancelled);
        if (!deleted && !isGone(deleted.error()))
            co_return fail(std::move(deleted.error()));
    }
    co_return items;
}

} // namespace visgate
