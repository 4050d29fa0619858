// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/encoder.h"

#include "core/foundation/decimal.h"
#include "core/foundation/hash.h"
#include "core/foundation/path_text.h"
#include "worker/delivery/jpeg.h"
#include "worker/delivery/png.h"
#include "worker/delivery/webp.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace visgate::worker {
namespace {

constexpr int lossless = 0;
constexpr int standardQuality = 90;
constexpr int smallQuality = 75;
constexpr std::size_t besideFiles = 64 * 1024;      ///< what else a result says
constexpr std::uintmax_t mostInMemory = 32U << 20U; ///< what is larger fits into no result, and stays on the disk

RawVideo rawVideo(const Generation& asked, const GeneratedPicture& picture)
{
    constexpr int usualRate = 16;
    return {picture.file, picture.width, picture.height, picture.frames,
        asked.framesPerSecond > 0 ? asked.framesPerSecond : usualRate};
}

Result<std::string> movingWebp(const RawVideo& video, const Provenance& provenance, const http::CancelToken& cancel)
{
    WebpAnimation animation(video.width, video.height, video.framesPerSecond);
    std::ifstream file(video.file, std::ios::binary);
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(video.width) * static_cast<std::size_t>(video.height) * 3);
    for (int frame = 0; frame < video.frames; ++frame) {
        if (cancel.isCancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (!file.read(reinterpret_cast<char*>(rgb.data()), static_cast<std::streamsize>(rgb.size()))) {
            return fail(ErrorCode::FileUnreadable, toUtf8(video.file));
        }
        if (auto added = animation.add(rgb); !added) {
            return fail(added.error());
        }
    }
    return animation.finish(provenance);
}

} // namespace

std::optional<FileFormat> fileFormatFromString(std::string_view text)
{
    constexpr std::pair<std::string_view, FileFormat> known[] = {{"png", FileFormat::Png}, {"webp", FileFormat::Webp},
        {"jpeg", FileFormat::Jpeg}, {"jpg", FileFormat::Jpeg}, {"mp4", FileFormat::Mp4}};
    for (const auto& [name, format] : known) {
        if (text == name) {
            return format;
        }
    }
    return std::nullopt;
}

bool isFor(FileFormat format, Task task)
{
    if (format == FileFormat::Standard || format == FileFormat::Webp) {
        return true;
    }
    return (format == FileFormat::Mp4) == makesVideo(task);
}

std::size_t inlineBytes(const std::vector<PictureFile>& files)
{
    std::size_t bytes = besideFiles;
    for (const PictureFile& file : files) {
        bytes += file.url.empty() ? (file.size + 2) / 3 * 4 : 0;
    }
    return bytes;
}

Encoder::Encoder(Identity identity, std::filesystem::path ffmpeg)
    : m_identity(std::move(identity)), m_ffmpeg(std::move(ffmpeg))
{
}

Encoder::Way Encoder::wayOf(FileFormat format, bool isVideo) const
{
    if (isVideo) {
        return format == FileFormat::Webp || m_ffmpeg.empty() ? Way::MovingWebp : Way::Mp4;
    }
    switch (format) {
    case FileFormat::Webp:
        return Way::Webp;
    case FileFormat::Jpeg:
        return Way::Jpeg;
    default:
        return Way::Png;
    }
}

std::vector<Encoder::Way> Encoder::smallerThan(Way way)
{
    switch (way) {
    case Way::Png:
        return {Way::LosslessWebp, Way::Webp, Way::SmallWebp};
    case Way::Webp:
        return {Way::SmallWebp};
    case Way::Jpeg:
        return {Way::SmallJpeg};
    case Way::Mp4:
        return {Way::SmallMp4};
    default:
        return {};
    }
}

const char* Encoder::nameOf(Way way)
{
    switch (way) {
    case Way::Png:
        return "PNG";
    case Way::LosslessWebp:
        return "lossless WebP";
    case Way::Webp:
        return "WebP";
    case Way::SmallWebp:
        return "WebP of less quality";
    case Way::Jpeg:
        return "JPEG";
    case Way::SmallJpeg:
        return "JPEG of less quality";
    case Way::Mp4:
        return "mp4";
    case Way::SmallMp4:
        return "mp4 of less quality";
    case Way::MovingWebp:
        break;
    }
    return "moving WebP";
}

Provenance Encoder::provenanceOf(const Generation& asked, const GeneratedPicture& picture) const
{
    Provenance provenance{{"Software", "visgate-worker " VISGATE_VERSION}, {"prompt", asked.prompt},
        {"seed", std::to_string(picture.seed)}, {"model", m_identity.modelId}, {"label", m_identity.label()},
        {"runner", m_identity.runner}, {"steps", std::to_string(asked.steps)}, {"guidance", decimal(asked.guidance)}};
    if (!m_identity.revision.empty()) {
        provenance.emplace_back("revision", m_identity.revision);
    }
    return provenance;
}

Result<std::string> Encoder::bytesOf(
    const Generation& asked, const GeneratedPicture& picture, Way way, const http::CancelToken& cancel) const
{
    const Provenance provenance = provenanceOf(asked, picture);
    if (way == Way::MovingWebp) {
        return movingWebp(rawVideo(asked, picture), provenance, cancel);
    }
    const auto rgb = pixelsOf(picture);
    if (!rgb) {
        return fail(rgb.error());
    }
    const int width = picture.width;
    const int height = picture.height;
    switch (way) {
    case Way::LosslessWebp:
        return encodeWebp(width, height, *rgb, lossless, provenance);
    case Way::Webp:
        return encodeWebp(width, height, *rgb, standardQuality, provenance);
    case Way::SmallWebp:
        return encodeWebp(width, height, *rgb, smallQuality, provenance);
    case Way::Jpeg:
        return encodeJpeg(width, height, *rgb, standardQuality, provenance);
    case Way::SmallJpeg:
        return encodeJpeg(width, height, *rgb, smallQuality, provenance);
    default:
        return encodePng(width, height, *rgb, provenance);
    }
}

Result<PictureFile> Encoder::mp4Of(const Generation& asked, const GeneratedPicture& picture, VideoQuality quality,
    const http::CancelToken& cancel) const
{
    const auto path = encodeMp4(m_ffmpeg, rawVideo(asked, picture), quality, provenanceOf(asked, picture), cancel);
    if (!path) {
        return fail(path.error());
    }
    std::ifstream stream(*path, std::ios::binary);
    std::error_code error;
    PictureFile file;
    file.size = static_cast<std::size_t>(std::filesystem::file_size(*path, error));
    const bool isLarge = file.size > mostInMemory;
    Sha256 sum;
    std::string piece(std::size_t{1} << 20U, '\0');
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) || stream.gcount() > 0) {
        const std::string_view got(piece.data(), static_cast<std::size_t>(stream.gcount()));
        sum.add(got);
        file.bytes += isLarge ? std::string_view() : got;
    }
    if (error || !stream.eof()) {
        return fail(ErrorCode::FileUnreadable, toUtf8(*path));
    }
    file.sha256 = toHex(sum.finish());
    stream.close();
    if (isLarge) {
        file.file = *path;
    } else {
        std::filesystem::remove(*path, error);
    }
    return file;
}

Result<PictureFile> Encoder::fileOf(
    const Generation& asked, const GeneratedPicture& picture, Way way, const http::CancelToken& cancel) const
{
    if (way == Way::Mp4 || way == Way::SmallMp4) {
        return mp4Of(asked, picture, way == Way::Mp4 ? VideoQuality::Standard : VideoQuality::Small, cancel);
    }
    auto bytes = bytesOf(asked, picture, way, cancel);
    if (!bytes) {
        return fail(bytes.error());
    }
    PictureFile file;
    file.sha256 = sha256Hex(*bytes);
    file.size = bytes->size();
    file.bytes = std::move(*bytes);
    return file;
}

Result<PictureFile> Encoder::encodeOne(const Generation& asked, const GeneratedPicture& picture, Way way,
    std::vector<std::string>& notes, const http::CancelToken& cancel) const
{
    auto made = fileOf(asked, picture, way, cancel);
    if (!made && way == Way::Mp4 && !cancel.isCancelled()) {
        notes.push_back("The video is a moving WebP, because no mp4 could be written. " + made.error().detail);
        way = Way::MovingWebp;
        made = fileOf(asked, picture, way, cancel);
    }
    if (!made) {
        return made;
    }
    const bool isMp4 = way == Way::Mp4 || way == Way::SmallMp4;
    const bool isJpeg = way == Way::Jpeg || way == Way::SmallJpeg;
    PictureFile& file = *made;
    file.contentType = isMp4 ? "video/mp4" : isJpeg ? "image/jpeg" : way == Way::Png ? "image/png" : "image/webp";
    file.width = isMp4 ? picture.width / 2 * 2 : picture.width; // the format has no odd ones
    file.height = isMp4 ? picture.height / 2 * 2 : picture.height;
    file.seed = picture.seed;
    if (isMp4 || way == Way::MovingWebp) {
        file.frames = picture.frames;
        file.framesPerSecond = rawVideo(asked, picture).framesPerSecond;
    }
    return made;
}

Result<Encoded> Encoder::encode(
    const Generation& asked, const Generated& made, FileFormat format, const http::CancelToken& cancel) const
{
    Encoded encoded;
    const bool isVideo = makesVideo(asked.task);
    const Way way = wayOf(format, isVideo);
    if (isVideo && way == Way::MovingWebp && format != FileFormat::Webp) {
        encoded.notes.emplace_back("The video is a moving WebP: ffmpeg, which writes mp4, is not on this machine.");
    }
    for (const GeneratedPicture& picture : made.pictures) {
        auto file = encodeOne(asked, picture, way, encoded.notes, cancel);
        if (!file) {
            return fail(file.error());
        }
        encoded.files.push_back(std::move(*file));
    }
    return encoded;
}

Result<void> Encoder::fit(Encoded& encoded, const Generation& asked, const Generated& made, FileFormat format,
    std::size_t most, const http::CancelToken& cancel) const
{
    const std::size_t before = inlineBytes(encoded.files);
    std::string note;
    for (const Way way : smallerThan(wayOf(format, makesVideo(asked.task)))) {
        if (inlineBytes(encoded.files) <= most) {
            break;
        }
        for (std::size_t i = 0; i < encoded.files.size(); ++i) {
            PictureFile& file = encoded.files[i];
            if (!file.url.empty() || (way == Way::SmallMp4 && file.contentType != "video/mp4")) {
                continue;
            }
            auto smaller = encodeOne(asked, made.pictures[i], way, encoded.notes, cancel);
            if (!smaller && cancel.isCancelled()) {
                return fail(smaller.error());
            }
            if (!smaller) {
                continue; // what is there may still be too large, and is said to be
            }
            file = std::move(*smaller);
            note = std::string(nameOf(way)) + " instead of what was asked for: it would have been "
                + std::to_string(before) + " bytes in the result, which carries at most " + std::to_string(most) + '.';
        }
    }
    if (!note.empty()) {
        encoded.notes.push_back(std::move(note));
    }
    return {};
}

} // namespace visgate::worker
