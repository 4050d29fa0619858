// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "worker/model_store/model_store.h"
#include "worker/runners/runner.h"
#include "worker/supervisor/settings.h"

#include <filesystem>
#include <functional>
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
/// Where the model of these settings can come from; nothing where the runner brings its own.
[[nodiscard]] std::unique_ptr<ModelStore> makeStore(const Settings& settings, const Clock& clock, Log& log);
/// What draws for these settings, in a process of its own where this system can do that. `modelFolder` is asked when it
/// loads.
[[nodiscard]] std::unique_ptr<Runner> makeRunner(const Settings& settings, const Environment& environment,
    std::function<std::filesystem::path()> modelFolder, Log& log);
/// The demo model inside this process: for one picture that nobody pays for.
[[nodiscard]] std::unique_ptr<Runner> makeDemoHere(const Settings& settings);
/// In the process that makeRunner() starts, with its arguments; its exit code.
[[nodiscard]] int runAsRunner(const std::vector<std::string>& arguments, std::ostream& errors);

} // namespace visgate::worker
