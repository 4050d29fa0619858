// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/runner.h"
#include "worker/supervisor/settings.h"

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace visgate::worker {

class Log;

/// The worker's own argument for a process that is to be a runner.
inline constexpr const char* runnerOption = "--runner";

/// Why nothing here can run the model of these settings; empty if something can.
[[nodiscard]] std::string whyNoRunner(const Settings& settings);
/// What draws for these settings, in a process of its own where this system can do that.
[[nodiscard]] std::unique_ptr<Runner> makeRunner(const Settings& settings, const Environment& environment, Log& log);
/// The demo model inside this process: for one picture that nobody pays for.
[[nodiscard]] std::unique_ptr<Runner> makeDemoHere(const Settings& settings);
/// In the process that makeRunner() starts, with its arguments; its exit code.
[[nodiscard]] int runAsRunner(const std::vector<std::string>& arguments, std::ostream& errors);

} // namespace visgate::worker
