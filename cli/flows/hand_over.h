// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"

namespace visgate::cli {

/// Leaves the deployments to a process in the background, unless somebody else has them already.
[[nodiscard]] Result<void> handOver(Context& context);

} // namespace visgate::cli
