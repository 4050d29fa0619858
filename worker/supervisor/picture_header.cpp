// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/picture_header.h"

#include <algorithm>

namespace visgate::worker {
namespace {

constexpr std::uint32_t longestSide = 16'384;
constexpr std::uint64_t mostPixels = 50'000'000; ///< 150 MB unpacked

/// A number of `count` bytes at a place that is there.
std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i > 0; --i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}

std::optional<PictureSize> sizeOfPng(std::string_view bytes)
{
    constexpr std::size_t needed = 24; // signature, length and name of the first chunk, width, height
    if (bytes.size() < needed || bytes.substr(12, 4) != "IHDR") {
        return std::nullopt;
    }
    return PictureSize{bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4)};
}

/// Segment by segment up to the one that begins the picture (ISO 10918-1, B.2.2).
std::optional<PictureSize> sizeOfJpeg(std::string_view bytes)
{
    constexpr std::size_t frameBytes = 9;
    std::size_t at = 2;
    while (at + frameBytes <= bytes.size() && bytes[at] == '\xff') {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xff) {
            ++at; // fill
            continue;
        }
        const bool isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (isFrame) {
            return PictureSize{bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2)};
        }
        const bool isAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        at += isAlone ? 2 : 2 + bigEndian(bytes, at + 2, 2);
    }
    return std::nullopt;
}

std::optional<PictureSize> sizeOfWebp(std::string_view bytes)
{
    constexpr std::size_t needed = 30;
    constexpr std::uint32_t fourteenBits = 0x3fff;
    if (bytes.size() < needed) {
        return std::nullopt;
    }
    const std::string_view kind = bytes.substr(12, 4);
    if (kind == "VP8X") {
        return PictureSize{littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1};
    }
    if (kind == "VP8L" && bytes[20] == '\x2f') {
        const std::uint32_t both = littleEndian(bytes, 21, 4);
        return PictureSize{(both & fourteenBits) + 1, (both >> 14U & fourteenBits) + 1};
    }
    if (kind == "VP8 " && bytes.substr(23, 3) == "\x9d\x01\x2a") {
        return PictureSize{littleEndian(bytes, 26, 2) & fourteenBits, littleEndian(bytes, 28, 2) & fourteenBits};
    }
    return std::nullopt;
}

} // namespace

std::optional<PictureSize> pictureSizeOf(std::string_view bytes)
{
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) {
        return sizeOfPng(bytes);
    }
    if (bytes.starts_with("\xff\xd8\xff")) {
        return sizeOfJpeg(bytes);
    }
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") {
        return sizeOfWebp(bytes);
    }
    return std::nullopt;
}

std::string pictureProblem(std::string_view bytes)
{
    const auto size = pictureSizeOf(bytes);
    if (!size || size->width == 0 || size->height == 0) {
        return "must be a PNG, JPEG or WebP picture: its https address, or its bytes in base64";
    }
    const bool isLarge
        = std::max(size->width, size->height) > longestSide || std::uint64_t{size->width} * size->height > mostPixels;
    return isLarge ? "has " + std::to_string(size->width) + "x" + std::to_string(size->height)
            + " pixels, more than a picture may have (50 million, 16384 a side)"
                   : std::string();
}

} // namespace visgate::worker
