// SPDX-License-Identifier: GPL-3.0-or-later
// Its workers' logs beyond the moment: lines that come late, of workers that are gone, after the owner has changed.
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/log_keeper.h"
#include "core/engine/sessions/accounts.h"

#include <utility>

namespace visgate {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLateLook{100};
/// How late a provider hands out lines, with room to spare; of a start that has failed nobody asks again.
constexpr int kMostLateLooks = 80;

} // namespace

/// Once in the life of this process: what the last owner has not read.
void DeploymentRun::catchUpLogs()
{
    if (std::exchange(m_logsTakenUp, true))
        return;
    m_logsCaughtUp = !m_state.hasEndpoint() || m_workerLogs.unread().isEmpty();
    if (m_logsCaughtUp)
        return;
    if (Provider* const service = m_account.provider())
        m_workerLogs.catchUp(m_record.deployment.endpointId, service, m_state.status());
}

void DeploymentRun::rememberUnreadLogs()
{
    if (m_record.unreadLogs == m_workerLogs.unread())
        return;
    m_record.unreadLogs = m_workerLogs.unread();
    [[maybe_unused]] const auto saved = m_state.save();
}

bool DeploymentRun::lacksLogLines()
{
    return m_wasBusy && m_workerLogs.isReading() && !isLogWhole();
}

/// The streams are quiet, and the last job's own last word is among what they brought: a provider hands out lines some
/// seconds late.
bool DeploymentRun::isLogWhole()
{
    if (!m_workerLogs.isReadUpToNow())
        return false;
    const auto jobs = m_jobs.jobs(m_record.deployment.id);
    if (!jobs || jobs->isEmpty())
        return true;
    const Job& last = jobs->constFirst();
    if (last.status != JobStatus::Completed || last.providerJob.isEmpty())
        return true;
    const auto line = m_context.logs.lastLineOf(last.deployment, last.providerJob);
    return line && (line->text == "Finished." || line->text.starts_with("result: "));
}

bool DeploymentRun::isCatchingUpLogs()
{
    if (m_logsCaughtUp || !m_state.hasEndpoint() || m_record.unreadLogs.isEmpty())
        return false;
    if (!m_logsTakenUp)
        return m_driving;
    m_logsCaughtUp = isLogWhole();
    return !m_logsCaughtUp;
}

/// What failed for good has no step left that would look at its workers; the last lines of its log tell why it failed.
Task<void> DeploymentRun::readLastLines()
{
    if (m_context.stopping || !m_state.is(DeploymentStatus::Failed) || !m_state.hasEndpoint())
        co_return;
    if (!m_workerLogs.isReading() && !m_record.unreadLogs.isEmpty() && !m_logsTakenUp) {
        auto opened = co_await m_account.open(0.0);
        if (!opened || m_context.stopping)
            co_return;
        catchUpLogs();
    }
    if (!m_workerLogs.isReading())
        co_return;
    for (int left = kMostLateLooks; left > 0 && !m_context.stopping && !m_state.hasNewWish(); --left) {
        co_await m_state.pause(kLateLook);
    }
    if (m_context.stopping || m_state.hasNewWish() || !m_workerLogs.isReadUpToNow())
        co_return;
    m_workerLogs.setUnread({});
    rememberUnreadLogs();
}

} // namespace visgate
