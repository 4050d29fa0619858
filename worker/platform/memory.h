// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace visgate::worker::platform {

/// Bytes that files read ahead may fill without pushing out what programs need; 0 where the system does not tell.
[[nodiscard]] std::uint64_t memoryForFiles();

} // namespace visgate::worker::platform
