// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/delivery/provenance.h"

#include <cstdint>
#include <string>
#include <vector>

namespace visgate::worker {

/// An RGB picture as a JPEG file, its provenance as a comment in it, cut where a comment ends (64 KiB). `quality` is
/// from 1 to 100.
[[nodiscard]] Result<std::string> encodeJpeg(
    int width, int height, const std::vector<std::uint8_t>& rgb, int quality, const Provenance& provenance);

} // namespace visgate::worker
