// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/jpeg.h"
#include "worker/delivery/png.h"
#include "worker/delivery/webp.h"
#include "worker/supervisor/picture_header.h"

#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

constexpr int pictureWidth = 37;
constexpr int pictureHeight = 20;

std::vector<std::string> pictures()
{
    const std::vector<std::uint8_t> rgb(std::size_t{pictureWidth} * pictureHeight * 3, 90);
    WebpAnimation moving(pictureWidth, pictureHeight, 8);
    EXPECT_TRUE(moving.add(rgb));
    EXPECT_TRUE(moving.add(rgb));
    const Provenance none;
    const Provenance some{{"prompt", "a circle"}};
    return {encodePng(pictureWidth, pictureHeight, rgb, none).value(),
        encodePng(pictureWidth, pictureHeight, rgb, some).value(),
        encodeJpeg(pictureWidth, pictureHeight, rgb, 90, some).value(),
        encodeWebp(pictureWidth, pictureHeight, rgb, 0, none).value(),
        encodeWebp(pictureWidth, pictureHeight, rgb, 90, none).value(),
        encodeWebp(pictureWidth, pictureHeight, rgb, 90, some).value(), moving.finish(none).value()};
}

TEST(PictureHeader, TellsTheSizeOfEveryKind)
{
    for (const std::string& bytes : pictures()) {
        const auto size = pictureSizeOf(bytes);
        ASSERT_TRUE(size) << bytes.substr(0, 16);
        EXPECT_EQ(size->width, static_cast<std::uint32_t>(pictureWidth)) << bytes.substr(0, 16);
        EXPECT_EQ(size->height, static_cast<std::uint32_t>(pictureHeight)) << bytes.substr(0, 16);
        EXPECT_EQ(pictureProblem(bytes), "");
    }
}

TEST(PictureHeader, WhatEndsBeforeItSaysIsNone)
{
    for (const std::string& bytes : pictures()) {
        for (std::size_t length = 0; length < std::min<std::size_t>(bytes.size(), 400); ++length) {
            const auto size = pictureSizeOf(std::string_view(bytes).substr(0, length));
            EXPECT_TRUE(!size || size->width == static_cast<std::uint32_t>(pictureWidth)) << length;
        }
    }
    for (const char* bytes : {"", "hello", "GIF89a", "<svg/>", "\xff\xd8\xff", "RIFF1234WAVE", "PK\x03\x04"}) {
        EXPECT_THAT(pictureProblem(bytes), testing::HasSubstr("must be")) << bytes;
    }
}

TEST(PictureHeader, ManyPixelsAreTooMany)
{
    const auto png = [](std::uint32_t across, std::uint32_t down) {
        std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        for (const std::uint32_t side : {across, down}) {
            for (const unsigned shift : {24U, 16U, 8U, 0U}) {
                bytes += static_cast<char>(side >> shift & 0xffU);
            }
        }
        return bytes;
    };
    EXPECT_EQ(pictureProblem(png(8192, 6000)), "");
    EXPECT_THAT(pictureProblem(png(8192, 6200)), testing::HasSubstr("8192x6200"));
    EXPECT_THAT(pictureProblem(png(4'000'000'000, 4'000'000'000)), testing::HasSubstr("more than"));
    EXPECT_THAT(pictureProblem(png(17'000, 1)), testing::HasSubstr("more than"));
    EXPECT_THAT(pictureProblem(png(0, 5)), testing::HasSubstr("must be"));
}

} // namespace
} // namespace visgate::worker
