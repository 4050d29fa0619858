// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"

namespace visgate::cli {

/// "y", or "e" for whoever answers in Turkish.
[[nodiscard]] bool isYes(const QString& answer);

/// What costs more than anybody may be charged unasked: `--yes` agrees to it; else `price` is told, and whoever sits
/// there is asked `question`. Where nobody can answer, `wayOut` is told and the answer is no.
[[nodiscard]] bool agreesTo(Context& context, const QString& price, const QString& question, const QString& wayOut);

} // namespace visgate::cli
