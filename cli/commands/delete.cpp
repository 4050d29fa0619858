// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/deployment_wait.h"
#include "cli/words.h"
#include "core/codec/codec.h"

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runKeep(Context& context, const DeploymentId& id, std::chrono::seconds patience)
{
    const auto kept = keepAndWait(context, id, patience);
    if (!kept)
        return tl::unexpected(Failure(kept.error()));
    const QString name = QString::fromStdString(id.value());
    if (context.wantsJson())
        context.print(toJson(*kept));
    else if (kept->deleteAt)
        context.print(
            say(QT_TRANSLATE_NOOP("Cli", "Put away, and deleted at %1. Bring it back with: visgatectl restore %2"))
                .arg(localTime(*kept->deleteAt), name));
    else
        context.print(say(QT_TRANSLATE_NOOP("Cli", "There was nothing to keep. Deleted: %1")).arg(name));
    return ExitCode::Ok;
}

Outcome runDelete(Context& context)
{
    const DeploymentId id(context.line.arguments.first().toStdString());
    const auto patience = std::chrono::seconds(context.line.integer("timeout", kDeletePatience.count()));
    if (context.line.has("keep"))
        return runKeep(context, id, patience);
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
                        .high = 86400},
            {.name = "keep",
                .summary = QT_TRANSLATE_NOOP("Cli", "Put it away at no cost for 24 hours, and delete it then")}},
        .examples = {u"visgatectl delete dep_2026_1a2b3c4d"_s, u"visgatectl delete dep_2026_1a2b3c4d --keep"_s},
        .run = runDelete,
    };
}

} // namespace visgate::cli
