// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/endpoint_check.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/run/endpoint_facts.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBelievedAbsences = 3; ///< "no such endpoint" in a row, by two addresses each time
constexpr qsizetype kMostChanges = 20;

} // namespace

EndpointCheck::EndpointCheck(RunState& state, RunAccount& account)
    : m_state(state), m_account(account), m_context(state.context()), m_record(state.record())
{
}

/// A service that says "not found" of what it lists is only confused, and what it lists may run and cost.
Task<Pause> EndpointCheck::check()
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    m_isDemanded = false;
    auto endpoint = co_await m_account.provider()->endpoint(d.endpointId);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    const bool seemsGone = !endpoint && isGone(endpoint.error());
    if (seemsGone) {
        auto listed = co_await m_account.isListed();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!listed || *listed) {
            m_isDemanded = true;
            co_return m_state.retryOrFail(listed ? endpoint.error() : listed.error());
        }
    }
    if (seemsGone && ++m_absences < kBelievedAbsences) {
        m_isDemanded = true;
        co_return m_context.pace(d.target).confirm;
    }
    m_absences = 0;
    if (seemsGone) {
        if (m_state.is(Paused, Parked)) {
            // The table lets these only go on to deleting; there is nothing left to keep.
            m_state.note(u"warning"_s, u"the provider no longer has this endpoint"_s);
            m_record.desired = DesiredState::Delete;
            [[maybe_unused]] const auto saved = m_state.save();
            co_return kAtOnce;
        }
        co_return m_state.failWith(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}}, RunState::Remains::Nothing);
    }
    if (!endpoint) {
        m_isDemanded = true;
        co_return m_state.retryOrFail(endpoint.error());
    }
    m_state.clearTrouble();
    d.workers.min = endpoint->workersMin;
    d.workers.max = endpoint->workersMax;
    if (m_state.is(Ready) && endpoint->workersMax == 0) {
        m_state.note(u"warning"_s, u"the provider set the maximum of workers to 0"_s);
        m_state.moveTo(Parked);
    } else if (m_state.is(Parked) && endpoint->workersMax > 0) {
        m_state.moveTo(Ready);
    } else if (m_state.is(Paused) && m_record.desired == DesiredState::Pause && endpoint->workersMax > 0
        && !m_context.sharing.isBeingLeft(d.endpointId, d.id)) {
        m_state.note(u"warning"_s, u"resumed elsewhere: the maximum of workers is %1"_s.arg(endpoint->workersMax));
        m_record.desired = DesiredState::Run;
        m_state.moveTo(Ready);
    }
    noteFacts(factsOf(*endpoint));
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
    co_return kAtOnce;
}

bool EndpointCheck::noteFacts(const EndpointFacts& facts)
{
    if (m_record.endpointFacts == facts)
        return false;
    const EndpointFacts before = std::exchange(m_record.endpointFacts, facts);
    for (const EndpointChange& change : changesBetween(before, facts, m_context.now())) {
        m_state.note(
            u"warning"_s, u"changed elsewhere: %1 from %2 to %3"_s.arg(change.field, change.before, change.after));
        m_record.deployment.changedElsewhere.append(change);
    }
    while (m_record.deployment.changedElsewhere.size() > kMostChanges)
        m_record.deployment.changedElsewhere.removeFirst();
    return true;
}

} // namespace visgate
