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
        .kind = ValueKind::Account,
        .choices = {QStringLiteral("practice"), QStringLiteral("runpod")}};
}

/// `--target`, Runpod when it is not given.
[[nodiscard]] inline AccountId targetOf(const Invocation& line)
{
    return accountIdFromString(line.text("target")).value_or(AccountId::runpod());
}

} // namespace visgate::cli
