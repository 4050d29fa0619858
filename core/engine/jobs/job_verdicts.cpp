// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_verdicts.h"

#include "core/domain/money/cost.h"

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

void JobVerdicts::onHeard(TimePoint now)
{
    m_denials = 0;
    m_heardAt = now;
}

std::optional<JobVerdicts::Verdict> JobVerdicts::onDenied(
    const Job& job, const Moment& moment, std::chrono::milliseconds patience, const Error& answer)
{
    if (m_denials++ == 0)
        m_deniedSince = moment.monotonic;
    const TimePoint sent = job.sentAt.value_or(job.createdAt);
    const bool isPastItsLife = moment.now - sent >= requestTimeToLive(moment.limit);
    const bool mayHaveExpired = moment.now - m_heardAt.value_or(sent) >= kResultLifetime;
    const bool isBelieved = isPastItsLife || mayHaveExpired || moment.monotonic - m_deniedSince >= patience;
    if (m_denials < kLeastDenials || !isBelieved)
        return std::nullopt;
    Verdict verdict{JobStatus::Failed, {ErrorCode::JobVanished, {}, answer.providerStatus, answer.requestId, {}}};
    if (mayHaveExpired) {
        verdict.error.code = ErrorCode::ResultExpired;
    } else if (isPastItsLife) { // dropped by the queue, in which it was until a moment ago
        verdict.error.code = ErrorCode::JobTimedOut;
        verdict.status = JobStatus::TimedOut;
    }
    return verdict;
}

bool JobVerdicts::isPastItsEnd(const Job& job, const Moment& moment)
{
    if (job.status != JobStatus::InProgress || m_runsOn != job.workerId || !m_runsSince) {
        // Given to another worker, it has its whole time again.
        m_runsOn = job.workerId;
        m_runsSince = job.status == JobStatus::InProgress ? std::optional(moment.monotonic) : std::nullopt;
    }
    if (m_runsSince && moment.monotonic - *m_runsSince > moment.limit + slackOf(moment.limit))
        return true;
    return job.sentAt
        && moment.now - *job.sentAt > requestTimeToLive(moment.limit) + moment.limit + slackOf(moment.limit);
}

Error JobVerdicts::overdue(seconds limit, const std::string& lastWords) const
{
    Error error{m_isMadeByItsLog ? ErrorCode::ResultWithheld : ErrorCode::JobTimedOut, {}, 0, {}, {minutesOf(limit)}};
    if (!lastWords.empty())
        error.detail = '"' + lastWords + '"';
    return error;
}

} // namespace visgate
