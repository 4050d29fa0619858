// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace visgate {

/// How long a durable run waits before its next step; empty: nothing is left to do.
using Pause = std::optional<std::chrono::milliseconds>;
inline constexpr std::chrono::milliseconds kAtOnce{0};
/// Until something happens to it; it looks by itself all the same, once in so long.
inline constexpr std::chrono::milliseconds kUntilWoken = std::chrono::hours(1);

} // namespace visgate
