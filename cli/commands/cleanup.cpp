// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
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
    if (!item.ours)
        return say(VISGATE_CLI("not ours, left alone"));
    if (!isTaken(item, all))
        return say(VISGATE_CLI("in use, left alone"));
    return applied ? say(VISGATE_CLI("deleted")) : say(VISGATE_CLI("would be deleted"));
}

Outcome runCleanup(Context& context)
{
    const bool all = context.line.has("all");
    const bool apply = !context.line.has("dry-run");
    if (all && apply && context.terminal.isInteractive()) {
        const auto answer = context.terminal.ask(
            say(VISGATE_CLI("Delete every endpoint that Visgate made, those in use as well? Type yes:")),
            context.session().interrupt());
        if (!answer || (*answer != say(VISGATE_CLI("yes")) && *answer != "yes"_L1))
            return tl::unexpected(Failure(Error{ErrorCode::Cancelled, {}, 0, {}, {}}));
    }
    const auto items = context.session().ask<QList<CleanupItem>>(
        [all, apply](DeploymentService& service) { return service.cleanUp(all, apply); });
    if (!items)
        return tl::unexpected(Failure(items.error()));
    if (context.wantsJson()) {
        QJsonArray array;
        for (const CleanupItem& item : *items) {
            QJsonObject object = toJson(item);
            object.insert(u"deleted"_s, apply && isTaken(item, all));
            array.append(object);
        }
        context.print(QJsonObject{{u"items"_s, array}, {u"applied"_s, apply}});
        return ExitCode::Ok;
    }
    if (items->isEmpty()) {
        context.print(say(VISGATE_CLI("Nothing is there to clean up.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(VISGATE_CLI("Target")), say(VISGATE_CLI("Endpoint")), say(VISGATE_CLI("Deployment")),
        say(VISGATE_CLI("What happens"))}};
    for (const CleanupItem& item : *items)
        table.append({toString(item.target), item.endpointName,
            item.deployment.isEmpty() ? u"-"_s : QString::fromStdString(item.deployment.value()),
            fate(item, all, apply)});
    context.print(table);
    return ExitCode::Ok;
}

} // namespace

Command cleanupCommand()
{
    return {
        .name = u"cleanup"_s,
        .summary = VISGATE_CLI("Delete endpoints that Visgate made and no deployment uses any more"),
        .description = VISGATE_CLI("Endpoints that Visgate did not make are listed and never touched."),
        .options = {{.name = "all", .summary = VISGATE_CLI("Delete those in use as well")},
            {.name = "dry-run", .summary = VISGATE_CLI("Only say what would be deleted")}},
        .examples = {u"visgatectl cleanup --dry-run"_s},
        .run = runCleanup,
    };
}

} // namespace visgate::cli
