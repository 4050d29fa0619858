// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace visgate::practice::platform {

/// Holds back the signals that ask this process to end, for the calling thread and those it starts.
void holdEndSignals();
/// Waits up to `most` for one of them; true if it came.
[[nodiscard]] bool waitForEndSignal(std::chrono::milliseconds most);
[[nodiscard]] long ownPid();

} // namespace visgate::practice::platform
