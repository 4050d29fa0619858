// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <sys/types.h>

/// What starting a child takes beyond POSIX: one implementation a system.
namespace visgate::worker::platform {

/// Two ends of a pipe, or of a socket pair, that programs started meanwhile do not inherit.
[[nodiscard]] bool makePipe(std::array<int, 2>& ends);
[[nodiscard]] bool makeSocketPair(std::array<int, 2>& ends);

// In the child, after fork: only calls that are safe there.

/// Files that this program has open are none of the child's business. Keeps the standard streams and one more.
void closeAllBut(int kept);
/// The child is ended with the thread that started it, where the system can do that.
void endWith(pid_t parent);

} // namespace visgate::worker::platform
