// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace visgate {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

} // namespace visgate
