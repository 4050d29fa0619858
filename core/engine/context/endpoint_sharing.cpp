// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/context/endpoint_sharing.h"

#include "core/providers/provider.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace visgate {

namespace {

/// Not deleted, nor about to be.
bool isHeld(const DeploymentRecord& record)
{
    const DeploymentStatus status = record.deployment.status;
    return record.desired != DesiredState::Delete && status != DeploymentStatus::Deleted
        && status != DeploymentStatus::Deleting;
}

/// Who pays for an endpoint that several live on: first those that want it to run, then those that have it asleep, then
/// what was put away or failed; among equals the one that was there first.
int rankOf(const DeploymentRecord& record)
{
    const Deployment& d = record.deployment;
    if (d.status == DeploymentStatus::Failed)
        return 3;
    if (d.deleteAt)
        return 2;
    const bool rests = d.status == DeploymentStatus::Paused || d.status == DeploymentStatus::Parked;
    return rests || record.desired != DesiredState::Run ? 1 : 0;
}

} // namespace

void EndpointSharing::join(EndpointResident& resident)
{
    m_residents.insert_or_assign(resident.record().deployment.id, &resident);
}

void EndpointSharing::leave(const EndpointResident& resident)
{
    // Whoever took its place under the same id stays.
    const auto found = m_residents.find(resident.record().deployment.id);
    if (found != m_residents.end() && found->second == &resident)
        m_residents.erase(found);
}

template <typename IsMeant>
bool EndpointSharing::isThere(const EndpointId& endpoint, const DeploymentId& except, IsMeant isMeant) const
{
    return std::any_of(m_residents.cbegin(), m_residents.cend(), [&](const auto& entry) {
        const DeploymentRecord& record = entry.second->record();
        // One that is just being woken is in use already, though not adopted yet.
        const bool isOn = record.deployment.endpointId == endpoint || record.waking == endpoint;
        return entry.first != except && isOn && !endpoint.isEmpty() && isMeant(record);
    });
}

bool EndpointSharing::isShared(const EndpointId& endpoint, const DeploymentId& id) const
{
    return isThere(endpoint, id, isHeld);
}

bool EndpointSharing::isNameInUse(const QString& name, const DeploymentId& id) const
{
    return std::any_of(m_residents.cbegin(), m_residents.cend(), [&](const auto& entry) {
        const Deployment& other = entry.second->record().deployment;
        return entry.first != id && other.endpointName == name && !other.endpointId.isEmpty();
    });
}

bool EndpointSharing::isUsedElsewhere(const EndpointId& endpoint, const DeploymentId& id) const
{
    return isThere(endpoint, id, [](const DeploymentRecord& record) {
        const DeploymentStatus status = record.deployment.status;
        return isHeld(record) && record.desired == DesiredState::Run && status != DeploymentStatus::Failed
            && status != DeploymentStatus::Paused && status != DeploymentStatus::Parked;
    });
}

bool EndpointSharing::isBeingLeft(const EndpointId& endpoint, const DeploymentId& id) const
{
    return isThere(endpoint, id, [](const DeploymentRecord& record) {
        const DeploymentStatus status = record.deployment.status;
        return (record.desired == DesiredState::Delete && status != DeploymentStatus::Deleted)
            || (record.desired == DesiredState::Pause && status != DeploymentStatus::Paused);
    });
}

bool EndpointSharing::isReadyElsewhere(const EndpointId& endpoint, const DeploymentId& id) const
{
    bool ready = false;
    forEach(endpoint, id, [&ready](const EndpointResident& other) {
        ready = ready || other.record().deployment.status == DeploymentStatus::Ready;
    });
    return ready;
}

EndpointSharing::PoolDemand EndpointSharing::demandElsewhere(const EndpointId& endpoint, const DeploymentId& id) const
{
    PoolDemand demand;
    forEach(endpoint, id, [&demand](const EndpointResident& other) {
        const DeploymentRecord& record = other.record();
        if (record.desired != DesiredState::Run || record.deployment.status != DeploymentStatus::Ready)
            return;
        demand.workersMin = std::max(demand.workersMin, record.alwaysOnSent ? 1 : 0);
        demand.idleTimeout = std::max(demand.idleTimeout, record.warmIdle);
    });
    return demand;
}

std::optional<EndpointLimits> EndpointSharing::limitsOutsideWarmTimes(const EndpointId& endpoint) const
{
    std::optional<EndpointLimits> limits;
    forEach(endpoint, {}, [&limits](const EndpointResident& owner) {
        if (owner.record().alwaysOnSent || owner.record().warmIdle.count() > 0)
            limits = owner.record().deployment.limits;
    });
    return limits;
}

QList<DeploymentId> EndpointSharing::payersOf(const Deployment& deployment) const
{
    std::vector<const DeploymentRecord*> living;
    for (const auto& [id, resident] : m_residents) {
        const DeploymentRecord& record = resident->record();
        const Deployment& d = record.deployment;
        const bool isLeaving = d.status == DeploymentStatus::Deleted || d.status == DeploymentStatus::Deleting;
        if (!deployment.endpointId.isEmpty() && d.target == deployment.target && d.endpointId == deployment.endpointId
            && !isLeaving)
            living.push_back(&record);
    }
    std::sort(living.begin(), living.end(), [](const DeploymentRecord* a, const DeploymentRecord* b) {
        return std::tuple(rankOf(*a), a->deployment.createdAt, a->deployment.id)
            < std::tuple(rankOf(*b), b->deployment.createdAt, b->deployment.id);
    });
    QList<DeploymentId> ids;
    for (const DeploymentRecord* const record : living)
        ids.append(record->deployment.id);
    return ids;
}

void EndpointSharing::forEach(
    const EndpointId& endpoint, const DeploymentId& except, const std::function<void(EndpointResident&)>& action) const
{
    for (const auto& [id, resident] : m_residents) {
        const DeploymentRecord& record = resident->record();
        if (id != except && record.deployment.endpointId == endpoint && isHeld(record))
            action(*resident);
    }
}

void EndpointSharing::shareLimits(
    const EndpointId& endpoint, const DeploymentId& id, const EndpointLimits& limits) const
{
    forEach(endpoint, id, [&limits](EndpointResident& other) { other.takeLimits(limits); });
}

void EndpointSharing::shareEndpoint(const ProviderEndpoint& endpoint, const DeploymentId& id) const
{
    forEach(endpoint.id, id, [&endpoint](EndpointResident& other) { other.acceptEndpoint(endpoint); });
}

void EndpointSharing::endKept(const EndpointId& endpoint, const DeploymentId& id) const
{
    forEach(endpoint, id, [&id](EndpointResident& other) {
        if (other.record().deployment.deleteAt)
            other.endKept(id);
    });
}

} // namespace visgate
