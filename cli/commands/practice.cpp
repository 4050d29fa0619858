// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words.h"

#include <QFileInfo>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

Outcome runPractice(Context& context)
{
    const Invocation& line = context.line;
    Environment::Practice practice;
    practice.dataFolder = QFileInfo(line.text("data", context.environment.paths.practice())).absoluteFilePath();
    practice.workerProgram = line.text("worker", context.environment.workerProgram);
    practice.port = std::uint16_t(line.integer("port", 0));
    practice.speed = line.number("speed", 0.0);
    practice.stochastic = line.text("model") == "stochastic"_L1;
    practice.billsInitializing = line.text("bills-initializing", u"yes"_s) == "yes"_L1;
    practice.seed = quint64(line.integer("seed", 0));
    practice.open = line.has("open");
    practice.printsKeys = line.has("print-keys");
    if (practice.workerProgram.isEmpty() || !QFileInfo(practice.workerProgram).isExecutable())
        return tl::unexpected(Failure(Error{ErrorCode::PracticeUnavailable,
            say(QT_TRANSLATE_NOOP("Cli", "visgate-worker was not found: %1")).arg(practice.workerProgram).toStdString(),
            0, {}, {}}));
    if (practice.open) {
        context.note(say(QT_TRANSLATE_NOOP("Cli",
            "Warning: while this runs, every program on this computer can use the practice account, and so start\n"
            "workers as you. Stop it when your tests are done; without --open only holders of its key get in.")));
    }
    // Where it can be reached is the command's result, so that a script can wait for this line.
    practice.onReady = [&context](const QString& addresses) { context.print(addresses); };
    const auto status = context.environment.servePractice(practice);
    if (!status)
        return tl::unexpected(Failure(status.error()));
    return *status == 0 ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace

Command practiceCommand()
{
    return {
        .name = u"practice serve"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "Run the practice provider alone, for other programs to try"),
        .description = QT_TRANSLATE_NOOP("Cli",
            "It speaks the wire of Runpod and of the hub with play money, on 127.0.0.1. One JSON line on standard\n"
            "output says where. Its account lasts in the data folder. It ends with Ctrl+C, or ten minutes after its\n"
            "last client. Commands start it by themselves when they need it. It asks every program for a key, which\n"
            "only your own files hold: --print-keys tells it, for the programs that you start."),
        .options
        = {{.name = "data",
               .value = "DIR",
               .summary = QT_TRANSLATE_NOOP("Cli", "Folder of the account (default: practice in the data folder)"),
               .kind = ValueKind::Folder},
            {.name = "port",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "Port (default: any that is free)"),
                .kind = ValueKind::Integer,
                .low = 0,
                .high = 65535},
            {.name = "speed",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "How many times faster than life it starts machines"),
                .kind = ValueKind::Number,
                .low = 0.1,
                .high = 10000},
            {.name = "model",
                .value = "NAME",
                .summary = QT_TRANSLATE_NOOP(
                    "Cli", "stochastic: times vary, some starts stick, stock and prices move (default: quiet)"),
                .kind = ValueKind::Choice,
                .choices = {u"quiet"_s, u"stochastic"_s}},
            {.name = "seed",
                .value = "N",
                .summary = QT_TRANSLATE_NOOP("Cli", "What chance draws from; the same number tells the same story"),
                .kind = ValueKind::Integer,
                .low = 0,
                .high = 2147483647},
            {.name = "bills-initializing",
                .value = "yes|no",
                .summary = QT_TRANSLATE_NOOP(
                    "Cli", "Whether a starting container is billed; the provider's documents say both (default: yes)"),
                .kind = ValueKind::Choice,
                .choices = {u"yes"_s, u"no"_s}},
            {.name = "print-keys",
                .summary = QT_TRANSLATE_NOOP("Cli", "Tell the keys in the line that says where it can be reached")},
            {.name = "open",
                .summary
                = QT_TRANSLATE_NOOP("Cli", "Let every program on this computer in, with any practice key: for tests")},
            {.name = "worker",
                .value = "PATH",
                .summary = QT_TRANSLATE_NOOP("Cli", "The worker program (default: visgate-worker beside this program)"),
                .kind = ValueKind::File}},
        .examples = {u"visgatectl practice serve --port 8900 --print-keys"_s,
            u"visgatectl practice serve --model stochastic --seed 7"_s},
        .run = runPractice,
        .standsAlone = true,
    };
}

} // namespace visgate::cli
