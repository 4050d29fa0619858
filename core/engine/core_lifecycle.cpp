// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with a deployment that stands: other limits, putting away and bringing back, earlier releases.
#include "core/domain/warm/schedule.h"
#include "core/engine/engine_core.h"
#include "core/engine/engine_parts.h"
#include "core/engine/error_kinds.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

using std::chrono::seconds;

namespace {

constexpr int kMostWorkers = 60;
constexpr seconds kLongestIdleTimeout{3600};
constexpr seconds kLongestKeep = std::chrono::hours(24 * 30);

Result<void> checkLimits(const EndpointLimits& limits, const Deployment& deployment)
{
    if (limits.workersMax < 1 || limits.workersMax > kMostWorkers)
        return fail(invalidSetting("workers_max"));
    if (limits.workersMin < 0 || limits.workersMin > limits.workersMax)
        return fail(invalidSetting("workers_min"));
    if (limits.idleTimeout < seconds(1) || limits.idleTimeout > kLongestIdleTimeout)
        return fail(invalidSetting("idle_timeout_seconds"));
    // Its key is gone with this process; workers that never leave would then be out of anybody's reach.
    if (deployment.keyFromRequest && limits.workersMin > 0)
        return fail(invalidSetting("workers_min"));
    return {};
}

/// Workers that never leave are billed day and night: nobody is charged for them unasked.
Result<void> checkAgreed(double usdPerMonth, double accepted)
{
    if (usdPerMonth <= 0.0)
        return fail(ErrorCode::ConfirmationNeeded); // of no known price, so nobody can have agreed to it
    if (accepted < usdPerMonth * 0.995)
        return fail(
            Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {QString::number(usdPerMonth, 'f', 2).toStdString()}});
    return {};
}

/// Not deleted, nor about to be.
bool isHeld(const DeploymentRecord& record)
{
    const DeploymentStatus status = record.deployment.status;
    return record.wish != Wish::Delete && status != DeploymentStatus::Deleted && status != DeploymentStatus::Deleting;
}

} // namespace

void EngineCore::forEachSharing(
    const EndpointId& endpoint, const DeploymentId& except, const std::function<void(DeploymentRun&)>& action)
{
    for (const auto& [id, owner] : m_runs) {
        if (id != except && owner->record().deployment.endpointId == endpoint && isHeld(owner->record()))
            action(*owner);
    }
}

void EngineCore::connectSharing()
{
    // One that is just being woken is in use already, though not adopted yet.
    const auto isThere = [this](const EndpointId& endpoint, const DeploymentId& except, auto isMeant) {
        return std::any_of(m_runs.cbegin(), m_runs.cend(), [&](const auto& entry) {
            const DeploymentRecord& record = entry.second->record();
            const bool isOn = record.deployment.endpointId == endpoint || record.waking == endpoint;
            return entry.first != except && isOn && !endpoint.isEmpty() && isMeant(record);
        });
    };
    m_context->isShared
        = [isThere](const EndpointId& endpoint, const DeploymentId& id) { return isThere(endpoint, id, isHeld); };
    m_context->isNameInUse = [this](const QString& name, const DeploymentId& id) {
        return std::any_of(m_runs.cbegin(), m_runs.cend(), [&](const auto& entry) {
            const Deployment& other = entry.second->record().deployment;
            return entry.first != id && other.endpointName == name && !other.endpointId.isEmpty();
        });
    };
    m_context->isUsedElsewhere = [isThere](const EndpointId& endpoint, const DeploymentId& id) {
        return isThere(endpoint, id, [](const DeploymentRecord& record) {
            const DeploymentStatus status = record.deployment.status;
            return isHeld(record) && record.wish == Wish::Run && status != DeploymentStatus::Failed
                && status != DeploymentStatus::Paused && status != DeploymentStatus::Parked;
        });
    };
    m_context->isBeingLeft = [isThere](const EndpointId& endpoint, const DeploymentId& id) {
        return isThere(endpoint, id, [](const DeploymentRecord& record) {
            const DeploymentStatus status = record.deployment.status;
            return (record.wish == Wish::Delete && status != DeploymentStatus::Deleted)
                || (record.wish == Wish::Pause && status != DeploymentStatus::Paused);
        });
    };
    const auto countWhere = [this](const EndpointId& endpoint, const DeploymentId& id, auto isMeant) {
        int count = 0;
        forEachSharing(endpoint, id, [&](DeploymentRun& other) { count += isMeant(other.record()) ? 1 : 0; });
        return count > 0;
    };
    m_context->isReadyElsewhere = [countWhere](const EndpointId& endpoint, const DeploymentId& id) {
        return countWhere(endpoint, id,
            [](const DeploymentRecord& record) { return record.deployment.status == DeploymentStatus::Ready; });
    };
    m_context->isOurs = [this](const QString& id) {
        const DeploymentId deployment(id.toStdString());
        if (deployment.isEmpty() || run(deployment))
            return !deployment.isEmpty();
        // Unreadable records are no proof that it is somebody else's.
        const auto record = m_parts->deployments.find(deployment);
        return !record || record->has_value();
    };
    m_context->demandElsewhere = [this](const EndpointId& endpoint, const DeploymentId& id) {
        EngineContext::PoolDemand demand;
        forEachSharing(endpoint, id, [&](DeploymentRun& other) {
            const DeploymentRecord& record = other.record();
            if (record.wish != Wish::Run || record.deployment.status != DeploymentStatus::Ready)
                return;
            demand.workersMin = std::max(demand.workersMin, record.alwaysOnSent ? 1 : 0);
            demand.idleTimeout = std::max(demand.idleTimeout, record.warmIdle);
        });
        return demand;
    };
    m_context->limitsAt = [this](const EndpointId& endpoint) {
        std::optional<EndpointLimits> limits;
        forEachSharing(endpoint, {}, [&](DeploymentRun& owner) {
            if (owner.record().alwaysOnSent || owner.record().warmIdle.count() > 0)
                limits = owner.record().deployment.limits;
        });
        return limits;
    };
    m_context->shareLimits = [this](const EndpointId& endpoint, const DeploymentId& id, const EndpointLimits& limits) {
        forEachSharing(endpoint, id, [&](DeploymentRun& other) { other.takeLimits(limits); });
    };
    m_context->shareEndpoint = [this](const ProviderEndpoint& endpoint, const DeploymentId& id) {
        forEachSharing(endpoint.id, id, [&](DeploymentRun& other) { other.acceptEndpoint(endpoint); });
    };
    m_context->endKept = [this](const EndpointId& endpoint, const DeploymentId& id) {
        forEachSharing(endpoint, id, [&](DeploymentRun& other) {
            if (other.record().deployment.deleteAt)
                other.endKept(id);
        });
    };
}

Task<Result<DeploymentRun*>> EngineCore::livingRun(DeploymentId id)
{
    if (DeploymentRun* const owner = run(id))
        co_return owner;
    auto known = co_await deployment(id);
    if (!known)
        co_return fail(std::move(known.error()));
    co_return fail(ErrorCode::Conflict, toString(known->status).toStdString());
}

Task<Result<Deployment>> EngineCore::scale(DeploymentId id, ScaleRequest request)
{
    auto owner = co_await livingRun(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    const EndpointLimits present = (*owner)->record().newLimits.value_or((*owner)->record().deployment.limits);
    EndpointLimits limits = present;
    limits.workersMin = request.workersMin.value_or(limits.workersMin);
    limits.workersMax = request.workersMax.value_or(limits.workersMax);
    limits.idleTimeout = request.idleTimeout.value_or(limits.idleTimeout);
    if (auto checked = checkLimits(limits, (*owner)->record().deployment); !checked)
        co_return fail(std::move(checked.error()));
    const double accepted = request.acceptedUsdPerMonth.value_or(0.0);
    if (limits.workersMin > present.workersMin) {
        auto hourly = co_await (*owner)->usdPerHour();
        if (!hourly)
            co_return fail(std::move(hourly.error()));
        if (auto agreed = checkAgreed(*hourly * limits.workersMin * kHoursPerMonth, accepted); !agreed)
            co_return fail(std::move(agreed.error()));
        owner = co_await livingRun(id);
        if (!owner)
            co_return fail(std::move(owner.error()));
    }
    if (auto set = (*owner)->setLimits(limits, accepted); !set)
        co_return fail(std::move(set.error()));
    if (!(*owner)->record().newLimits)
        co_return (*owner)->shown(); // asleep: they hold from the moment it is wanted back
    const QFuture<Result<void>> settled = (*owner)->whenSettled();
    auto outcome = co_await settled;
    if (!outcome)
        co_return fail(std::move(outcome.error()));
    co_return (*owner)->shown();
}

Task<Result<void>> EngineCore::keep(DeploymentId id, seconds time)
{
    if (time < seconds(1) || time > kLongestKeep)
        co_return fail(invalidSetting("keep"));
    auto owner = co_await livingRun(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto kept = (*owner)->keep(time);
    if (!kept && (kept.error().code == ErrorCode::StoreFull || kept.error().code == ErrorCode::FileUnwritable)) {
        // When it is to be deleted could not be written down. That it costs nothing until then needs no store.
        [[maybe_unused]] const auto asleep = co_await setWish(id, Wish::Pause, true);
    }
    co_return kept;
}

Task<Result<Deployment>> EngineCore::restore(DeploymentId id)
{
    auto owner = co_await livingRun(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (!(*owner)->record().deployment.deleteAt)
        co_return fail(ErrorCode::Conflict, toString((*owner)->record().deployment.status).toStdString());
    auto restored = co_await setWish(id, Wish::Run, true);
    if (!restored)
        co_return fail(std::move(restored.error()));
    co_return (*owner)->shown();
}

Task<Result<ReleaseHistory>> EngineCore::releases(DeploymentId id)
{
    auto owner = co_await livingRun(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto history = co_await (*owner)->releases();
    co_return history;
}

Task<Result<ReleaseHistory>> EngineCore::rollBack(DeploymentId id, int version)
{
    auto owner = co_await livingRun(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto before = co_await (*owner)->releases();
    if (!before)
        co_return before;
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    const std::string named = "release " + std::to_string(version);
    if (!before->has(version))
        co_return fail(Error{ErrorCode::NotFound, named, 0, {}, {named}});
    if (version == before->current)
        co_return fail(Error{ErrorCode::InvalidRequest, named + " is the present one", 0, {}, {"release"}});
    if (auto wished = (*owner)->setRollBack({version, before->current}); !wished)
        co_return fail(std::move(wished.error()));
    const QFuture<Result<ReleaseHistory>> ended = (*owner)->whenRolledBack();
    auto after = co_await ended;
    co_return after;
}

} // namespace visgate
