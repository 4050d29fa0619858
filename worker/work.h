// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/delivery/picture_result.h"
#include "worker/runners/runner.h"
#include "worker/supervisor/settings.h"

#include <cstdint>
#include <iosfwd>
#include <string>

namespace visgate::worker {

inline constexpr int exitDone = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitUsage = 2;

[[nodiscard]] std::uint64_t randomSeed();
[[nodiscard]] Identity identityOf(const Settings& settings, const Runner& runner);

/// Works for the queue or over HTTP until it is asked to leave, is idle, or cannot go on; the exit code: 0 asked or
/// idle, 1 unable to work, 2 the address to listen on cannot be had.
[[nodiscard]] int work(
    const Settings& settings, const Environment& environment, std::ostream& out, std::ostream& errors);

/// Who started the worker reads its output, not its exit code. A provider that can be told (`settings`) need not start
/// it again.
void sayWhyNot(WorkerCode code, const std::string& reason, const Environment& environment, std::ostream& out,
    const Settings* settings = nullptr);

} // namespace visgate::worker
