// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with a deployment that stands: other limits, putting away and bringing back, earlier releases.
#include "core/domain/warm/schedule.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/handlers/engine_core.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/deployments.h"

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

} // namespace

Task<Result<Deployment>> EngineCore::scale(DeploymentId id, ScaleRequest request)
{
    auto owner = m_parts->table.living(id);
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
        owner = m_parts->table.living(id);
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
    auto owner = m_parts->table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto kept = (*owner)->keep(time);
    if (!kept && (kept.error().code == ErrorCode::StoreFull || kept.error().code == ErrorCode::FileUnwritable)) {
        // When it is to be deleted could not be written down. That it costs nothing until then needs no store.
        [[maybe_unused]] const auto asleep
            = co_await m_parts->table.setWish(id, Wish::Pause, DeploymentTable::Answer::UntilSettled);
    }
    co_return kept;
}

Task<Result<Deployment>> EngineCore::restore(DeploymentId id)
{
    auto owner = m_parts->table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (!(*owner)->record().deployment.deleteAt)
        co_return fail(ErrorCode::Conflict, toString((*owner)->record().deployment.status).toStdString());
    auto restored = co_await m_parts->table.setWish(id, Wish::Run, DeploymentTable::Answer::UntilSettled);
    if (!restored)
        co_return fail(std::move(restored.error()));
    co_return (*owner)->shown();
}

Task<Result<ReleaseHistory>> EngineCore::releases(DeploymentId id)
{
    auto owner = m_parts->table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto history = co_await (*owner)->releases();
    co_return history;
}

Task<Result<ReleaseHistory>> EngineCore::rollBack(DeploymentId id, int version)
{
    auto owner = m_parts->table.living(id);
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

Task<Result<void>> EngineCore::watchWorkers(DeploymentId id)
{
    if (DeploymentRun* const owner = m_parts->table.find(id))
        owner->look();
    co_return {};
}

Task<Result<Deployment>> EngineCore::answerQuestion(DeploymentId id, bool accepted)
{
    const auto living = m_parts->table.living(id);
    if (!living)
        co_return fail(living.error());
    DeploymentRun* const owner = *living;
    if (auto answered = owner->answer(accepted); !answered)
        co_return fail(std::move(answered.error()));
    co_return owner->shown();
}

void EngineCore::handleLifecycle()
{
    m_handlers.add<AnswerQuestion>([this](AnswerQuestion op) { return answerQuestion(std::move(op.id), op.accepted); });
    m_handlers.add<WatchWorkers>([this](WatchWorkers op) { return watchWorkers(std::move(op.id)); });
    m_handlers.add<ScaleDeployment>([this](ScaleDeployment op) { return scale(std::move(op.id), op.request); });
    m_handlers.add<KeepDeployment>([this](KeepDeployment op) { return keep(std::move(op.id), op.time); });
    m_handlers.add<RestoreDeployment>([this](RestoreDeployment op) { return restore(std::move(op.id)); });
    m_handlers.add<ListReleases>([this](ListReleases op) { return releases(std::move(op.id)); });
    m_handlers.add<RollBack>([this](RollBack op) { return rollBack(std::move(op.id), op.version); });
}

} // namespace visgate
