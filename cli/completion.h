// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace visgate::cli {

/// A script that makes the shell ("bash", "zsh", "fish") complete every command, option and choice.
[[nodiscard]] QString completionScript(const QString& shell, const QList<Command>& commands);

} // namespace visgate::cli
