// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/supervisor/settings.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace visgate::worker {

/// The whole program. Without arguments it works for the queue that the environment names. Returns the exit code:
/// 0 done, 1 the work failed, 2 used wrongly or nothing to work for.
[[nodiscard]] int runCommandLine(
    const std::vector<std::string>& arguments, const Environment& environment, std::ostream& out, std::ostream& errors);

} // namespace visgate::worker
