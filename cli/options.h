// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/words.h"

// Options that several commands share.
namespace visgate::cli {

[[nodiscard]] inline Option targetOption()
{
    return {.name = "target",
        .value = "TARGET",
        .summary = QT_TRANSLATE_NOOP(
            "Cli", "Where: one of your accounts (default: the default one), or practice with play money"),
        .kind = ValueKind::Account,
        .choices = {QStringLiteral("practice"), QStringLiteral("runpod")}};
}

} // namespace visgate::cli
