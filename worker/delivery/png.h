// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/delivery/provenance.h"

#include <cstdint>
#include <string>
#include <vector>

namespace visgate::worker {

/// An RGB picture as a PNG file. Names have 79 bytes at most; ASCII values become tEXt chunks, others iTXt.
[[nodiscard]] Result<std::string> encodePng(
    int width, int height, const std::vector<std::uint8_t>& rgb, const Provenance& provenance);

} // namespace visgate::worker
