// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/base64.h"
#include "core/foundation/hash.h"
#include "core/foundation/json/json_value.h"
#include "worker/delivery/encoder.h"
#include "worker/delivery/png.h"
#include "worker/supervisor/scratch.h"

#include <fstream>
#include <gmock/gmock.h>
#include <png.h>

namespace visgate::worker {
namespace {

using testing::HasSubstr;

std::vector<std::uint8_t> decode(const std::string& file, unsigned& width, unsigned& height)
{
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    EXPECT_NE(png_image_begin_read_from_memory(&image, file.data(), file.size()), 0);
    image.format = PNG_FORMAT_RGB;
    width = image.width;
    height = image.height;
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
    EXPECT_NE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr), 0);
    return pixels;
}

TEST(WorkerPng, KeepsEveryPixelAndCarriesTexts)
{
    std::vector<std::uint8_t> pixels(5 * 3 * 3);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = static_cast<std::uint8_t>(i * 5);
    }
    const auto file = encodePng(5, 3, pixels, {{"prompt", "kırmızı"}, {"seed", "7"}});
    ASSERT_TRUE(file);
    unsigned width = 0;
    unsigned height = 0;
    EXPECT_EQ(decode(*file, width, height), pixels);
    EXPECT_EQ(width, 5U);
    EXPECT_EQ(height, 3U);
    EXPECT_THAT(*file, HasSubstr(std::string("tEXtseed\0007", 10)));
    EXPECT_THAT(*file, HasSubstr(std::string("iTXtprompt\0", 11)));
    EXPECT_THAT(*file, HasSubstr("kırmızı"));
}

/// The GPU is paid for while a picture is encoded: quickly, though not as small as can be.
TEST(WorkerPng, IsCompressedAtTheFastestLevel)
{
    const auto file = encodePng(64, 64, std::vector<std::uint8_t>(64 * 64 * 3, 200), {});
    ASSERT_TRUE(file);
    const auto at = file->find("IDAT");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(static_cast<unsigned char>((*file)[at + 5]) >> 6U, 0U) << "zlib's FLEVEL (RFC 1950)";
}

TEST(WorkerPng, RefusesPixelsThatDoNotFit)
{
    EXPECT_FALSE(encodePng(2, 2, std::vector<std::uint8_t>(11), {}));
    EXPECT_FALSE(encodePng(0, 2, {}, {}));
}

TEST(PictureResult, SaysWhatItIsAndWhoseItIsNot)
{
    const Identity identity{"stabilityai/sdxl-turbo", "", "builtin", "NVIDIA A40", true};
    Generation asked;
    asked.prompt = "a red circle";
    asked.steps = 20;
    asked.guidance = 2.0;
    asked.seed = 7;
    const auto scratch = Scratch::make();
    ASSERT_TRUE(scratch);
    Generated made;
    made.pictures.push_back({2, 1, 7, scratch->folder() / "0.rgb"});
    std::ofstream(made.pictures.front().file, std::ios::binary) << "\1\2\3\4\5\6";
    made.unknownWords = {"giraffe"};
    made.upscaledFrom = 32;
    auto encoded = Encoder(identity, {}).encode(asked, made, FileFormat::Standard, {});
    ASSERT_TRUE(encoded);
    auto* const files = &encoded->files;
    const std::string file = files->front().bytes;
    EXPECT_THAT(file, HasSubstr("demo model (shapes), standing in for stabilityai/sdxl-turbo"));
    EXPECT_THAT(file, HasSubstr("a red circle"));
    const auto result = pictureResult(identity, asked, made, *files);
    EXPECT_EQ(result["demo"], true);
    EXPECT_EQ(result["label"], "demo model (shapes), standing in for stabilityai/sdxl-turbo");
    EXPECT_EQ(result["standing_in_for"], "stabilityai/sdxl-turbo");
    EXPECT_EQ(result["unknown_words"], nlohmann::json({"giraffe"}));
    const auto& artifact = result["artifacts"][0];
    EXPECT_EQ(artifact["content_type"], "image/png");
    EXPECT_EQ(artifact["seed"], 7);
    EXPECT_EQ(artifact["sha256"], sha256Hex(file));
    EXPECT_EQ(artifact["bytes"], file.size());
    EXPECT_EQ(artifact["data"], base64Encode(file));

    files->front().url = "https://bucket.example/picture";
    files->front().bytes.clear();
    const auto uploaded = pictureResult(identity, asked, made, *files)["artifacts"][0];
    EXPECT_EQ(uploaded["url"], "https://bucket.example/picture");
    EXPECT_EQ(uploaded["bytes"], file.size());
    EXPECT_FALSE(uploaded.contains("data"));
}

} // namespace
} // namespace visgate::worker
