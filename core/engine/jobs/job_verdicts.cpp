// SPDX-License-Identifier: GPL-3.0-or-later
// Verdicts that lose what was paid for: a job that the provider no longer knows, a job that never ends. Neither is
// believed because it was said once.
#include "core/domain/money/cost.h"
#include "core/engine/jobs/job_entry.h"
#include "core/engine/logs/deployment_logs.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

/// What the provider keeps a result for; nothing younger can have expired.
constexpr auto kResultLifetime = 30min;
constexpr int kLeastDenials = 5;
/// A job that is handed to another worker, and a queue that is read late, take a moment more than the limit.
constexpr seconds slackOf(seconds limit)
{
    return std::max<seconds>(1min, limit / 10);
}

std::string minutesOf(seconds limit)
{
    return std::to_string(std::max<std::int64_t>(1, (limit.count() + 30) / 60));
}

} // namespace

/// "There is no such job", of one that the provider has taken.
Pause JobRunner::onDenied(Entry& entry, const Error& answer)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const EnginePace pace = m_context.pace(entry.target);
    if (entry.denials++ == 0)
        entry.deniedSince = now;
    const Job& job = entry.job;
    const seconds limit = job.limit.value_or(m_owners->executionTimeoutOf(job.deployment));
    const TimePoint sent = job.sentAt.value_or(job.createdAt);
    const bool isPastItsLife = m_context.now() - sent >= requestTimeToLive(limit);
    const bool mayHaveExpired = m_context.now() - entry.heardAt.value_or(sent) >= kResultLifetime;
    const bool isBelieved = isPastItsLife || mayHaveExpired || now - entry.deniedSince >= pace.denied;
    if (entry.denials < kLeastDenials || !isBelieved)
        return std::min(pace.retryHigh, pace.retryLow * (1 << std::clamp(entry.denials - 1, 0, 10)));
    Error error{ErrorCode::JobVanished, {}, answer.providerStatus, answer.requestId, {}};
    if (mayHaveExpired) {
        error.code = ErrorCode::ResultExpired;
    } else if (isPastItsLife) { // dropped by the queue, in which it was until a moment ago
        error.code = ErrorCode::JobTimedOut;
        return finish(entry, JobStatus::TimedOut, std::move(error));
    }
    return finish(entry, JobStatus::Failed, std::move(error));
}

/// Whether the job is still under way although it can no longer be: past its time limit on one worker, or past the time
/// after which the queue drops it and one worker's limit on top.
bool JobRunner::isPastItsEnd(Entry& entry)
{
    Job& job = entry.job;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const seconds limit = job.limit.value_or(m_owners->executionTimeoutOf(job.deployment));
    if (job.status != JobStatus::InProgress || entry.runsOn != job.workerId || !entry.runsSince) {
        // Given to another worker, it has its whole time again.
        entry.runsOn = job.workerId;
        entry.runsSince = job.status == JobStatus::InProgress ? std::optional(now) : std::nullopt;
    }
    if (entry.runsSince && now - *entry.runsSince > limit + slackOf(limit))
        return true;
    return job.sentAt && m_context.now() - *job.sentAt > requestTimeToLive(limit) + limit + slackOf(limit);
}

/// Ends it here and, as far as the provider listens, there. What the worker's log says of it is the reason given.
Task<Pause> JobRunner::endOverdue(std::shared_ptr<Entry> entry, EndpointId endpoint)
{
    const Job& job = entry->job;
    [[maybe_unused]] auto cancelled = co_await provider(*entry)->cancelJob(endpoint, job.providerJob);
    if (m_context.stopping)
        co_return kAtOnce;
    const seconds limit = job.limit.value_or(m_owners->executionTimeoutOf(job.deployment));
    const auto last = m_context.logs.lastLineOf(job.deployment, job.providerJob);
    Error error{ErrorCode::JobTimedOut, {}, 0, {}, {minutesOf(limit)}};
    if (entry->isMadeByItsLog)
        error.code = ErrorCode::ResultWithheld;
    if (last)
        error.detail = '"' + last->text + '"';
    co_return finish(*entry, JobStatus::TimedOut, std::move(error));
}

void JobRunner::onMade(const DeploymentId& deployment, const ProviderJobId& job)
{
    for (const auto& [id, entry] : m_entries) {
        if (entry->job.deployment == deployment && entry->job.providerJob == job)
            entry->isMadeByItsLog = true;
    }
}

} // namespace visgate
