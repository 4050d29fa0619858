// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobs/job.h"

#include "core/foundation/redactor.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QString toString(JobStatus status)
{
    switch (status) {
    case JobStatus::Submitting:
        return QStringLiteral("SUBMITTING");
    case JobStatus::InQueue:
        return QStringLiteral("IN_QUEUE");
    case JobStatus::InProgress:
        return QStringLiteral("IN_PROGRESS");
    case JobStatus::Completed:
        return QStringLiteral("COMPLETED");
    case JobStatus::Failed:
        return QStringLiteral("FAILED");
    case JobStatus::Cancelled:
        return QStringLiteral("CANCELLED");
    case JobStatus::TimedOut:
        return QStringLiteral("TIMED_OUT");
    case JobStatus::Unknown:
        break;
    }
    return QStringLiteral("UNKNOWN");
}

JobStatus jobStatusFromString(const QString& text)
{
    if (text == QLatin1String("RUNNING")) // the documentation's synonym
        return JobStatus::InProgress;
    for (const JobStatus status : {JobStatus::Submitting, JobStatus::InQueue, JobStatus::InProgress,
             JobStatus::Completed, JobStatus::Failed, JobStatus::Cancelled, JobStatus::TimedOut}) {
        if (text == toString(status))
            return status;
    }
    return JobStatus::Unknown;
}

bool isFinished(JobStatus status)
{
    return status == JobStatus::Completed || status == JobStatus::Failed || status == JobStatus::Cancelled
        || status == JobStatus::TimedOut;
}

bool hadKey(const JobInput& input)
{
    const std::string_view mask = Redactor::mask();
    const QLatin1StringView text(mask.data(), static_cast<qsizetype>(mask.size()));
    return input.prompt.contains(text) || input.negativePrompt.contains(text);
}

std::optional<std::chrono::milliseconds> Job::firstStep() const
{
    if (!queued || !timings.contains(u"first_step"_s))
        return std::nullopt;
    const std::chrono::duration<double> onTheWorker(timings.value(u"queue"_s) + timings.value(u"first_step"_s));
    return *queued + std::chrono::round<std::chrono::milliseconds>(onTheWorker);
}

} // namespace visgate
