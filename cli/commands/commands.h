// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

// One function a command, each in a file of its own: what it is called, what it takes, what it does.
namespace visgate::cli {

[[nodiscard]] Command deployCommand();
[[nodiscard]] Command listCommand();
[[nodiscard]] Command showCommand();
[[nodiscard]] Command logsCommand();
[[nodiscard]] Command deleteCommand();
[[nodiscard]] QList<Command> jobCommands();
[[nodiscard]] QList<Command> lifecycleCommands();
[[nodiscard]] Command warmCommand();
[[nodiscard]] QList<Command> modelCommands();
[[nodiscard]] Command gpusCommand();
[[nodiscard]] QList<Command> accountCommands();
[[nodiscard]] QList<Command> keyCommands();
[[nodiscard]] Command spendCommand();
[[nodiscard]] QList<Command> limitCommands();
[[nodiscard]] Command latencyCommand();
[[nodiscard]] Command historyCommand();
[[nodiscard]] Command stopEverythingCommand();
[[nodiscard]] QList<Command> pictureEngineCommands();
[[nodiscard]] QList<Command> preflightCommands();
[[nodiscard]] QList<Command> cacheCommands();
[[nodiscard]] QList<Command> storageCommands();
[[nodiscard]] QList<Command> recipeCommands();
[[nodiscard]] Command practiceCommand();
[[nodiscard]] Command endpointsCommand();
[[nodiscard]] Command cleanupCommand();
[[nodiscard]] Command doctorCommand();
[[nodiscard]] Command serveCommand();
[[nodiscard]] Command completionCommand();

} // namespace visgate::cli
