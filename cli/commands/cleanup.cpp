// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/words.h"
#include "core/domain/error_catalog.h"
#include "core/service/domain_json.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isTaken(const CleanupItem& item, bool all)
{
    return item.ours && (all || item.deployment.isEmpty());
}

QString fate(const CleanupItem& item, bool all, bool applied)
{
    if (item.problem)
        return say(QT_TRANSLATE_NOOP("Cli", "could not be asked: %1")).arg(describe(*item.problem).message);
    if (!item.ours)
        return say(QT_TRANSLATE_NOOP("Cli", "not ours, left alone"));
    if (!isTaken(item, all))
        return say(QT_TRANSLATE_NOOP("Cli", "in use, left alone"));
    return applied ? say(QT_TRANSLATE_NOOP("Cli", "deleted")) : say(QT_TRANSLATE_NOOP("Cli", "would be deleted"));
}

Outcome runCleanup(Context& context)
{
    const bool all = context.line.has("all");
    const bool apply = !context.line.has("dry-run");
    if (all && apply && context.terminal.isInteractive()) {
        const auto answer = context.terminal.ask(
            say(QT_TRANSLATE_NOOP("Cli", "Delete every endpoint that Visgate made, those in use as well? Type yes:")),
            context.session().interrupt());
        if (!answer || (*answer != say(QT_TRANSLATE_NOOP("Cli", "yes")) && *answer != "yes"_L1))
            return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    }
    const auto items = context.session().ask<QList<CleanupItem>>(
        [all, apply](DeploymentService& service) { return service.cleanUp(all, apply); });
    if (!items)
        return tl::unexpected(Failure(items.error()));
    std::optional<Error> problem;
    for (const CleanupItem& item : *items)
        problem = item.problem ? item.problem : problem;
    const ExitCode outcome = problem ? exitCodeFor(problem->code) : ExitCode::Ok;
    if (context.wantsJson()) {
        QJsonArray array;
        for (const CleanupItem& item : *items) {
            QJsonObject object = toJson(item);
            object.insert(u"deleted"_s, apply && isTaken(item, all));
            array.append(object);
        }
        context.print(QJsonObject{{u"items"_s, array}, {u"applied"_s, apply}});
        return outcome;
    }
    if (items->isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing is there to clean up.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Target")), say(QT_TRANSLATE_NOOP("Cli", "Endpoint")),
        say(QT_TRANSLATE_NOOP("Cli", "Deployment")), say(QT_TRANSLATE_NOOP("Cli", "What happens"))}};
    for (const CleanupItem& item : *items)
        table.append({toString(item.target), item.problem ? u"-"_s : item.endpointName,
            item.deployment.isEmpty() ? u"-"_s : QString::fromStdString(item.deployment.value()),
            fate(item, all, apply)});
    context.print(table);
    if (problem)
        context.note(describe(*problem).remedy);
    return outcome;
}

} // namespace

Command cleanupCommand()
{
    return {
        .name = u"cleanup"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "Delete endpoints that Visgate made and no deployment uses any more"),
        .description = QT_TRANSLATE_NOOP("Cli", "Endpoints that Visgate did not make are listed and never touched."),
        .options = {{.name = "all", .summary = QT_TRANSLATE_NOOP("Cli", "Delete those in use as well")},
            {.name = "dry-run", .summary = QT_TRANSLATE_NOOP("Cli", "Only say what would be deleted")}},
        .examples = {u"visgatectl cleanup --dry-run"_s},
        .run = runCleanup,
    };
}

} // namespace visgate::cli
