// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "core/domain/deployment/request.h"

namespace visgate::cli {

/// What a deployment is planned from: `--target`, `--gpu`, `--region`, `--disk`, `--revision`.
[[nodiscard]] QList<Option> planOptions();
/// The model, the line's first argument, and those options.
[[nodiscard]] CreateRequest plannedRequest(Context& context);

} // namespace visgate::cli
