// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/run_logs.h"

#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/deployment_logs.h"

#include <utility>

namespace visgate {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLateLook{100};
/// How late a provider hands out lines, with room to spare; of a start that has failed nobody asks again.
constexpr int kMostLateLooks = 80;

} // namespace

RunLogs::RunLogs(RunState& state, RunAccount& account, StartProgress& start)
    : m_state(state), m_account(account), m_context(state.context()), m_record(state.record()),
      m_reading(
          m_context, m_record.deployment.id,
          [&start](const WorkerEvent& event, const QString& worker) { start.onEvent(event, worker); },
          [&start](const QString& worker, const QString& line, bool isSystem) { start.onLine(worker, line, isSystem); })
{
    m_reading.setUnread(m_record.unreadLogs);
}

void RunLogs::catchUp()
{
    if (std::exchange(m_isTakenUp, true))
        return;
    m_isCaughtUp = !m_state.hasEndpoint() || m_reading.unread().isEmpty();
    if (m_isCaughtUp)
        return;
    Provider* const service = m_account.provider();
    m_isCaughtUp = service && !service->logs();
    if (service && !m_isCaughtUp)
        m_reading.catchUp(m_record.deployment.endpointId, service, m_state.status());
}

void RunLogs::onWorkers(const WorkerList& list, WatchNeed need)
{
    m_wasBusy = m_wasBusy || need >= WatchNeed::Streaming;
    const EndpointId endpoint = m_record.deployment.endpointId;
    if (Provider* const service = m_account.provider())
        m_reading.follow(list, endpoint, service, m_state.status(), need < WatchNeed::Streaming);
    rememberUnread();
}

void RunLogs::rememberUnread()
{
    if (m_record.unreadLogs == m_reading.unread())
        return;
    m_record.unreadLogs = m_reading.unread();
    [[maybe_unused]] const auto saved = m_state.save();
}

bool RunLogs::lacksLines()
{
    return m_wasBusy && m_reading.isReading() && !isWhole();
}

/// The streams are quiet, and the last job's own last word is among what they brought: a provider hands out lines some
/// seconds late.
bool RunLogs::isWhole()
{
    if (!m_reading.isReadUpToNow())
        return false;
    const auto jobs = m_state.jobs().jobs(m_record.deployment.id);
    if (!jobs || jobs->isEmpty())
        return true;
    const Job& last = jobs->constFirst();
    if (last.status != JobStatus::Completed || last.providerJob.isEmpty())
        return true;
    const auto line = m_context.logs.lastLineOf(last.deployment, last.providerJob);
    return line && (line->text == "Finished." || line->text.starts_with("result: "));
}

bool RunLogs::isCatchingUp()
{
    if (m_isCaughtUp || !m_state.hasEndpoint() || m_record.unreadLogs.isEmpty())
        return false;
    if (!m_isTakenUp)
        return m_state.isDriven();
    m_isCaughtUp = isWhole();
    return !m_isCaughtUp;
}

Task<void> RunLogs::readLastLines()
{
    if (m_context.stopping || !m_state.is(DeploymentStatus::Failed) || !m_state.hasEndpoint())
        co_return;
    if (!m_reading.isReading() && !m_record.unreadLogs.isEmpty() && !m_isTakenUp) {
        auto opened = co_await m_account.open(0.0);
        if (!opened || m_context.stopping)
            co_return;
        catchUp();
    }
    if (!m_reading.isReading())
        co_return;
    for (int left = kMostLateLooks; left > 0 && !m_context.stopping && !m_state.hasNewDesiredState(); --left) {
        co_await m_state.pause(kLateLook);
    }
    if (m_context.stopping || m_state.hasNewDesiredState() || !m_reading.isReadUpToNow())
        co_return;
    m_reading.setUnread({});
    rememberUnread();
}

} // namespace visgate
