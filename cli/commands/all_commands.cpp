// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"

namespace visgate::cli {

const QList<Command>& allCommands()
{
    static const QList<Command> commands
        = QList<Command>{deployCommand(), listCommand(), showCommand(), logsCommand(), deleteCommand()}
        + lifecycleCommands() + QList<Command>{warmCommand()} + jobCommands() + modelCommands()
        + QList<Command>{gpusCommand()} + preflightCommands() + cacheCommands() + storageCommands() + accountCommands()
        + keyCommands() + pictureEngineCommands() + recipeCommands() + QList<Command>{spendCommand()} + limitCommands()
        + QList<Command>{latencyCommand(), historyCommand(), stopEverythingCommand()}
        + QList<Command>{practiceCommand(), endpointsCommand(), cleanupCommand(), doctorCommand(), serveCommand(),
            completionCommand()};
    return commands;
}

} // namespace visgate::cli
