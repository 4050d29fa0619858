// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace visgate::platform {

/// The memory that this computer has, in use or not; 0 where the system does not tell.
[[nodiscard]] std::uint64_t physicalMemoryBytes();

} // namespace visgate::platform
