// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "worker/delivery/provenance.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace visgate::worker {

/// Frames as a runner leaves them: eight bits a channel, RGB, row by row, frame by frame.
struct RawVideo {
    std::filesystem::path file;
    int width = 0;
    int height = 0;
    int frames = 1;
    int framesPerSecond = 1;
};

/// The program `ffmpeg` in one of the folders of a PATH; empty if there is none.
[[nodiscard]] std::filesystem::path findFfmpeg(std::string_view searchPath);

/// How well a video is kept. Smaller is what is tried where the first is too large.
enum class VideoQuality { Standard, Small };

/// H.264 in an mp4 file that begins to play before it is there whole; by a process of `ffmpeg`, which writes it beside
/// the frames, where it stays. An odd row or column is cut off, as the format has none. Its provenance is the file's
/// comment. Cancelled if `cancel` was pulled; else the program's own words.
[[nodiscard]] Result<std::filesystem::path> encodeMp4(const std::filesystem::path& ffmpeg, const RawVideo& video,
    VideoQuality quality, const Provenance& provenance, const http::CancelToken& cancel);

} // namespace visgate::worker
