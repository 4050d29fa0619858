// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "core/domain/deployment/request.h"

namespace visgate::cli {

/// Creates what is asked for and, with `--wait`, follows it until the model is ready or the first picture is there;
/// prints the report. Reads `--wait`, `--timeout` and `--out` of the command's line.
[[nodiscard]] Outcome deployAndReport(Context& context, CreateRequest request);
/// The options that it reads.
[[nodiscard]] QList<Option> deployFlowOptions();

} // namespace visgate::cli
