// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/state_requests.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kNever = std::chrono::hours(24);

} // namespace

StateRequests::StateRequests(
    RunState& state, RunAccount& account, ReleaseRollBack& rollBack, EndpointSleep& sleep, Removal& removal)
    : m_state(state), m_account(account), m_rollBack(rollBack), m_sleep(sleep), m_removal(removal),
      m_context(state.context()), m_record(state.record())
{
}

Result<void> StateRequests::set(DesiredState desired)
{
    using enum DeploymentStatus;
    // What failed can neither sleep nor wake: it is deleted, or deployed anew.
    if (desired != DesiredState::Delete && m_state.is(Failed))
        return fail(m_state.conflict());
    if (desired == m_record.desired && !(desired == DesiredState::Run && m_state.is(Parked)))
        return {};
    if (m_record.desired == DesiredState::Delete)
        return fail(m_state.conflict());
    if (desired == DesiredState::Pause && !mayFollow(m_state.status(), Paused))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    m_sleep.forget();
    m_record.wakesParked = desired == DesiredState::Run && m_state.is(Parked);
    if (desired == DesiredState::Run)
        m_record.deployment.error.reset();
    m_record.desired = desired;
    m_record.deployment.deleteAt.reset();
    if (desired == DesiredState::Delete) {
        m_record.rollBack.reset();
        m_state.moveTo(Deleting);
    }
    // What stops or deletes needs no store: the provider's answer counts, and health() tells of the store.
    if (auto saved = m_state.save(); !saved && desired == DesiredState::Run) {
        m_record = before;
        return saved;
    }
    m_context.at("wish.committed");
    m_state.answerWaiting(fail(ErrorCode::Cancelled));
    if (desired == DesiredState::Delete)
        m_rollBack.cancel();
    m_state.publish();
    callBesideStep();
    m_state.goOn();
    return {};
}

/// A step under way may wait long for its turn or for an answer. What shall stop does not wait for it: the one call
/// that stops it goes out beside the step; reading back, and again if need be, is the next step's business.
void StateRequests::callBesideStep()
{
    const Deployment& d = m_record.deployment;
    if (!m_state.isInStep() || !m_account.isReachable() || !m_state.hasEndpoint() || m_context.stopping)
        return;
    const bool isWhole = !m_record.endpointForeign && !m_context.sharing.isShared(d.endpointId, d.id);
    if (m_record.desired == DesiredState::Delete && isWhole)
        m_context.scope.add(takeDeletion(m_account.provider()->deleteEndpoint(d.endpointId), d.endpointId));
    else if (!m_context.sharing.isUsedElsewhere(d.endpointId, d.id)
        && (m_record.desired == DesiredState::Pause || m_stopReason))
        m_context.scope.add(takeSleep(m_account.provider()->scale(d.endpointId, 0, 0, d.limits.idleTimeout)));
}

Task<void> StateRequests::takeDeletion(Task<Result<void>> call, EndpointId endpoint)
{
    const auto outcome = co_await call;
    if (outcome)
        m_removal.noteTaken(endpoint);
}

Task<void> StateRequests::takeSleep(Task<Result<ProviderEndpoint>> call)
{
    const auto asleep = co_await call;
    if (asleep && !m_context.stopping && m_record.desired != DesiredState::Run)
        m_account.accept(*asleep);
}

void StateRequests::stopSpending(const Error& why)
{
    using enum DeploymentStatus;
    if (m_record.desired != DesiredState::Run || isSettled(m_state.status()) || m_state.is(Deleting, Parked)
        || m_stopReason)
        return;
    if (!mayFollow(m_state.status(), Paused)) {
        m_stopReason = why; // the step under way ends first
        callBesideStep();
        m_state.wake();
        return;
    }
    m_state.note(u"warning"_s, u"stopping: %1"_s.arg(QString::fromUtf8(toString(why.code).data())));
    if (why.code != ErrorCode::Cancelled)
        m_record.deployment.error = why;
    [[maybe_unused]] const auto wished = set(DesiredState::Pause);
}

std::optional<Error> StateRequests::takeStopReason()
{
    if (m_record.desired == DesiredState::Delete || isSettled(m_state.status()))
        return std::nullopt;
    return std::exchange(m_stopReason, std::nullopt);
}

Result<void> StateRequests::keep(std::chrono::seconds time)
{
    using enum DeploymentStatus;
    if (m_record.desired == DesiredState::Delete || m_state.is(Deleting, Deleted))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    if (m_state.is(WebhookFailed))
        m_state.moveTo(Ready);
    const bool sleeps = m_state.is(Paused, Parked);
    const bool mayPause = sleeps || mayFollow(m_state.status(), Paused);
    if (!m_state.hasEndpoint() || m_record.endpointForeign || m_state.is(Failed) || !mayPause)
        return set(DesiredState::Delete);
    if (!m_state.is(Parked))
        m_record.desired = DesiredState::Pause;
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

void StateRequests::endKept(const DeploymentId& owner)
{
    m_state.note(u"info"_s, u"Its endpoint is in use again, by %1"_s.arg(QString::fromStdString(owner.value())));
    // Should the disk be full, it stays put away and is deleted when its time is over: the endpoint is shared.
    [[maybe_unused]] const auto wished = set(DesiredState::Delete);
}

void StateRequests::expireKept()
{
    const auto& deleteAt = m_record.deployment.deleteAt;
    if (!deleteAt || m_record.desired == DesiredState::Delete)
        return;
    // One that failed before it could be paused has nothing to be kept for.
    if (m_context.now() < *deleteAt && !m_state.is(DeploymentStatus::Failed))
        return;
    m_state.note(u"info"_s, u"The time for which it was kept is over"_s);
    m_state.setDesiredWithinStep(DesiredState::Delete);
    m_record.deployment.deleteAt.reset();
    m_state.moveTo(DeploymentStatus::Deleting);
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.answerWaiting(fail(ErrorCode::Cancelled));
    m_state.publish();
}

milliseconds StateRequests::untilExpiry() const
{
    const auto& deleteAt = m_record.deployment.deleteAt;
    if (!deleteAt)
        return kNever;
    return std::min(
        std::chrono::ceil<milliseconds>(*deleteAt - m_context.now()), m_context.pace(m_record.deployment.target).watch);
}

} // namespace visgate
