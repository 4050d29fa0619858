// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/jobs.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/foundation/worker_protocol/job_limits.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kJobPause = 300ms;

JobId jobOf(const Invocation& line)
{
    return JobId(line.arguments.first().toStdString());
}

Outcome printJob(Context& context, const Job& job)
{
    if (context.wantsJson()) {
        context.print(toJson(job));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Job")), QString::fromStdString(job.id.value())},
        {say(QT_TRANSLATE_NOOP("Cli", "State")), stateWords(job.status)},
        {say(QT_TRANSLATE_NOOP("Cli", "Prompt")), job.input.prompt}};
    if (job.error)
        table.append({say(QT_TRANSLATE_NOOP("Cli", "Error")), describe(*job.error).message});
    for (const Artifact& artifact : job.artifacts)
        table.append({say(QT_TRANSLATE_NOOP("Cli", "Picture")), artifact.filePath});
    context.print(table);
    return ExitCode::Ok;
}

Outcome runJobList(Context& context)
{
    const DeploymentId id(context.line.arguments.value(0).toStdString());
    const auto jobs = context.session().ask(ListJobs{id});
    if (!jobs)
        return tl::unexpected(Failure(jobs.error()));
    if (context.wantsJson()) {
        QJsonArray array;
        for (const Job& job : *jobs)
            array.append(toJson(job));
        context.print(QJsonObject{{u"jobs"_s, array}});
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Job")), say(QT_TRANSLATE_NOOP("Cli", "Deployment")),
        say(QT_TRANSLATE_NOOP("Cli", "State")), say(QT_TRANSLATE_NOOP("Cli", "Prompt"))}};
    for (const Job& job : *jobs)
        table.append({QString::fromStdString(job.id.value()), QString::fromStdString(job.deployment.value()),
            stateWords(job.status), job.input.prompt});
    context.print(table);
    return ExitCode::Ok;
}

/// The job as it is in the end, or when time or patience run out.
Result<Job> waitForJob(Context& context, Job job)
{
    const auto deadline
        = std::chrono::steady_clock::now() + std::chrono::seconds(context.line.integer("timeout", 3600));
    JobStatus said = JobStatus::Unknown;
    while (!isFinished(job.status)) {
        if (job.status != said)
            context.note(stateWords(job.status));
        said = job.status;
        if (std::chrono::steady_clock::now() > deadline)
            return fail(ErrorCode::JobTimedOut);
        if (!context.session().pause(kJobPause))
            return fail(ErrorCode::Cancelled);
        auto now = context.session().ask(GetJob{job.id});
        if (!now)
            return now;
        job = *std::move(now);
    }
    if (job.status == JobStatus::Cancelled)
        return fail(ErrorCode::Cancelled);
    if (job.status != JobStatus::Completed)
        return fail(job.error.value_or(Error{ErrorCode::JobFailed, {}, 0, {}, {}}));
    return job;
}

Outcome finishJob(Context& context, const Result<Job>& started)
{
    if (!started)
        return tl::unexpected(Failure(started.error()));
    if (!context.line.has("wait"))
        return printJob(context, *started);
    const auto job = waitForJob(context, *started);
    if (!job)
        return tl::unexpected(Failure(job.error()));
    return printJob(context, *job);
}

Outcome runJob(Context& context)
{
    const Invocation& line = context.line;
    const DeploymentId id(line.arguments.first().toStdString());
    JobInput input;
    input.prompt = line.arguments.mid(1).join(u' ');
    if (line.has("seed"))
        input.seed = line.integer("seed", 0);
    const auto job = context.session().ask(SubmitJob{id, input});
    if (job && hadKey(job->input))
        context.warnOfKeyInWords();
    return finishJob(context, job);
}

Outcome runJobRetry(Context& context)
{
    return finishJob(context, context.session().ask(RetryJob{jobOf(context.line)}));
}

Outcome runJobCancel(Context& context)
{
    const JobId id = jobOf(context.line);
    const auto cancelled = context.session().ask(CancelJob{id});
    if (!cancelled)
        return tl::unexpected(Failure(cancelled.error()));
    const auto job = context.session().ask(GetJob{id});
    if (!job)
        return tl::unexpected(Failure(job.error()));
    return printJob(context, *job);
}

QList<Option> waitOptions()
{
    return {{.name = "wait", .summary = QT_TRANSLATE_NOOP("Cli", "Wait until the picture is there")},
        {.name = "timeout",
            .value = "SECONDS",
            .summary = QT_TRANSLATE_NOOP("Cli", "How long --wait waits (default: 3600)"),
            .kind = ValueKind::Integer,
            .low = 1,
            .high = 86400}};
}

} // namespace

QList<Command> jobCommands()
{
    return {
        {.name = u"jobs"_s,
            .arguments = u"[ID]"_s,
            .least = 0,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "List the pictures asked for, of one deployment or of all"),
            .run = runJobList},
        {.name = u"jobs run"_s,
            .arguments = u"ID PROMPT"_s,
            .least = 2,
            .most = 1000,
            .summary = QT_TRANSLATE_NOOP("Cli", "Ask a deployment for a picture"),
            .options = waitOptions()
                + QList<Option>{{.name = "seed",
                    .value = "N",
                    .summary = QT_TRANSLATE_NOOP("Cli", "Seed of the picture (default: a random one)"),
                    .kind = ValueKind::Integer,
                    .low = 0,
                    .high = double(job_limits::kLargestSeed)}},
            .examples = {u"visgatectl jobs run dep_2026_1a2b3c4d \"a red circle\" --wait"_s},
            .run = runJob},
        {.name = u"jobs retry"_s,
            .arguments = u"JOB"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Try a picture again that failed or took too long"),
            .options = waitOptions(),
            .run = runJobRetry},
        {.name = u"jobs cancel"_s,
            .arguments = u"JOB"_s,
            .least = 1,
            .most = 1,
            .summary = QT_TRANSLATE_NOOP("Cli", "Give up a picture that is not finished"),
            .run = runJobCancel},
    };
}

} // namespace visgate::cli
