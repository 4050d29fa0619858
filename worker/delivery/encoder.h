// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "worker/delivery/mp4.h"
#include "worker/delivery/picture_result.h"
#include "worker/delivery/provenance.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace visgate::worker {

/// What a job may ask its files to be.
enum class FileFormat {
    Standard, ///< PNG, or mp4 for a video
    Png,
    Webp, ///< of a video: a moving one
    Jpeg,
    Mp4,
};

/// "png", "webp", "jpeg" (also "jpg"), "mp4"; none for others.
[[nodiscard]] std::optional<FileFormat> fileFormatFromString(std::string_view text);
[[nodiscard]] bool isFor(FileFormat format, Task task);

/// A job's files, and what whoever asked for them should know.
struct Encoded {
    std::vector<PictureFile> files;
    std::vector<std::string> notes;
};

/// Makes files of what a runner has left in a job's folder, which must stay as it is meanwhile.
class Encoder {
public:
    /// Without `ffmpeg` (empty) videos become moving WebP files.
    Encoder(Identity identity, std::filesystem::path ffmpeg);

    /// The commit of the model, once it is known.
    void setRevision(std::string revision) { m_identity.revision = std::move(revision); }

    /// Prompt, seed, model and settings travel inside each file. Cancelled if `cancel` was pulled.
    [[nodiscard]] Result<Encoded> encode(
        const Generation& asked, const Generated& made, FileFormat format, const http::CancelToken& cancel) const;
    /// Makes those that a result has to carry (in base64) smaller until it stays below `most` bytes: PNG becomes
    /// lossless WebP, then WebP; others lose quality. What cannot be made to fit stays too large.
    [[nodiscard]] Result<void> fit(Encoded& encoded, const Generation& asked, const Generated& made, FileFormat format,
        std::size_t most, const http::CancelToken& cancel) const;

private:
    enum class Way { Png, LosslessWebp, Webp, SmallWebp, Jpeg, SmallJpeg, Mp4, SmallMp4, MovingWebp };

    [[nodiscard]] Way wayOf(FileFormat format, bool isVideo) const;
    [[nodiscard]] static std::vector<Way> smallerThan(Way way);
    [[nodiscard]] static const char* nameOf(Way way);
    [[nodiscard]] Provenance provenanceOf(const Generation& asked, const GeneratedPicture& picture) const;
    [[nodiscard]] Result<PictureFile> encodeOne(const Generation& asked, const GeneratedPicture& picture, Way way,
        std::vector<std::string>& notes, const http::CancelToken& cancel) const;
    [[nodiscard]] Result<std::string> bytesOf(
        const Generation& asked, const GeneratedPicture& picture, Way way, const http::CancelToken& cancel) const;
    [[nodiscard]] Result<PictureFile> fileOf(
        const Generation& asked, const GeneratedPicture& picture, Way way, const http::CancelToken& cancel) const;
    [[nodiscard]] Result<PictureFile> mp4Of(const Generation& asked, const GeneratedPicture& picture,
        VideoQuality quality, const http::CancelToken& cancel) const;

    Identity m_identity;
    const std::filesystem::path m_ffmpeg;
};

/// What the files take in a result that carries them.
[[nodiscard]] std::size_t inlineBytes(const std::vector<PictureFile>& files);

} // namespace visgate::worker
