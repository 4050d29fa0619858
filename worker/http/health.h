// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "worker/http/job_board.h"

#include <map>
#include <string>

namespace visgate::worker {

/// What a worker says of itself to whoever asks.
struct Portrait {
    std::string modelId;
    std::string runner;
    std::string gpu;
    bool isDemo = false;
    ModelState model = ModelState::Loading;
    std::string failure; ///< why the model is not there
    bool isLeaving = false;
};

/// "loading", "loaded", "failed"
[[nodiscard]] const char* toString(ModelState state);
/// "ok", "loading", "failed", "leaving": whether it takes jobs and would do them at once.
[[nodiscard]] const char* readiness(const Portrait& portrait);
/// `{status, service, version, timestamp, config_valid, missing, active_jobs, ...}` and the queue API's `jobs` and
/// `workers`.
[[nodiscard]] std::string healthJson(const Portrait& portrait, const JobBoard::Counts& counts, TimePoint now);
/// In Prometheus' text format; `refused` counts answers by their status.
[[nodiscard]] std::string metricsText(
    const Portrait& portrait, const JobBoard::Counts& counts, const std::map<int, std::uint64_t>& refused);

} // namespace visgate::worker
