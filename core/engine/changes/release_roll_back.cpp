// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/changes/release_roll_back.h"

#include "core/engine/context/error_kinds.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Whether the present release is `version` again; limits of workers do not go back with it.
bool hasSameContent(const ReleaseHistory& history, int version)
{
    const QList<ReleaseChange> changes = changesBetween(history, history.current, version);
    return std::all_of(changes.cbegin(), changes.cend(), [](const ReleaseChange& change) {
        return change.field.startsWith("workers."_L1) || change.field.startsWith("scaling"_L1)
            || change.field == "name"_L1;
    });
}

} // namespace

ReleaseRollBack::ReleaseRollBack(RunState& state, RunAccount& account)
    : m_state(state), m_account(account), m_context(state.context()), m_record(state.record())
{
}

Task<Result<ReleaseHistory>> ReleaseRollBack::history()
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

Result<void> ReleaseRollBack::want(const RollBackRequest& desired)
{
    if (m_record.desired == DesiredState::Delete || !m_state.hasEndpoint())
        return fail(m_state.conflict());
    const auto before = std::exchange(m_record.rollBack, desired);
    m_state.note(u"info"_s, u"Asked for: back to release %1"_s.arg(desired.version));
    if (auto saved = m_state.save(); !saved) {
        m_record.rollBack = before;
        return saved;
    }
    m_isTaken = false;
    m_context.at("roll_back.committed");
    cancel();
    m_state.publish();
    m_state.goOn();
    return {};
}

QFuture<Result<ReleaseHistory>> ReleaseRollBack::whenDone()
{
    m_waiting.emplace_back();
    m_waiting.back().start();
    return m_waiting.back().future();
}

void ReleaseRollBack::answer(const Result<ReleaseHistory>& outcome)
{
    for (QPromise<Result<ReleaseHistory>>& promise : std::exchange(m_waiting, {})) {
        promise.addResult(outcome);
        promise.finish();
    }
}

Task<Pause> ReleaseRollBack::apply()
{
    const RollBackRequest desired = *m_record.rollBack;
    const EndpointId id = m_record.deployment.endpointId;
    m_context.at("roll_back.begin");
    if (!m_account.provider()->releases())
        co_return end(fail(ErrorCode::ProviderLacks));
    auto history = co_await m_account.provider()->releases()->listReleases(id);
    if (m_state.isInterrupted() || m_record.rollBack != desired)
        co_return kAtOnce;
    if (!history && isOfTheMoment(history.error().code))
        co_return m_state.retryOrFail(history.error());
    if (!history)
        co_return end(fail(std::move(history.error())));
    const bool isNewer = history->current > desired.from;
    if (isNewer && (m_isTaken || hasSameContent(*history, desired.version)))
        co_return end(std::move(*history));
    if (m_isTaken)
        co_return m_context.pace(m_record.deployment.target).confirm;
    auto endpoint = co_await m_account.provider()->releases()->rollBack(id, desired.version);
    if (m_state.isInterrupted() || m_record.rollBack != desired)
        co_return kAtOnce;
    if (!endpoint && isOfTheMoment(endpoint.error().code))
        co_return m_state.retryOrFail(endpoint.error());
    if (!endpoint)
        co_return end(fail(std::move(endpoint.error())));
    m_isTaken = true;
    m_account.accept(*endpoint);
    m_context.sharing.shareEndpoint(*endpoint, m_record.deployment.id);
    co_return kAtOnce;
}

Pause ReleaseRollBack::end(Result<ReleaseHistory> outcome)
{
    const RollBackRequest desired = *std::exchange(m_record.rollBack, std::nullopt);
    m_state.clearTrouble();
    if (outcome) {
        m_state.note(u"info"_s,
            u"Rolled back to release %1, which is release %2 now"_s.arg(desired.version).arg(outcome->current));
        for (const QString& change : inWords(changesBetween(*outcome, desired.from, desired.version)))
            m_state.note(u"info"_s, change);
    } else {
        m_state.note(u"warning"_s,
            u"No return to release %1: %2"_s.arg(desired.version).arg(QString::fromStdString(outcome.error().detail)));
    }
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("rolled_back.committed");
    answer(outcome);
    m_state.publish();
    return kAtOnce;
}

} // namespace visgate
