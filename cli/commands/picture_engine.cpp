// SPDX-License-Identifier: GPL-3.0-or-later
// What draws real models on this computer.
#include "core/operations/picture_engine.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/values.h"

#include <chrono>
#include <thread>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds kLookEvery{1};

QString inWords(const PictureEngine& engine)
{
    switch (engine.status) {
    case PictureEngineStatus::Absent:
        return say(QT_TRANSLATE_NOOP("Cli", "Not installed. It fetches %1 and takes %2 of the disk (%3 are free)."))
            .arg(gigabytes(engine.downloadBytes), gigabytes(engine.diskBytes), gigabytes(engine.freeBytes));
    case PictureEngineStatus::Installing:
        return say(QT_TRANSLATE_NOOP("Cli", "Being installed: %1 of %2 %3"))
            .arg(gigabytes(engine.doneBytes), gigabytes(engine.downloadBytes), engine.step);
    case PictureEngineStatus::Paused:
        return say(QT_TRANSLATE_NOOP("Cli", "Begun: %1 of %2 are there. `visgatectl picture-engine install` goes on."))
            .arg(gigabytes(engine.doneBytes), gigabytes(engine.downloadBytes));
    case PictureEngineStatus::Installed:
        return engine.device.isEmpty()
            ? say(QT_TRANSLATE_NOOP("Cli", "Installed: %1. It draws on the processor, which is slow."))
                  .arg(engine.version)
            : say(QT_TRANSLATE_NOOP("Cli", "Installed: %1. It draws on %2.")).arg(engine.version, engine.device);
    case PictureEngineStatus::Removing:
        return say(QT_TRANSLATE_NOOP("Cli", "Being removed."));
    }
    return {};
}

Outcome show(Context& context, const Result<PictureEngine>& engine)
{
    if (!engine)
        return tl::unexpected(Failure(engine.error()));
    if (context.wantsJson())
        context.print(toJson(*engine));
    else
        context.print(inWords(*engine));
    if (engine->problem)
        return tl::unexpected(Failure(*engine->problem));
    return ExitCode::Ok;
}

Outcome runStatus(Context& context)
{
    return show(context, context.session().ask(GetPictureEngine{}));
}

/// Until it is there. Interrupted, it is paused: what was fetched stays.
Outcome runInstall(Context& context)
{
    auto engine = context.session().ask(InstallPictureEngine{});
    QString step;
    while (engine && engine->status == PictureEngineStatus::Installing) {
        if (std::exchange(step, engine->step) != engine->step && !engine->step.isEmpty())
            context.note(inWords(*engine));
        if (context.session().interrupt().isRaised()) {
            std::ignore = context.session().ask(PausePictureEngine{});
            return ExitCode::Interrupted;
        }
        std::this_thread::sleep_for(kLookEvery);
        engine = context.session().ask(GetPictureEngine{});
    }
    return show(context, engine);
}

Outcome runRemove(Context& context)
{
    const auto removed = context.session().ask(RemovePictureEngine{});
    if (!removed)
        return tl::unexpected(Failure(removed.error()));
    return runStatus(context);
}

} // namespace

QList<Command> pictureEngineCommands()
{
    return {
        {.name = u"picture-engine"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Show what draws real models on this computer"),
            .run = runStatus},
        {.name = u"picture-engine install"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Install it, or go on"),
            .description = QT_TRANSLATE_NOOP("Cli",
                "A Python of its own with torch and diffusers, in the data folder; nothing else on this computer "
                "changes.\n"
                "Each part is checked by its sum. Interrupted, it goes on where it was."),
            .run = runInstall},
        {.name = u"picture-engine remove"_s,
            .summary = QT_TRANSLATE_NOOP("Cli", "Take it from the disk"),
            .run = runRemove},
    };
}

} // namespace visgate::cli
