// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/mp4.h"

#include "core/foundation/path_text.h"
#include "worker/platform/child_process.h"
#include "worker/queue/pause.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostWords = 2000; ///< of its last ones
constexpr std::chrono::milliseconds betweenLooks{10};

/// What writes H.264, in the order in which it is tried: builds of ffmpeg leave out one or the other.
struct Writer {
    const char* name;
    std::vector<std::string> standard;
    std::vector<std::string> small;
};

std::vector<Writer> writers()
{
    return {{"libx264", {"-preset", "veryfast", "-crf", "18"}, {"-preset", "veryfast", "-crf", "28"}},
        {"libopenh264", {"-b:v", "6M"}, {"-b:v", "1M"}}};
}

std::vector<std::string> argumentsFor(const RawVideo& video, const Writer& writer, VideoQuality quality,
    const Provenance& provenance, const fs::path& out)
{
    const int width = video.width / 2 * 2;
    const int height = video.height / 2 * 2;
    const std::string crop = "crop=" + std::to_string(width) + ':' + std::to_string(height) + ":0:0";
    std::vector<std::string> arguments{"-nostdin", "-hide_banner", "-loglevel", "error", "-f", "rawvideo",
        "-pixel_format", "rgb24", "-video_size", std::to_string(video.width) + 'x' + std::to_string(video.height),
        "-framerate", std::to_string(video.framesPerSecond), "-i", "file:" + toUtf8(video.file), "-an", "-vf",
        crop + ",scale=out_color_matrix=bt709:out_range=tv", "-c:v", writer.name};
    const auto& how = quality == VideoQuality::Standard ? writer.standard : writer.small;
    arguments.insert(arguments.end(), how.begin(), how.end());
    for (const char* const argument : {"-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
             "-color_trc", "bt709", "-color_range", "tv", "-movflags", "+faststart", "-metadata"}) {
        arguments.emplace_back(argument);
    }
    arguments.push_back("comment=" + commentOf(provenance));
    arguments.insert(arguments.end(), {"-f", "mp4", "-y", "file:" + toUtf8(out)});
    return arguments;
}

Result<void> run(const platform::Command& command, const http::CancelToken& cancel)
{
    auto child = platform::ChildProcess::start(command);
    if (!child) {
        return fail(child.error());
    }
    std::string words;
    std::optional<int> status;
    while (!status) {
        status = (*child)->exitStatus();
        words += (*child)->takeOutput();
        words.erase(0, words.size() - std::min(words.size(), mostWords));
        if (!status && !pauseFor(betweenLooks, cancel)) {
            return fail(ErrorCode::Cancelled);
        }
    }
    words += (*child)->takeOutput();
    if (*status != 0) {
        return fail(ErrorCode::Internal, "ffmpeg ended with " + std::to_string(*status) + ": " + words);
    }
    return {};
}

} // namespace

fs::path findFfmpeg(std::string_view searchPath)
{
    constexpr char separator = fs::path::preferred_separator == '/' ? ':' : ';';
    constexpr auto mayRun = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    while (!searchPath.empty()) {
        const std::size_t end = std::min(searchPath.find(separator), searchPath.size());
        const fs::path program = pathFromUtf8(searchPath.substr(0, end)) / "ffmpeg";
        std::error_code ignored;
        const fs::file_status status = fs::status(program, ignored);
        if (program.is_absolute() && fs::is_regular_file(status)
            && (status.permissions() & mayRun) != fs::perms::none) {
            return program;
        }
        searchPath.remove_prefix(std::min(end + 1, searchPath.size()));
    }
    return {};
}

Result<fs::path> encodeMp4(const fs::path& ffmpeg, const RawVideo& video, VideoQuality quality,
    const Provenance& provenance, const http::CancelToken& cancel)
{
    if (video.width < 2 || video.height < 2 || video.framesPerSecond < 1) {
        return fail(ErrorCode::Internal, "no video is this small");
    }
    fs::path out = video.file;
    out += quality == VideoQuality::Standard ? ".mp4" : ".small.mp4"; // the larger one may still be needed
    std::optional<Error> first;
    for (const Writer& writer : writers()) {
        const auto ran = run({ffmpeg, argumentsFor(video, writer, quality, provenance, out), {}}, cancel);
        std::error_code error;
        if (ran && fs::file_size(out, error) > 0 && !error) {
            return out;
        }
        fs::remove(out, error);
        const Error why = ran ? Error{ErrorCode::FileUnreadable, toUtf8(out) + " is empty", 0, {}, {}} : ran.error();
        if (cancel.isCancelled()) {
            return fail(why);
        }
        if (!first) { // of the usual one: it says the most
            first = why;
        }
    }
    return fail(*first);
}

} // namespace visgate::worker
