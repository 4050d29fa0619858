// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/changes/warm_pool.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/pricing.h"
#include "core/engine/run/confirmation.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int kMostHoldFailures = 3;
/// A job that holds is not sent again before this, whatever became of the worker.
constexpr milliseconds kHoldGap{20'000};

QJsonObject holdInput()
{
    return {{u"debug"_s, true}};
}

QString timeInWords(const std::optional<TimePoint>& time)
{
    return time ? QString::fromStdString(formatUtc(*time)) : u"further notice"_s;
}

} // namespace

WarmPool::WarmPool(
    RunState& state, RunAccount& account, EndpointScaling& scaling, GpuSelection& selection, const AccountNews& news)
    : m_state(state), m_account(account), m_scaling(scaling), m_selection(selection), m_news(news),
      m_context(state.context()), m_record(state.record())
{
}

Result<void> WarmPool::want(const PoolPolicy& policy, double acceptedUsdPerMonth)
{
    using enum DeploymentStatus;
    if (m_record.desired == DesiredState::Delete || m_state.is(Failed, Deleting, Deleted))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    m_record.deployment.pool = policy;
    m_record.acceptedUsdPerMonth = acceptedUsdPerMonth;
    m_record.warmConfirmed = false;
    m_state.note(u"info"_s, u"Pool policy: %1"_s.arg(toString(policy.mode)));
    if (auto saved = m_state.save(); !saved) {
        m_record = before;
        return saved;
    }
    m_holdFailures = 0;
    m_isRaised = false;
    m_context.at("pool.committed");
    m_state.publish();
    m_state.goOn();
    return {};
}

Task<Pause> WarmPool::tend()
{
    Deployment& d = m_record.deployment;
    if (m_record.usdPerHourCeiling <= 0.0) {
        // One that was taken over was never planned here. Without offers it stays unpriced until the next look.
        [[maybe_unused]] const auto price = co_await m_selection.usdPerHour();
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    const WarmPlan plan = warmPlanAt(d.pool, m_context.now());
    if (d.pool.keepUntil && *d.pool.keepUntil <= m_context.now()) {
        d.pool.keepUntil.reset();
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.publish();
    }
    Pause pause = untilNextLook(plan);
    const bool isHeld = plan.warm && d.pool.mode != PoolMode::AlwaysOn;
    if (isHeld && !m_isRaised)
        pause = co_await open(plan);
    else if (!isHeld && m_record.warmIdle.count() > 0)
        pause = co_await close();
    else if (isHeld)
        pause = co_await hold(plan);
    else if (isPoolUnsettled(m_record, m_context.now()))
        pause = co_await applyAlwaysOn();
    co_return pause;
}

milliseconds WarmPool::untilNextLook(const WarmPlan& plan) const
{
    if (m_record.deployment.pool == PoolPolicy() && m_record.warmIdle.count() == 0 && !m_record.alwaysOnSent)
        return kUntilWoken;
    // Looked at again and again: a timer sleeps with the computer, and clocks are set.
    milliseconds next = m_context.pace(m_record.deployment.target).watch;
    if (m_record.warmIdle.count() > 0)
        next = std::min(next, holdAfter(m_record.warmIdle) / 4);
    if (plan.nextChange)
        next = std::min(next, std::chrono::ceil<milliseconds>(*plan.nextChange - m_context.now()));
    return std::max(next, milliseconds(1));
}

Task<Pause> WarmPool::open(WarmPlan plan)
{
    Deployment& d = m_record.deployment;
    if (m_record.warmIdle.count() == 0)
        m_state.note(u"info"_s, u"Warm until %1"_s.arg(timeInWords(plan.nextChange)));
    m_activeAt.reset();
    m_holdSentAt.reset();
    m_holdFailures = 0;
    // On disk before the endpoint is touched: whatever happens, what was raised is given back.
    const PoolPolicy policy = d.pool;
    m_record.warmIdle = holdingIdleTimeout(policy, m_context.now(), m_context.pace(d.target).warmIdle);
    m_record.warmConfirmed = false;
    if (auto saved = m_state.save(); !saved)
        co_return m_state.retryOrFail(saved.error());
    m_context.at("warm_open.committed");
    const EndpointLimits wanted = m_scaling.effective(d.limits);
    auto endpoint = co_await m_scaling.scale(wanted);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint)
        co_return m_state.retryOrFail(endpoint.error());
    m_state.clearTrouble();
    if (endpoint->idleTimeout != wanted.idleTimeout || endpoint->workersMin != wanted.workersMin)
        co_return m_context.pace(d.target).confirm; // taken, but not so yet
    if (d.pool != policy)
        co_return kAtOnce; // another wish came meanwhile
    m_isRaised = true;
    m_record.warmConfirmed = true;
    m_record.alwaysOnSent = m_record.alwaysOnConfirmed = false; // what was always on before is given back with it
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("warm_open.confirmed");
    m_state.publish();
    co_return kAtOnce;
}

Task<Pause> WarmPool::close()
{
    Deployment& d = m_record.deployment;
    if (!m_record.holdJob.isEmpty()) {
        // One that still waits for a machine must not start a worker now.
        auto cancelled = co_await m_account.provider()->cancelJob(d.endpointId, m_record.holdJob);
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!cancelled && isOfTheMoment(cancelled.error().code))
            co_return m_state.retryOrFail(cancelled.error());
        m_record.holdJob = ProviderJobId();
    }
    const seconds held = std::exchange(m_record.warmIdle, seconds(0));
    const EndpointLimits wanted = m_scaling.effective(d.limits);
    auto endpoint = co_await m_scaling.scale(wanted);
    if (m_state.isInterrupted() || !endpoint || endpoint->idleTimeout != wanted.idleTimeout) {
        m_record.warmIdle = held; // not given back as far as anybody has confirmed
        if (m_state.isInterrupted())
            co_return kAtOnce;
        co_return endpoint ? Pause(m_context.pace(d.target).confirm) : m_state.retryOrFail(endpoint.error());
    }
    m_state.clearTrouble();
    m_isRaised = false;
    m_record.warmConfirmed = false;
    m_state.note(u"info"_s, u"The warm time is over: idle time-out %1 s again"_s.arg(endpoint->idleTimeout.count()));
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("warm_close.committed");
    m_state.publish();
    co_return kAtOnce;
}

/// What became of the last job that was sent to hold it.
Task<Result<void>> WarmPool::settleHoldJob()
{
    Deployment& d = m_record.deployment;
    auto job = co_await m_account.provider()->job(d.endpointId, m_record.holdJob);
    if (m_state.isInterrupted())
        co_return Result<void>();
    if (!job && !isGone(job.error()))
        co_return fail(std::move(job.error()));
    if (!job && ++m_holdDenials < kBelievedDenials)
        co_return Result<void>(); // said once it is nothing: another job would be paid beside it
    m_holdDenials = 0;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const bool isOver = !job || isFinished(job->status);
    const bool isLate
        = !isOver && m_holdSentAt && now - *m_holdSentAt > d.limits.initTimeout + d.limits.executionTimeout;
    if (!isOver && !isLate)
        co_return Result<void>();
    if (isLate) {
        auto cancelled = co_await m_account.provider()->cancelJob(d.endpointId, m_record.holdJob);
        if (m_state.isInterrupted())
            co_return Result<void>();
        if (!cancelled && isOfTheMoment(cancelled.error().code))
            co_return fail(std::move(cancelled.error()));
    }
    const bool hasWorked = job && job->status == JobStatus::Completed;
    m_record.holdJob = ProviderJobId();
    m_holdFailures = hasWorked ? 0 : m_holdFailures + 1;
    if (hasWorked)
        m_activeAt = now;
    if (m_holdFailures == kMostHoldFailures)
        m_state.note(u"warning"_s, u"No worker can be kept warm: %1 small jobs failed"_s.arg(kMostHoldFailures));
    co_return m_context.stored(m_state.save());
}

Task<Pause> WarmPool::hold(WarmPlan plan)
{
    Deployment& d = m_record.deployment;
    if (!m_record.holdJob.isEmpty()) {
        auto settled = co_await settleHoldJob();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!settled)
            co_return m_state.retryOrFail(settled.error());
        if (!m_record.holdJob.isEmpty())
            co_return std::min(untilNextLook(plan), m_context.pace(d.target).observe);
    }
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (m_state.jobs().hasUnfinished(d.id))
        m_activeAt = now;
    // Gone only if that was seen after the last job.
    const bool isSeenEmpty = d.workers.running + d.workers.idle + d.workers.initializing == 0;
    const bool isUp = m_activeAt && !(isSeenEmpty && m_news.lookedAt() > *m_activeAt);
    const auto since = now - m_activeAt.value_or(MonotonicPoint());
    const bool lastsToTheEnd = plan.nextChange && isUp && m_activeAt
        && std::chrono::ceil<seconds>(*plan.nextChange - m_context.now()) <= m_record.warmIdle - since;
    const bool isDue = !m_activeAt || !isUp || since >= holdAfter(m_record.warmIdle);
    const milliseconds gap = std::min<milliseconds>(kHoldGap, holdAfter(m_record.warmIdle));
    const bool isTooSoon = m_holdSentAt && now - *m_holdSentAt < gap;
    if (!isDue || lastsToTheEnd || isTooSoon || m_holdFailures >= kMostHoldFailures)
        co_return untilNextLook(plan);
    auto job = co_await m_account.provider()->submitJob(d.endpointId, holdInput(), d.limits.executionTimeout);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!job)
        co_return m_state.retryOrFail(job.error());
    m_state.clearTrouble();
    m_holdSentAt = m_context.config.clock->monotonic();
    m_record.holdJob = *job;
    ++m_record.holdJobs;
    m_state.note(u"info"_s, isUp ? u"A small job holds it warm"_s : u"A small job warms it up"_s);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("hold.committed");
    co_return std::min(untilNextLook(plan), m_context.pace(d.target).observe);
}

/// Minimum workers, and back: only ever up to the price that was agreed to.
Task<Pause> WarmPool::applyAlwaysOn()
{
    Deployment& d = m_record.deployment;
    const bool isWanted = d.pool.mode == PoolMode::AlwaysOn;
    const double monthly = m_record.usdPerHourCeiling * kHoursPerMonth;
    if (isWanted && (m_record.usdPerHourCeiling <= 0.0 || monthly > m_record.acceptedUsdPerMonth * 1.01)) {
        d.pool.mode = PoolMode::OnDemand;
        m_state.note(u"warning"_s,
            u"Always on costs $%1 a month, which was not agreed to: it stays on demand"_s.arg(monthly, 0, 'f', 2));
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.publish();
        co_return kAtOnce;
    }
    const EndpointLimits wanted = m_scaling.effective(d.limits);
    auto endpoint = co_await m_scaling.scale(wanted);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint)
        co_return m_state.retryOrFail(endpoint.error());
    m_state.clearTrouble();
    if (endpoint->workersMin != wanted.workersMin)
        co_return m_context.pace(d.target).confirm; // taken, but not so yet
    if ((d.pool.mode == PoolMode::AlwaysOn) != isWanted)
        co_return kAtOnce; // another wish came meanwhile
    m_record.alwaysOnSent = m_record.alwaysOnConfirmed = isWanted;
    m_state.note(u"info"_s, isWanted ? u"Always on: one worker at least"_s : u"No longer always on"_s);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("always_on.committed");
    m_state.publish();
    co_return kAtOnce;
}

Task<Result<void>> WarmPool::giveBack()
{
    if (m_record.warmIdle.count() == 0 && !m_record.alwaysOnSent)
        co_return Result<void>();
    m_record.deployment.pool = PoolPolicy();
    const seconds held = std::exchange(m_record.warmIdle, seconds(0));
    auto endpoint = co_await m_scaling.scale(m_scaling.effective(m_record.deployment.limits));
    if (m_state.isInterrupted() || !endpoint) {
        m_record.warmIdle = held;
        co_return endpoint ? Result<void>() : Result<void>(fail(endpoint.error()));
    }
    m_record.warmConfirmed = m_record.alwaysOnSent = m_record.alwaysOnConfirmed = false;
    co_return m_context.stored(m_state.save());
}

} // namespace visgate
