// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace visgate::worker {

struct PictureSize {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};

/// What a PNG, JPEG or WebP file says of its size, before anything of it is unpacked. None if it is none of them, or
/// ends before it says.
[[nodiscard]] std::optional<PictureSize> pictureSizeOf(std::string_view bytes);

/// Why these bytes are not taken for a picture of a job, as it is said of the field; empty if they are. A few thousand
/// bytes can unpack to gigabytes, so that the size counts that a file announces.
[[nodiscard]] std::string pictureProblem(std::string_view bytes);

} // namespace visgate::worker
