// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace visgate::worker {

/// Text that travels inside the file: key (Latin-1, at most 79 bytes) and UTF-8 value.
using PngTexts = std::vector<std::pair<std::string, std::string>>;

/// An RGB picture as a PNG file. ASCII values become tEXt chunks, others iTXt.
[[nodiscard]] Result<std::string> encodePng(
    int width, int height, const std::vector<std::uint8_t>& rgb, const PngTexts& texts);

} // namespace visgate::worker
