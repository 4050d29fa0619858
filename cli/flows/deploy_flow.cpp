// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/deploy_flow.h"

#include "cli/context.h"
#include "cli/flows/deployment_report.h"
#include "cli/flows/deployment_wait.h"
#include "cli/flows/hand_over.h"
#include "cli/words.h"
#include "core/foundation/file_error.h"
#include "core/foundation/redactor.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Known before any money is spent.
Result<void> checkOut(const QString& file)
{
    const QFileInfo folder(QFileInfo(file).absolutePath());
    if (QFileInfo(file).isDir() || !folder.isDir() || !folder.isWritable())
        return fail(fileError(ErrorCode::FileUnwritable, file.toStdString()));
    return {};
}

Result<void> copyTo(const QString& from, const QString& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(fileError(ErrorCode::FileUnreadable, from.toStdString()));
    QSaveFile target(to);
    if (!target.open(QIODevice::WriteOnly) || target.write(source.readAll()) < 0 || !target.commit())
        return fail(fileError(ErrorCode::FileUnwritable, to.toStdString()));
    return {};
}

void noteLeftRunning(Context& context, const Deployment& deployment)
{
    context.note(say(QT_TRANSLATE_NOOP("Cli", "Left running. Delete it with: visgatectl delete %1"))
                     .arg(QString::fromStdString(deployment.id.value())));
}

Outcome deleteAfterInterrupt(Context& context, const Deployment& deployment)
{
    context.note(say(QT_TRANSLATE_NOOP("Cli", "Deleting what was begun ...")));
    const auto deleted = deleteAndWait(context, deployment.id, kDeletePatience);
    if (!deleted)
        return tl::unexpected(Failure(deleted.error()));
    context.note(say(QT_TRANSLATE_NOOP("Cli", "Deleted; nothing is left running.")));
    return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
}

/// Ctrl+C: asks whoever sits there; a script that was told to stop gets its deployment deleted.
Outcome interrupted(Context& context, const Deployment& deployment)
{
    Interrupt& interrupt = context.session().interrupt();
    interrupt.acknowledge();
    if (!context.terminal.isInteractive())
        return deleteAfterInterrupt(context, deployment);
    const auto answer = context.terminal.ask(
        say(QT_TRANSLATE_NOOP("Cli", "Stopped waiting. Delete the deployment (d), or leave it running (Enter)?")),
        interrupt);
    interrupt.acknowledge();
    if (answer && answer->startsWith(u'd', Qt::CaseInsensitive))
        return deleteAfterInterrupt(context, deployment);
    if (auto handed = handOver(context); !handed)
        return tl::unexpected(Failure(handed.error()));
    noteLeftRunning(context, deployment);
    return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
}

Outcome timedOut(Context& context, const Deployment& deployment)
{
    if (auto handed = handOver(context); !handed)
        return tl::unexpected(Failure(handed.error()));
    noteLeftRunning(context, deployment);
    return tl::unexpected(Failure(Error{ErrorCode::StartTimedOut, {}, 0, {}, {}}));
}

Outcome printAccepted(Context& context, const Deployment& deployment)
{
    if (auto handed = handOver(context); !handed)
        return tl::unexpected(Failure(handed.error()));
    if (context.wantsJson())
        context.print(deploymentReport(deployment, std::nullopt, {}));
    else
        context.print(QString::fromStdString(deployment.id.value()));
    return ExitCode::Ok;
}

/// The first picture's file: where it was asked for, else where the program keeps it.
Result<QString> deliver(Context& context, const std::optional<Job>& job)
{
    if (!job || job->artifacts.isEmpty())
        return QString();
    const QString stored = job->artifacts.first().filePath;
    if (!context.line.has("out"))
        return stored;
    const QString wanted = QFileInfo(context.line.text("out")).absoluteFilePath();
    if (auto copied = copyTo(stored, wanted); !copied)
        return fail(copied.error());
    return wanted;
}

Outcome printReady(Context& context, const WaitResult& waited)
{
    const auto path = deliver(context, waited.job);
    if (!path)
        return tl::unexpected(Failure(path.error()));
    if (context.wantsJson())
        context.print(deploymentReport(waited.deployment, waited.job, *path));
    else
        context.print(deploymentTable(waited.deployment, waited.job, *path));
    return ExitCode::Ok;
}

/// The price is shown before anything is begun, and what was shown travels with the request: anything dearer, and other
/// GPUs, are asked for. `--max-price` says how much instead.
void acceptPrice(Context& context, CreateRequest& request)
{
    const auto quote = context.session().ask(GetQuote{request});
    const bool isKnown = quote && !quote->plan.entries.isEmpty();
    if (isKnown) {
        context.note(planWords(quote->plan, request.target));
        request.acceptedPools = quote->plan.pools();
    }
    // Where no price could be shown, the first one that is found asks.
    request.acceptedUsdPerHour = isKnown ? quote->plan.ceilingUsdPerHour() : 0.0;
    if (context.line.has("max-price")) {
        request.acceptedUsdPerHour = context.line.number("max-price", 0.0);
        request.acceptedPools.clear(); // any that costs no more
    }
}

} // namespace

QList<Option> deployFlowOptions()
{
    return {{.name = "out",
                .value = "FILE",
                .summary = QT_TRANSLATE_NOOP("Cli", "Copy the picture to this file (with --prompt and --wait)"),
                .kind = ValueKind::File},
        {.name = "max-price",
            .value = "USD",
            .summary
            = QT_TRANSLATE_NOOP("Cli", "Any GPU up to this price an hour; dearer ones ask (default: the price shown)"),
            .kind = ValueKind::Number,
            .low = 0.01,
            .high = 1000},
        {.name = "wait", .summary = QT_TRANSLATE_NOOP("Cli", "Wait until the model is ready, or the picture is there")},
        {.name = "timeout",
            .value = "SECONDS",
            .summary = QT_TRANSLATE_NOOP("Cli", "How long --wait waits (default: 3600)"),
            .kind = ValueKind::Integer,
            .low = 1,
            .high = 86400}};
}

Outcome deployAndReport(Context& context, CreateRequest request)
{
    const Invocation& line = context.line;
    if (line.has("out") && (!request.firstInput || !line.has("wait")))
        return tl::unexpected(Failure::misuse(say(QT_TRANSLATE_NOOP("Cli", "--out needs --prompt and --wait."))));
    if (line.has("out")) {
        if (auto writable = checkOut(line.text("out")); !writable)
            return tl::unexpected(Failure(writable.error()));
    }
    // The job's own words are known later than the command may end; what looks like a key is seen here.
    if (request.firstInput
        && Redactor().redact(request.firstInput->prompt.toStdString()) != request.firstInput->prompt.toStdString())
        context.warnOfKeyInWords();
    acceptPrice(context, request);
    const auto created = context.session().ask(CreateDeployment{request});
    if (!created)
        return tl::unexpected(Failure(created.error()));
    if (!line.has("wait"))
        return printAccepted(context, *created);

    const auto patience = std::chrono::seconds(line.integer("timeout", 3600));
    const WaitResult waited = waitForDeployment(context, *created, patience);
    switch (waited.end) {
    case WaitEnd::Interrupted:
        return interrupted(context, waited.deployment);
    case WaitEnd::TimedOut:
        return timedOut(context, waited.deployment);
    case WaitEnd::Failed:
        return tl::unexpected(Failure(*waited.error));
    case WaitEnd::Done:
        break;
    }
    return printReady(context, waited);
}

} // namespace visgate::cli
