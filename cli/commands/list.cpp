// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kPageSize = 100;

/// The newest `limit` deployments; deleted ones only when they are wanted.
Result<QList<Deployment>> collect(Context& context, int limit, bool withDeleted)
{
    QList<Deployment> found;
    QString cursor;
    do {
        const auto page = context.session().ask(ListDeployments{kPageSize, cursor});
        if (!page)
            return fail(page.error());
        for (const Deployment& deployment : page->deployments) {
            if (found.size() < limit && (withDeleted || deployment.status != DeploymentStatus::Deleted))
                found.append(deployment);
        }
        cursor = page->nextCursor;
    } while (!cursor.isEmpty() && found.size() < limit);
    return found;
}

Outcome runList(Context& context)
{
    const auto found = collect(context, int(context.line.integer("limit", 20)), context.line.has("all"));
    if (!found)
        return tl::unexpected(Failure(found.error()));
    if (context.wantsJson()) {
        QJsonArray deployments;
        for (const Deployment& deployment : *found)
            deployments.append(toJson(deployment));
        context.print(QJsonObject{{u"deployments"_s, deployments}});
        return ExitCode::Ok;
    }
    if (found->isEmpty()) {
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Nothing is deployed.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "Deployment")), say(QT_TRANSLATE_NOOP("Cli", "State")),
        say(QT_TRANSLATE_NOOP("Cli", "Target")), say(QT_TRANSLATE_NOOP("Cli", "GPU")),
        say(QT_TRANSLATE_NOOP("Cli", "Now")), say(QT_TRANSLATE_NOOP("Cli", "So far")),
        say(QT_TRANSLATE_NOOP("Cli", "Model"))}};
    for (const Deployment& deployment : *found)
        table.append({QString::fromStdString(deployment.id.value()), stateWords(deployment),
            toString(deployment.target), deployment.gpuAllocated.isEmpty() ? u"-"_s : deployment.gpuAllocated,
            perHour(deployment.cost.usdPerHourNow, deployment.target),
            money(deployment.cost.countedUsd, deployment.target), deployment.modelId});
    context.print(table);
    return ExitCode::Ok;
}

} // namespace

Command listCommand()
{
    return {
        .name = u"list"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "List the deployments, newest first"),
        .options = {{.name = "all", .summary = QT_TRANSLATE_NOOP("Cli", "Deleted ones too")},
            {.name = "limit",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "At most so many (default: 20)"),
                .kind = ValueKind::Integer,
                .low = 1,
                .high = 10000}},
        .examples = {u"visgatectl list --json"_s},
        .run = runList,
    };
}

} // namespace visgate::cli
