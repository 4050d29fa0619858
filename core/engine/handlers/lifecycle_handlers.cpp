// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/lifecycle_handlers.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/deployments/warm_search.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/operations/deployments.h"
#include "core/operations/handlers.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

constexpr int kMostWorkers = 60;
constexpr seconds kLongestIdleTimeout{3600};
constexpr seconds kLongestKeep = std::chrono::hours(24 * 30);
constexpr seconds kLongestWhile = std::chrono::hours(24 * 31);

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

Result<void> checkPool(const PoolPolicy& policy, bool keyFromRequest, TimePoint now)
{
    if (auto checked = checkPolicy(policy); !checked)
        return checked;
    const auto invalid = [](const char* detail) {
        return fail(Error{ErrorCode::InvalidRequest, detail, 0, {}, {"pool"}});
    };
    if (policy.keepUntil && (*policy.keepUntil <= now || *policy.keepUntil > now + kLongestWhile))
        return invalid("keep_until is within the next 31 days");
    // Its key is gone with this process; a worker that never leaves would then be out of anybody's reach.
    if (keyFromRequest && policy.mode == PoolMode::AlwaysOn)
        return invalid("always_on needs a stored key");
    return {};
}

} // namespace

void LifecycleHandlers::addTo(Handlers& handlers)
{
    handlers.add<ScaleDeployment>([this](ScaleDeployment op) { return scale(std::move(op.id), op.request); });
    handlers.add<KeepDeployment>([this](KeepDeployment op) { return keep(std::move(op.id), op.time); });
    handlers.add<RestoreDeployment>([this](RestoreDeployment op) { return restore(std::move(op.id)); });
    handlers.add<ListReleases>([this](ListReleases op) { return releases(std::move(op.id)); });
    handlers.add<RollBack>([this](RollBack op) { return rollBack(std::move(op.id), op.version); });
    handlers.add<GetWarmPrice>([this](GetWarmPrice op) { return warmPrice(std::move(op.id), std::move(op.policy)); });
    handlers.add<SetPool>(
        [this](SetPool op) { return setPool(std::move(op.id), std::move(op.policy), op.acceptedUsdPerMonth); });
}

Task<Result<Deployment>> LifecycleHandlers::scale(DeploymentId id, ScaleRequest request)
{
    auto owner = m_table.living(id);
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
        owner = m_table.living(id);
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

Task<Result<void>> LifecycleHandlers::keep(DeploymentId id, seconds time)
{
    if (time < seconds(1) || time > kLongestKeep)
        co_return fail(invalidSetting("keep"));
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto kept = (*owner)->keep(time);
    if (!kept && (kept.error().code == ErrorCode::StoreFull || kept.error().code == ErrorCode::FileUnwritable)) {
        // When it is to be deleted could not be written down. That it costs nothing until then needs no store.
        [[maybe_unused]] const auto asleep
            = co_await m_table.setDesired(id, DesiredState::Pause, DeploymentTable::Answer::UntilSettled);
    }
    co_return kept;
}

Task<Result<Deployment>> LifecycleHandlers::restore(DeploymentId id)
{
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (!(*owner)->record().deployment.deleteAt)
        co_return fail(ErrorCode::Conflict, toString((*owner)->record().deployment.status).toStdString());
    auto restored = co_await m_table.setDesired(id, DesiredState::Run, DeploymentTable::Answer::UntilSettled);
    if (!restored)
        co_return fail(std::move(restored.error()));
    co_return (*owner)->shown();
}

Task<Result<ReleaseHistory>> LifecycleHandlers::releases(DeploymentId id)
{
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto history = co_await (*owner)->releases();
    co_return history;
}

Task<Result<ReleaseHistory>> LifecycleHandlers::rollBack(DeploymentId id, int version)
{
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    auto before = co_await (*owner)->releases();
    if (!before)
        co_return before;
    if (m_context.stopping)
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

Task<Result<WarmPrice>> LifecycleHandlers::warmPrice(DeploymentId id, PoolPolicy policy)
{
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    const Deployment& d = (*owner)->record().deployment;
    if (auto checked = checkPool(policy, d.keyFromRequest, m_context.now()); !checked)
        co_return fail(std::move(checked.error()));
    auto hourly = co_await (*owner)->usdPerHour();
    if (!hourly)
        co_return fail(std::move(hourly.error()));
    const auto preset = m_context.accounts.registry().preset(d.modelId);
    WarmCosts costs;
    costs.usdPerHour = *hourly;
    costs.coldStart = m_warm.coldStartOf(preset, d.target, d.limits);
    costs.idleTimeout = d.limits.idleTimeout;
    costs.warmIdleTimeout = m_context.pace(d.target).warmIdle;
    costs.workersMin = std::max(1, d.limits.workersMin);
    co_return visgate::warmPrice(policy, costs, m_context.now());
}

Task<Result<Deployment>> LifecycleHandlers::setPool(
    DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
{
    auto price = co_await warmPrice(id, policy);
    if (!price)
        co_return fail(std::move(price.error()));
    auto owner = m_table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (policy.mode == PoolMode::AlwaysOn && acceptedUsdPerMonth.value_or(0.0) < price->usdPerMonth * 0.995) {
        const std::string usd = QString::number(price->usdPerMonth, 'f', 2).toStdString();
        co_return fail(Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {usd}});
    }
    if (auto set = (*owner)->setPool(policy, acceptedUsdPerMonth.value_or(0.0)); !set)
        co_return fail(std::move(set.error()));
    co_return (*owner)->shown();
}

} // namespace visgate
