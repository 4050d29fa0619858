// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"
#include "core/service/domain_json.h"

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
        const auto page = context.session().ask<DeploymentPage>(
            [cursor](DeploymentService& service) { return service.listDeployments(kPageSize, cursor); });
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
        context.print(say(VISGATE_CLI("Nothing is deployed.")));
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(VISGATE_CLI("Deployment")), say(VISGATE_CLI("State")), say(VISGATE_CLI("Target")),
        say(VISGATE_CLI("GPU")), say(VISGATE_CLI("Now")), say(VISGATE_CLI("So far")), say(VISGATE_CLI("Model"))}};
    for (const Deployment& deployment : *found)
        table.append({QString::fromStdString(deployment.id.value()), stateWords(deployment),
            toString(deployment.target), deployment.gpuAllocated.isEmpty() ? u"-"_s : deployment.gpuAllocated,
            perHour(deployment.cost.usdPerHourNow), money(deployment.cost.estimatedUsd), deployment.modelId});
    context.print(table);
    return ExitCode::Ok;
}

} // namespace

Command listCommand()
{
    return {
        .name = u"list"_s,
        .summary = VISGATE_CLI("List the deployments, newest first"),
        .options = {{.name = "all", .summary = VISGATE_CLI("Deleted ones too")},
            {.name = "limit",
                .value = "N",
                .summary = VISGATE_CLI("At most so many (default: 20)"),
                .kind = ValueKind::Integer,
                .low = 1,
                .high = 10000}},
        .examples = {u"visgatectl list --json"_s},
        .run = runList,
    };
}

} // namespace visgate::cli
