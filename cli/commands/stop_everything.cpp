// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/money.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString fate(const StopReport::Endpoint& endpoint)
{
    if (endpoint.stopped)
        return say(QT_TRANSLATE_NOOP("Cli", "stopped"));
    return say(QT_TRANSLATE_NOOP("Cli", "%1 workers left")).arg(endpoint.workersLeft);
}

/// What is not stopped, why, and what helps.
QString whyNot(const StopReport::Unreached& account)
{
    const ErrorText text = describe(account.why);
    const QString which = account.ofRequestKey
        ? say(QT_TRANSLATE_NOOP("Cli", "%1, with the key of a request, could not be reached: %2 %3"))
        : say(QT_TRANSLATE_NOOP("Cli", "%1 could not be reached: %2 %3"));
    return which.arg(toString(account.target), text.message, text.remedy);
}

QString whose(const StopReport::Endpoint& endpoint)
{
    if (endpoint.owner == EndpointOwner::Ours)
        return say(QT_TRANSLATE_NOOP("Cli", "made here"));
    return say(QT_TRANSLATE_NOOP("Cli", "another computer's or a colleague's"));
}

Outcome runStop(Context& context)
{
    const auto report = context.session().ask(StopEverything{});
    if (!report)
        return tl::unexpected(Failure(report.error()));
    if (context.wantsJson()) {
        context.print(toJson(*report));
        return report->isDone() ? ExitCode::Ok : ExitCode::Failed;
    }
    if (!report->endpoints.isEmpty()) {
        QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Target")), say(QT_TRANSLATE_NOOP("Cli", "State")),
            say(QT_TRANSLATE_NOOP("Cli", "Whose")), say(QT_TRANSLATE_NOOP("Cli", "Endpoint"))}};
        for (const StopReport::Endpoint& endpoint : report->endpoints)
            table.append({toString(endpoint.target), fate(endpoint), whose(endpoint), endpoint.name});
        context.print(table);
    }
    bool isQueued = false;
    for (const StopReport::Unreached& account : report->unreachable) {
        context.print(whyNot(account));
        isQueued = isQueued || account.isQueued;
        if (!account.isQueued)
            context.print(say(QT_TRANSLATE_NOOP("Cli",
                "Nothing is recorded here, but whether something runs there is not known. Ask again where the keychain "
                "can be read.")));
    }
    if (isQueued)
        context.print(say(QT_TRANSLATE_NOOP("Cli",
            "There, nothing is confirmed. The wish is kept and carried out as soon as it can be, while Visgate "
            "runs.")));
    if (report->isDone())
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing runs any more.")));
    return report->isDone() ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace

Command stopEverythingCommand()
{
    return {
        .name = u"stop-everything"_s,
        .summary
        = QT_TRANSLATE_NOOP("Cli", "Stop every endpoint of ours at every provider, and wait until nothing runs"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "Each endpoint may have no workers from then on; the workers are read back until none is left. "
            "Deployments\n"
            "stay, and can be resumed."),
        .examples = {u"visgatectl stop-everything"_s},
        .run = runStop,
    };
}

} // namespace visgate::cli
