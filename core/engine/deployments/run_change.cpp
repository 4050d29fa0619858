// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to what stands: limits of its workers, putting away and bringing back, earlier releases.
#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/sessions/accounts.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kNever = std::chrono::hours(24);

/// Whether the present release is `version` again; limits of workers do not go back with it.
bool hasSameContent(const ReleaseHistory& history, int version)
{
    const QList<ReleaseChange> changes = changesBetween(history, history.current, version);
    return std::all_of(changes.cbegin(), changes.cend(), [](const ReleaseChange& change) {
        return change.field.startsWith("workers."_L1) || change.field.startsWith("scaling"_L1)
            || change.field == "name"_L1;
    });
}

QString worded(const EndpointLimits& limits)
{
    return u"%1 to %2 workers, idle time-out %3 s"_s.arg(limits.workersMin)
        .arg(limits.workersMax)
        .arg(limits.idleTimeout.count());
}

} // namespace

Result<void> DeploymentRun::keep(std::chrono::seconds time)
{
    using enum DeploymentStatus;
    if (m_record.wish == Wish::Delete || m_state.is(Deleting, Deleted))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    if (m_state.is(WebhookFailed))
        m_state.moveTo(Ready);
    const bool sleeps = m_state.is(Paused, Parked);
    const bool mayPause = sleeps || mayFollow(m_state.status(), Paused);
    if (!m_state.hasEndpoint() || m_record.endpointForeign || m_state.is(Failed) || !mayPause)
        return setWish(Wish::Delete);
    if (!m_state.is(Parked))
        m_record.wish = Wish::Pause;
    m_record.deployment.deleteAt = m_context.now() + time;
    m_state.note(u"info"_s,
        u"Removed: kept at max 0 until %1, then deleted"_s.arg(
            QString::fromStdString(formatUtc(*m_record.deployment.deleteAt))));
    if (auto saved = m_state.save(); !saved) {
        m_record = before;
        return saved;
    }
    m_context.at("keep.committed");
    m_state.answerWaiting(fail(ErrorCode::Cancelled));
    m_state.publish();
    m_state.goOn();
    return {};
}

void DeploymentRun::endKept(const DeploymentId& owner)
{
    m_state.note(u"info"_s, u"Its endpoint is in use again, by %1"_s.arg(QString::fromStdString(owner.value())));
    // Should the disk be full, it stays put away and is deleted when its time is over: the endpoint is shared.
    [[maybe_unused]] const auto wished = setWish(Wish::Delete);
}

void DeploymentRun::deleteWhatWasKeptLongEnough()
{
    const auto& deleteAt = m_record.deployment.deleteAt;
    if (!deleteAt || m_record.wish == Wish::Delete)
        return;
    // One that failed before it could be paused has nothing to be kept for.
    if (m_context.now() < *deleteAt && !m_state.is(DeploymentStatus::Failed))
        return;
    m_state.note(u"info"_s, u"The time for which it was kept is over"_s);
    m_state.wishWithinStep(Wish::Delete);
    m_record.deployment.deleteAt.reset();
    m_state.moveTo(DeploymentStatus::Deleting);
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.answerWaiting(fail(ErrorCode::Cancelled));
    m_state.publish();
}

milliseconds DeploymentRun::untilDeletion() const
{
    const auto& deleteAt = m_record.deployment.deleteAt;
    if (!deleteAt)
        return kNever;
    // Looked at again and again: a timer sleeps with the computer, and clocks are set.
    return std::min(
        std::chrono::ceil<milliseconds>(*deleteAt - m_context.now()), m_context.pace(m_record.deployment.target).watch);
}

Result<void> DeploymentRun::setLimits(const EndpointLimits& limits, double acceptedUsdPerMonth)
{
    using enum DeploymentStatus;
    if (!m_state.hasEndpoint() || m_record.wish == Wish::Delete || m_state.is(Failed) || isSettled(m_state.status()))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    m_record.acceptedUsdPerMonth = std::max(m_record.acceptedUsdPerMonth, acceptedUsdPerMonth);
    // Asleep by a wish or by the provider: they hold from the moment it is wanted back.
    if (m_record.wish == Wish::Pause || m_state.is(Paused, Parked)) {
        m_record.deployment.limits = limits;
        m_state.note(u"info"_s, u"New limits: %1"_s.arg(worded(limits)));
    } else {
        m_record.newLimits = limits;
    }
    if (auto saved = m_state.save(); !saved) {
        m_record = before;
        return saved;
    }
    m_context.at("limits.committed");
    m_state.publish();
    m_state.goOn();
    return {};
}

void DeploymentRun::takeLimits(const EndpointLimits& limits)
{
    m_record.deployment.limits.workersMin = limits.workersMin;
    m_record.deployment.limits.workersMax = limits.workersMax;
    m_record.deployment.limits.idleTimeout = limits.idleTimeout;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

EndpointLimits DeploymentRun::effective(EndpointLimits limits) const
{
    const Deployment& d = m_record.deployment;
    const auto others = m_context.sharing.demandElsewhere(d.endpointId, d.id);
    const int own = d.pool.mode == PoolMode::AlwaysOn ? 1 : 0;
    limits.workersMin = std::max({limits.workersMin, others.workersMin, own});
    limits.workersMax = std::max(limits.workersMax, limits.workersMin);
    limits.idleTimeout = std::max({limits.idleTimeout, others.idleTimeout, m_record.warmIdle});
    return limits;
}

Task<Result<ProviderEndpoint>> DeploymentRun::scaleAndReadBack(EndpointLimits limits)
{
    // On disk before the endpoint is touched, so that it is always given back.
    if (m_record.deployment.pool.mode == PoolMode::AlwaysOn && !std::exchange(m_record.alwaysOnSent, true)) {
        if (auto saved = m_state.save(); !saved) {
            m_record.alwaysOnSent = false;
            co_return fail(std::move(saved.error()));
        }
        m_context.at("always_on.sent");
    }
    m_isScaling = true;
    auto endpoint = co_await scaleThenRead(limits);
    m_isScaling = false;
    co_return endpoint;
}

/// The reply to a change tells what was asked for; what holds is read.
Task<Result<ProviderEndpoint>> DeploymentRun::scaleThenRead(EndpointLimits limits)
{
    const EndpointId id = m_record.deployment.endpointId;
    m_wasTaken = false;
    auto scaled = co_await m_account.provider()->scale(id, limits.workersMin, limits.workersMax, limits.idleTimeout);
    m_wasTaken = scaled.has_value();
    if (!scaled || m_state.isInterrupted())
        co_return scaled;
    auto endpoint = co_await m_account.provider()->endpoint(id);
    if (!endpoint || m_state.isInterrupted())
        co_return endpoint;
    m_account.accept(*endpoint);
    m_context.sharing.shareEndpoint(*endpoint, m_record.deployment.id);
    co_return endpoint;
}

Task<Pause> DeploymentRun::applyLimits()
{
    Deployment& d = m_record.deployment;
    const EndpointLimits wanted = *m_record.newLimits;
    m_context.at("limits.begin");
    auto endpoint = co_await scaleAndReadBack(effective(wanted));
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint && (m_wasTaken || isOfTheMoment(endpoint.error().code) || isGone(endpoint.error())))
        co_return m_state.retryOrFail(endpoint.error());
    m_record.newLimits.reset();
    if (!endpoint) {
        // A clear no: everything stays as it was.
        m_context.accounts.noteRefusal(m_account.ref(), endpoint.error());
        m_state.note(u"warning"_s,
            u"The provider refused %1: %2"_s.arg(worded(wanted), QString::fromStdString(endpoint.error().detail)));
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(endpoint.error()));
        m_state.publish();
        co_return kAtOnce;
    }
    const EndpointLimits real = effective(wanted);
    const bool holds = endpoint->workersMin == real.workersMin && endpoint->workersMax == real.workersMax
        && endpoint->idleTimeout == real.idleTimeout;
    if (!holds) {
        m_record.newLimits = wanted;
        co_return m_context.pace(d.target).confirm;
    }
    m_state.clearTrouble();
    d.limits = wanted;
    d.workers.min = endpoint->workersMin;
    d.workers.max = endpoint->workersMax;
    m_state.note(u"info"_s, u"New limits: %1"_s.arg(worded(wanted)));
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("limits.confirmed");
    m_context.sharing.shareLimits(d.endpointId, d.id, wanted);
    m_state.answerWaiting({});
    m_state.publish();
    co_return kAtOnce;
}

Task<Result<ReleaseHistory>> DeploymentRun::releases()
{
    if (!m_state.hasEndpoint() || m_state.is(DeploymentStatus::Deleted))
        co_return fail(m_state.conflict());
    auto opened = co_await m_account.open(0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    ProviderReleases* const releases = m_account.provider()->releases();
    if (!releases)
        co_return fail(ErrorCode::ProviderLacks);
    auto history = co_await releases->listReleases(m_record.deployment.endpointId);
    co_return history;
}

Result<void> DeploymentRun::setRollBack(const RollBackWish& wish)
{
    if (m_record.wish == Wish::Delete || !m_state.hasEndpoint())
        return fail(m_state.conflict());
    const auto before = std::exchange(m_record.rollBack, wish);
    m_state.note(u"info"_s, u"Asked for: back to release %1"_s.arg(wish.version));
    if (auto saved = m_state.save(); !saved) {
        m_record.rollBack = before;
        return saved;
    }
    m_rollBackTaken = false;
    m_context.at("roll_back.committed");
    answerRollBack(fail(ErrorCode::Cancelled));
    m_state.publish();
    m_state.goOn();
    return {};
}

QFuture<Result<ReleaseHistory>> DeploymentRun::whenRolledBack()
{
    m_rollBackWaiting.emplace_back();
    m_rollBackWaiting.back().start();
    return m_rollBackWaiting.back().future();
}

void DeploymentRun::answerRollBack(const Result<ReleaseHistory>& outcome)
{
    for (QPromise<Result<ReleaseHistory>>& promise : std::exchange(m_rollBackWaiting, {})) {
        promise.addResult(outcome);
        promise.finish();
    }
}

/// What was asked for, perhaps by an earlier run of the program, is found again by what it brought: a newer release of
/// the wanted content. Only where there is none it is asked for (again).
Task<Pause> DeploymentRun::applyRollBack()
{
    const RollBackWish wish = *m_record.rollBack;
    const EndpointId id = m_record.deployment.endpointId;
    m_context.at("roll_back.begin");
    auto history = co_await m_account.provider()->releases()->listReleases(id);
    if (m_state.isInterrupted() || m_record.rollBack != wish)
        co_return kAtOnce;
    if (!history && isOfTheMoment(history.error().code))
        co_return m_state.retryOrFail(history.error());
    if (!history)
        co_return endRollBack(fail(std::move(history.error())));
    const bool isNewer = history->current > wish.from;
    if (isNewer && (m_rollBackTaken || hasSameContent(*history, wish.version)))
        co_return endRollBack(std::move(*history));
    if (m_rollBackTaken)
        co_return m_context.pace(m_record.deployment.target).confirm;
    auto endpoint = co_await m_account.provider()->releases()->rollBack(id, wish.version);
    if (m_state.isInterrupted() || m_record.rollBack != wish)
        co_return kAtOnce;
    if (!endpoint && isOfTheMoment(endpoint.error().code))
        co_return m_state.retryOrFail(endpoint.error());
    if (!endpoint)
        co_return endRollBack(fail(std::move(endpoint.error())));
    m_rollBackTaken = true;
    m_account.accept(*endpoint);
    m_context.sharing.shareEndpoint(*endpoint, m_record.deployment.id);
    co_return kAtOnce;
}

Pause DeploymentRun::endRollBack(Result<ReleaseHistory> outcome)
{
    const RollBackWish wish = *std::exchange(m_record.rollBack, std::nullopt);
    m_state.clearTrouble();
    if (outcome) {
        m_state.note(
            u"info"_s, u"Rolled back to release %1, which is release %2 now"_s.arg(wish.version).arg(outcome->current));
        for (const QString& change : inWords(changesBetween(*outcome, wish.from, wish.version)))
            m_state.note(u"info"_s, change);
    } else {
        m_state.note(u"warning"_s,
            u"No return to release %1: %2"_s.arg(wish.version).arg(QString::fromStdString(outcome.error().detail)));
    }
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("rolled_back.committed");
    answerRollBack(outcome);
    m_state.publish();
    return kAtOnce;
}

} // namespace visgate
