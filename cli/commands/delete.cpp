// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/deployment_wait.h"
#include "cli/words.h"
#include "core/service/domain_json.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runDelete(Context& context)
{
    const DeploymentId id(context.line.arguments.first().toStdString());
    const auto patience = std::chrono::seconds(context.line.integer("timeout", kDeletePatience.count()));
    const auto deleted = deleteAndWait(context, id, patience);
    if (!deleted)
        return tl::unexpected(Failure(deleted.error()));
    if (context.wantsJson())
        context.print(toJson(*deleted));
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "Deleted: %1")).arg(QString::fromStdString(id.value())));
    return ExitCode::Ok;
}

} // namespace

Command deleteCommand()
{
    return {
        .name = u"delete"_s,
        .arguments = u"ID"_s,
        .least = 1,
        .most = 1,
        .summary = QT_TRANSLATE_NOOP(
            "Cli", "Delete a deployment and its endpoint, and wait until the provider has confirmed it"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "The wish is stored at once and survives everything; the log and the pictures stay on this computer."),
        .options = {{.name = "timeout",
            .value = "SECONDS",
            .summary = QT_TRANSLATE_NOOP("Cli", "How long to wait for the confirmation (default: 180)"),
            .kind = ValueKind::Integer,
            .low = 1,
            .high = 86400}},
        .examples = {u"visgatectl delete dep_2026_1a2b3c4d"_s},
        .run = runDelete,
    };
}

} // namespace visgate::cli
