// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace visgate::cli {

/// What `visgatectl --help` prints.
[[nodiscard]] QString overview(const QList<Command>& commands);
/// What `visgatectl WORD` prints, where commands of two words begin with it.
[[nodiscard]] QString groupManual(const QList<Command>& commands, const QString& group);
/// What `visgatectl COMMAND --help` prints.
[[nodiscard]] QString manual(const Command& command);

} // namespace visgate::cli
