// SPDX-License-Identifier: GPL-3.0-or-later
// A job's files: pictures by our own encoders, videos by ffmpeg, which may be missing, fail or hang.
#include "core/foundation/hash.h"
#include "core/foundation/path_text.h"
#include "tests/unit/foundation/temp_folder.h"
#include "worker/delivery/encoder.h"
#include "worker/delivery/jpeg.h"
#include "worker/delivery/mp4.h"
#include "worker/delivery/webp.h"
#include "worker/platform/child_process.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <random>
#include <thread>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <webp/mux.h>

namespace visgate::worker {
namespace {

using testing::HasSubstr;
using testing::Not;
using Bytes = std::vector<std::uint8_t>;

constexpr int side = 33; ///< odd, on purpose

/// What no encoder makes small.
Bytes noise(int frames = 1)
{
    std::mt19937 random(1);
    Bytes pixels(static_cast<std::size_t>(side * side * 3 * frames));
    for (auto& byte : pixels) {
        byte = static_cast<std::uint8_t>(random());
    }
    return pixels;
}

const std::uint8_t* bytesOf(const std::string& file)
{
    return reinterpret_cast<const std::uint8_t*>(file.data());
}

/// Where ffmpeg is in earnest: VISGATE_FFMPEG, or in the PATH.
std::filesystem::path realFfmpeg()
{
    if (const char* const named = std::getenv("VISGATE_FFMPEG")) {
        return pathFromUtf8(named);
    }
    const char* const path = std::getenv("PATH");
    return findFfmpeg(path == nullptr ? "" : path);
}

class WorkerEncoder : public testing::Test {
protected:
    void SetUp() override
    {
        asked.prompt = "a <red> circle & \"kırmızı\"";
        asked.framesPerSecond = 8;
    }
    /// A runner's file of so many frames.
    Generated made(int frames = 1, int pictures = 1)
    {
        Generated generated;
        const Bytes pixels = noise(frames);
        for (int i = 0; i < pictures; ++i) {
            const auto file = pathFromUtf8(folder.file(std::to_string(i) + ".rgb"));
            std::ofstream(file, std::ios::binary)
                .write(reinterpret_cast<const char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
            generated.pictures.push_back({side, side, static_cast<std::uint64_t>(7 + i), file, frames});
        }
        return generated;
    }
    /// A program that does what the script says, as ffmpeg.
    std::filesystem::path script(const std::string& text)
    {
        const auto file = pathFromUtf8(folder.file("ffmpeg"));
        std::ofstream(file) << "#!/bin/sh\n" << text << '\n';
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return file;
    }

    test::TempFolder folder;
    Identity identity{"org/model", "", "diffusers", "", false};
    Generation asked;
    http::CancelToken cancel;
};

TEST_F(WorkerEncoder, LosslessWebpKeepsEveryPixelAndCarriesItsProvenance)
{
    const Bytes pixels = noise();
    const auto file
        = encodeWebp(side, side, pixels, 0, {{"Software", "v"}, {"prompt", "a <red> & \x01kırmızı"}, {"seed", "7"}});
    ASSERT_TRUE(file) << file.error().detail;
    int width = 0;
    int height = 0;
    std::uint8_t* const read = WebPDecodeRGB(bytesOf(*file), file->size(), &width, &height);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(width, side);
    EXPECT_EQ(Bytes(read, read + pixels.size()), pixels);
    WebPFree(read);
    EXPECT_THAT(*file, HasSubstr("a &lt;red&gt; &amp; kırmızı"));
    EXPECT_THAT(*file, HasSubstr(R"(visgate:seed="7")"));
    EXPECT_FALSE(encodeWebp(side, side, Bytes(5), 0, {}));
    EXPECT_FALSE(encodeWebp(side, side, Bytes(5), 90, {}));
}

TEST_F(WorkerEncoder, JpegIsReadByOthersAndItsCommentIsNeverTooLong)
{
    const Bytes grey(static_cast<std::size_t>(side * side * 3), 100);
    const auto file = encodeJpeg(side, side, grey, 90, {{"prompt", "kırmızı"}, {"long", std::string(100'000, 'x')}});
    ASSERT_TRUE(file);
    EXPECT_THAT(*file, HasSubstr("prompt: kırmızı\nlong: xxx"));
    Bytes read(grey.size());
    const tjhandle decoder = tjInitDecompress();
    EXPECT_EQ(tjDecompress2(decoder, bytesOf(*file), file->size(), read.data(), side, 0, side, TJPF_RGB, 0), 0);
    tjDestroy(decoder);
    EXPECT_NEAR(read[side], 100, 2);
    EXPECT_FALSE(encodeJpeg(side, side, Bytes(5), 90, {}));
    EXPECT_FALSE(encodeJpeg(0, 0, {}, 90, {}));
}

TEST_F(WorkerEncoder, PicturesAreWhatWasAskedForAndSayHowTheyCameAbout)
{
    const Encoder encoder(identity, {});
    const auto generated = made(1, 2);
    for (const auto& [format, type, start] : {std::tuple(FileFormat::Standard, "image/png", "\x89PNG"),
             std::tuple(FileFormat::Png, "image/png", "\x89PNG"), std::tuple(FileFormat::Webp, "image/webp", "RIFF"),
             std::tuple(FileFormat::Jpeg, "image/jpeg", "\xff\xd8\xff")}) {
        const auto encoded = encoder.encode(asked, generated, format, cancel);
        ASSERT_TRUE(encoded) << type;
        EXPECT_TRUE(encoded->notes.empty());
        ASSERT_EQ(encoded->files.size(), 2U);
        const PictureFile& file = encoded->files[1];
        EXPECT_EQ(file.contentType, type);
        EXPECT_TRUE(file.bytes.starts_with(start));
        EXPECT_EQ(file.sha256, sha256Hex(file.bytes));
        EXPECT_EQ(file.size, file.bytes.size());
        EXPECT_EQ(file.width, side);
        EXPECT_EQ(file.frames, 0);
        EXPECT_THAT(file.bytes, HasSubstr("kırmızı"));
        EXPECT_THAT(file.bytes, HasSubstr("org/model"));
    }
    EXPECT_EQ(fileFormatFromString("jpg"), FileFormat::Jpeg);
    EXPECT_EQ(fileFormatFromString("gif"), std::nullopt);
    EXPECT_TRUE(isFor(FileFormat::Webp, Task::TextToVideo));
    EXPECT_FALSE(isFor(FileFormat::Png, Task::TextToVideo));
    EXPECT_FALSE(isFor(FileFormat::Mp4, Task::TextToImage));
}

TEST_F(WorkerEncoder, WhatAResultCannotCarryIsMadeSmallerAndSaysSo)
{
    const Encoder encoder(identity, {});
    const auto generated = made(1, 2);
    auto encoded = encoder.encode(asked, generated, FileFormat::Standard, cancel);
    ASSERT_TRUE(encoded);
    const std::size_t whole = inlineBytes(encoded->files);
    ASSERT_TRUE(encoder.fit(*encoded, asked, generated, FileFormat::Standard, whole, cancel));
    EXPECT_EQ(encoded->files[0].contentType, "image/png") << "it fits";
    EXPECT_TRUE(encoded->notes.empty());

    ASSERT_TRUE(encoder.fit(*encoded, asked, generated, FileFormat::Standard, whole - 1, cancel));
    EXPECT_EQ(encoded->files[0].contentType, "image/webp");
    EXPECT_LT(inlineBytes(encoded->files), whole);
    ASSERT_EQ(encoded->notes.size(), 1U);
    EXPECT_THAT(encoded->notes[0], HasSubstr("WebP"));
    EXPECT_THAT(encoded->notes[0], HasSubstr(std::to_string(whole)));

    auto jpeg = encoder.encode(asked, generated, FileFormat::Jpeg, cancel);
    ASSERT_TRUE(jpeg);
    jpeg->files[0].url = "https://bucket.example/1";
    const std::size_t before = jpeg->files[1].size;
    ASSERT_TRUE(encoder.fit(*jpeg, asked, generated, FileFormat::Jpeg, 1, cancel));
    EXPECT_EQ(jpeg->files[1].contentType, "image/jpeg");
    EXPECT_LT(jpeg->files[1].size, before) << "of less quality";
    EXPECT_EQ(jpeg->files[0].url, "https://bucket.example/1") << "what lies in a bucket stays as it is";
}

TEST_F(WorkerEncoder, WithoutFfmpegAVideoMoves)
{
    asked.task = Task::TextToVideo;
    const auto encoded = Encoder(identity, {}).encode(asked, made(5), FileFormat::Standard, cancel);
    ASSERT_TRUE(encoded) << encoded.error().detail;
    const PictureFile& file = encoded->files[0];
    EXPECT_EQ(file.contentType, "image/webp");
    EXPECT_EQ(file.frames, 5);
    EXPECT_EQ(file.framesPerSecond, 8);
    EXPECT_EQ(file.width, side);
    ASSERT_EQ(encoded->notes.size(), 1U);
    EXPECT_THAT(encoded->notes[0], HasSubstr("ffmpeg"));
    const WebPData data{bytesOf(file.bytes), file.bytes.size()};
    const std::unique_ptr<WebPMux, void (*)(WebPMux*)> mux(WebPMuxCreate(&data, 0), WebPMuxDelete);
    int frames = 0;
    EXPECT_EQ(WebPMuxNumChunks(mux.get(), WEBP_CHUNK_ANMF, &frames), WEBP_MUX_OK);
    EXPECT_EQ(frames, 5);
    EXPECT_THAT(file.bytes, HasSubstr("kırmızı"));
    const auto wanted = Encoder(identity, {}).encode(asked, made(5), FileFormat::Webp, cancel);
    ASSERT_TRUE(wanted);
    EXPECT_TRUE(wanted->notes.empty()) << "it was asked for";
}

TEST_F(WorkerEncoder, FramesThatAreNotThereAreNoVideo)
{
    asked.task = Task::TextToVideo;
    auto generated = made(5);
    generated.pictures[0].frames = 6;
    EXPECT_EQ(Encoder(identity, {}).encode(asked, generated, FileFormat::Standard, cancel).error().code,
        ErrorCode::FileUnreadable);
    cancel.cancel();
    EXPECT_EQ(Encoder(identity, {}).encode(asked, generated, FileFormat::Standard, cancel).error().code,
        ErrorCode::Cancelled);
}

TEST_F(WorkerEncoder, AnFfmpegThatFailsCostsTheFormatAndNotTheVideo)
{
    if (!platform::ChildProcess::isPossible()) {
        GTEST_SKIP() << "this system's worker starts no programs";
    }
    asked.task = Task::TextToVideo;
    for (const char* const text : {"echo no such encoder >&2; exit 3", "exit 0", "kill -9 $$"}) {
        const auto encoded = Encoder(identity, script(text)).encode(asked, made(3), FileFormat::Mp4, cancel);
        ASSERT_TRUE(encoded) << text << encoded.error().detail;
        EXPECT_EQ(encoded->files[0].contentType, "image/webp");
        ASSERT_EQ(encoded->notes.size(), 1U);
        EXPECT_THAT(encoded->notes[0], HasSubstr("no mp4"));
    }
}

TEST_F(WorkerEncoder, AnFfmpegThatHangsEndsWhenItIsCancelled)
{
    if (!platform::ChildProcess::isPossible()) {
        GTEST_SKIP() << "this system's worker starts no programs";
    }
    asked.task = Task::TextToVideo;
    const auto started = folder.file("started");
    const Encoder encoder(identity, script("touch '" + started + "'; sleep 3600"));
    std::thread impatient([&] {
        while (!std::filesystem::exists(started)) {
            std::this_thread::yield();
        }
        cancel.cancel();
    });
    const auto encoded = encoder.encode(asked, made(3), FileFormat::Standard, cancel);
    impatient.join();
    ASSERT_FALSE(encoded);
    EXPECT_EQ(encoded.error().code, ErrorCode::Cancelled);
}

TEST_F(WorkerEncoder, RealFfmpegWritesAnMp4ThatBeginsToPlayBeforeItIsThere)
{
    const auto ffmpeg = realFfmpeg();
    if (ffmpeg.empty() || !platform::ChildProcess::isPossible()) {
        GTEST_SKIP() << "ffmpeg is not installed";
    }
    asked.task = Task::TextToVideo;
    auto encoded = Encoder(identity, ffmpeg).encode(asked, made(5), FileFormat::Standard, cancel);
    ASSERT_TRUE(encoded) << encoded.error().detail;
    EXPECT_THAT(encoded->notes, testing::IsEmpty());
    const PictureFile file = encoded->files[0];
    EXPECT_EQ(file.contentType, "video/mp4");
    EXPECT_EQ(file.width, side - 1);
    EXPECT_EQ(file.frames, 5);
    EXPECT_EQ(file.bytes.substr(4, 4), "ftyp");
    EXPECT_LT(file.bytes.find("moov"), file.bytes.find("mdat"));
    EXPECT_THAT(file.bytes, HasSubstr("avc1"));
    EXPECT_THAT(file.bytes, HasSubstr("prompt: a <red> circle & \"kırmızı\""));
    ASSERT_TRUE(Encoder(identity, ffmpeg).fit(*encoded, asked, made(5), FileFormat::Standard, 1, cancel));
    EXPECT_LT(encoded->files[0].size, file.size);
    EXPECT_EQ(encoded->notes.size(), 1U);
}

TEST_F(WorkerEncoder, FfmpegIsLookedForInAbsoluteFoldersAlone)
{
    EXPECT_TRUE(findFfmpeg("").empty());
    EXPECT_TRUE(findFfmpeg("relative").empty());
    std::ofstream(folder.file("ffmpeg")) << "not a program";
    const std::string here = toUtf8(pathFromUtf8(folder.file("ffmpeg")).parent_path());
    if (std::filesystem::path::preferred_separator == '/') {
        EXPECT_TRUE(findFfmpeg(here).empty()) << "it may not run";
        EXPECT_EQ(findFfmpeg("/nonexistent::" + here + ":/x"), std::filesystem::path()) << "nor here";
        EXPECT_EQ(
            findFfmpeg("/nonexistent::" + toUtf8(script("exit 0").parent_path())), pathFromUtf8(folder.file("ffmpeg")));
    }
}

} // namespace
} // namespace visgate::worker
