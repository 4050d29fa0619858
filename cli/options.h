// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/words.h"
#include "core/domain/deployment/deployment.h"

// Options that several commands share.
namespace visgate::cli {

[[nodiscard]] inline Option targetOption()
{
    return {.name = "target",
        .value = "TARGET",
        .summary = QT_TRANSLATE_NOOP("Cli", "Where: your Runpod account, or practice with play money"),
        .kind = ValueKind::Choice,
        .choices = {QStringLiteral("practice"), QStringLiteral("runpod")}};
}

/// `--target`, Runpod when it is not given.
[[nodiscard]] inline Target targetOf(const Invocation& line)
{
    return targetFromString(line.text("target")).value_or(Target::Runpod);
}

} // namespace visgate::cli
