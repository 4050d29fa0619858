// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/runners/runner.h"

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace visgate::worker {

/// What the worker works for, as it is said in every result and in every file.
struct Identity {
    std::string modelId;
    std::string revision;
    std::string runner;
    std::string gpu; ///< empty if the provider does not tell
    bool isDemo = false;

    /// "demo model (shapes), standing in for <model>"; the model's own name if nothing stands in for it.
    [[nodiscard]] std::string label() const;
};

/// One picture or video as a file, with its provenance in it.
struct PictureFile {
    std::string bytes;          ///< empty once they are where `url` says, or where they lie in `file`
    std::filesystem::path file; ///< in the job's folder, of what is too large for any result
    std::string url;
    std::string key; ///< in a bucket
    std::string contentType;
    std::string sha256;
    std::size_t size = 0;
    int width = 0;
    int height = 0;
    std::uint64_t seed = 0;
    int frames = 0; ///< of a video
    int framesPerSecond = 0;
};

/// What the runner left in the picture's file: the first frame of a video.
[[nodiscard]] Result<std::vector<std::uint8_t>> pixelsOf(const GeneratedPicture& picture);

/// What a job returns: where its files are, or the files themselves (base64), and how they came about.
[[nodiscard]] nlohmann::json pictureResult(
    const Identity& identity, const Generation& asked, const Generated& made, const std::vector<PictureFile>& files);

} // namespace visgate::worker
