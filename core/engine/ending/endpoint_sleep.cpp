// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ending/endpoint_sleep.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/money/spend_books.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kGoneForSure = 5; ///< times in a row that the provider does not know the endpoint
constexpr std::chrono::seconds kIdleSlack{10};

} // namespace

EndpointSleep::EndpointSleep(RunState& state, RunAccount& account, EndpointScaling& scaling)
    : m_state(state), m_account(account), m_scaling(scaling), m_context(state.context()), m_record(state.record())
{
}

Task<Pause> EndpointSleep::pause()
{
    Deployment& d = m_record.deployment;
    if (!mayFollow(d.status, DeploymentStatus::Paused)) {
        // It went on to a state without a pause while the wish was on its way.
        m_record.desired = DesiredState::Run;
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(ErrorCode::Conflict, toString(d.status).toStdString()));
        co_return kAtOnce;
    }
    if (m_context.sharing.isUsedElsewhere(d.endpointId, d.id)) {
        m_state.note(u"info"_s, u"Paused: the endpoint goes on, another deployment uses it"_s);
        co_return markPaused();
    }
    m_context.at("pause.begin");
    if (!m_isTaken) {
        auto asked = co_await ask();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!asked)
            co_return m_state.retryOrFail(asked.error());
        m_isTaken = true; // as long as nothing speaks against it, no look costs another
    }
    for (;;) {
        auto stopped = co_await isStopped();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!stopped)
            co_return m_state.retryOrFail(stopped.error());
        if (*stopped)
            break;
        m_state.publish();
        co_await m_state.pause(m_context.pace(d.target).confirm);
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    // The reply to the change told what was asked for; what holds is read.
    auto endpoint = co_await m_account.provider()->endpoint(d.endpointId);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint && !isGone(endpoint.error()))
        co_return m_state.retryOrFail(endpoint.error());
    if (endpoint && endpoint->workersMax > 0) {
        m_isTaken = false;
        co_return m_context.pace(d.target).confirm;
    }
    m_state.clearTrouble();
    m_state.note(u"info"_s, u"Paused: no worker runs"_s);
    co_return markPaused();
}

Pause EndpointSleep::markPaused()
{
    m_state.moveTo(DeploymentStatus::Paused);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("paused.committed");
    m_state.answerWaiting({});
    m_state.publish();
    return kAtOnce;
}

Task<Pause> EndpointSleep::resume()
{
    Deployment& d = m_record.deployment;
    m_context.at("resume.begin");
    d.limits = m_record.newLimits.value_or(d.limits);
    m_record.newLimits.reset();
    const EndpointLimits wanted = m_scaling.effective(d.limits);
    auto endpoint = co_await m_scaling.scale(wanted);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    // One 404 is no proof: the provider's own views of an endpoint disagree at times.
    const bool isGoneForSure = !endpoint && isGone(endpoint.error()) && m_state.failures() >= kGoneForSure;
    const bool mayPass = !endpoint && !isGoneForSure
        && (m_scaling.wasTaken() || isOfTheMoment(endpoint.error().code) || isGone(endpoint.error()));
    if (mayPass)
        co_return m_state.retryOrFail(endpoint.error());
    if (!endpoint && !isGone(endpoint.error())) {
        // A clear no, such as a full quota: it goes on sleeping, and whoever asked is told.
        m_account.noteRefusal(endpoint.error());
        m_state.note(u"warning"_s, u"The provider refused: %1"_s.arg(QString::fromStdString(endpoint.error().detail)));
        m_record.desired = m_state.is(DeploymentStatus::Paused) ? DesiredState::Pause : DesiredState::Run;
        m_record.wakesParked = false;
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(endpoint.error()));
        m_state.publish();
        co_return kAtOnce;
    }
    if (!endpoint) {
        m_state.note(u"warning"_s, u"the provider no longer has this endpoint"_s);
        m_state.answerWaiting(fail(endpoint.error()));
        m_record.desired = DesiredState::Delete;
        [[maybe_unused]] const auto saved = m_state.save();
        co_return kAtOnce;
    }
    if (endpoint->workersMax != wanted.workersMax)
        co_return m_context.pace(d.target).confirm;
    m_state.clearTrouble();
    m_account.accept(*endpoint);
    m_record.wakesParked = false;
    m_state.note(u"info"_s, u"Resumed"_s);
    m_state.moveTo(DeploymentStatus::Ready);
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("resumed.committed");
    m_state.answerWaiting({});
    m_state.publish();
    co_return kAtOnce;
}

Task<Result<ProviderEndpoint>> EndpointSleep::ask()
{
    const Deployment& d = m_record.deployment;
    auto asleep = co_await m_account.provider()->scale(d.endpointId, 0, 0, d.limits.idleTimeout);
    if (m_state.isInterrupted())
        co_return asleep;
    if (asleep)
        m_account.accept(*asleep);
    m_askedAt = m_context.config.clock->monotonic();
    co_return asleep;
}

Task<Result<bool>> EndpointSleep::isStopped()
{
    const EndpointId id = m_record.deployment.endpointId;
    auto list = co_await m_account.provider()->workers(id, CallFor::Deployment);
    if (!list && isGone(list.error())) {
        m_state.noteNothingLeft();
        co_return true;
    }
    if (!list)
        co_return fail(std::move(list.error()));
    if (m_state.isInterrupted())
        co_return false;
    WorkerCounts counts = list->counts;
    counts.min = m_record.deployment.workers.min;
    counts.max = m_record.deployment.workers.max;
    m_record.deployment.workers = counts;
    m_state.countCost(*list);
    if (counts.running + counts.initializing + counts.unhealthy > 0)
        co_return false;
    // An idle worker may still be in its billed idle time. One that stays beyond it is only remembered by the provider.
    const auto waited = m_context.config.clock->monotonic() - m_askedAt;
    co_return counts.idle == 0 || waited > m_record.deployment.limits.idleTimeout * 2 + kIdleSlack;
}

} // namespace visgate
