// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "cli/terminal/interrupt.h"

#include <QStringList>

namespace visgate::cli {

/// Understands the arguments (without the program's name), runs the command and says what went wrong: one sentence
/// and its remedy on standard error, or with --json the API's error object on standard output.
/// Call it on the main thread of a QCoreApplication; it runs the event loop while the command works on a thread of
/// its own.
[[nodiscard]] ExitCode runCommandLine(
    const QStringList& arguments, Terminal& terminal, const Environment& environment, Interrupt& interrupt);

} // namespace visgate::cli
