// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/changes/limit_change.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/sessions/provider_sessions.h"

#include <algorithm>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString limitsInWords(const EndpointLimits& limits)
{
    return u"%1 to %2 workers, idle time-out %3 s"_s.arg(limits.workersMin)
        .arg(limits.workersMax)
        .arg(limits.idleTimeout.count());
}

} // namespace

LimitChange::LimitChange(RunState& state, RunAccount& account, EndpointScaling& scaling)
    : m_state(state), m_account(account), m_scaling(scaling), m_context(state.context()), m_record(state.record())
{
}

Result<void> LimitChange::want(const EndpointLimits& limits, double acceptedUsdPerMonth)
{
    using enum DeploymentStatus;
    if (!m_state.hasEndpoint() || m_record.desired == DesiredState::Delete || m_state.is(Failed)
        || isSettled(m_state.status()))
        return fail(m_state.conflict());
    const DeploymentRecord before = m_record;
    m_record.acceptedUsdPerMonth = std::max(m_record.acceptedUsdPerMonth, acceptedUsdPerMonth);
    // Asleep by a wish or by the provider: they hold from the moment it is wanted back.
    if (m_record.desired == DesiredState::Pause || m_state.is(Paused, Parked)) {
        m_record.deployment.limits = limits;
        m_state.note(u"info"_s, u"New limits: %1"_s.arg(limitsInWords(limits)));
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

void LimitChange::take(const EndpointLimits& limits)
{
    m_record.deployment.limits.workersMin = limits.workersMin;
    m_record.deployment.limits.workersMax = limits.workersMax;
    m_record.deployment.limits.idleTimeout = limits.idleTimeout;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

Task<Pause> LimitChange::apply()
{
    Deployment& d = m_record.deployment;
    const EndpointLimits wanted = *m_record.newLimits;
    m_context.at("limits.begin");
    auto endpoint = co_await m_scaling.scale(m_scaling.effective(wanted));
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!endpoint && (m_scaling.wasTaken() || isOfTheMoment(endpoint.error().code) || isGone(endpoint.error())))
        co_return m_state.retryOrFail(endpoint.error());
    m_record.newLimits.reset();
    if (!endpoint) {
        // A clear no: everything stays as it was.
        m_account.noteRefusal(endpoint.error());
        m_state.note(u"warning"_s,
            u"The provider refused %1: %2"_s.arg(
                limitsInWords(wanted), QString::fromStdString(endpoint.error().detail)));
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.answerWaiting(fail(endpoint.error()));
        m_state.publish();
        co_return kAtOnce;
    }
    const EndpointLimits real = m_scaling.effective(wanted);
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
    m_state.note(u"info"_s, u"New limits: %1"_s.arg(limitsInWords(wanted)));
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("limits.confirmed");
    m_context.sharing.shareLimits(d.endpointId, d.id, wanted);
    m_state.answerWaiting({});
    m_state.publish();
    co_return kAtOnce;
}

} // namespace visgate
