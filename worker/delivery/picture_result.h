// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/runners/runner.h"

#include <cstdint>
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

/// One picture as a file, with its provenance in it.
struct PictureFile {
    std::string bytes; ///< empty once they are where `url` says
    std::string url;
    std::string contentType;
    std::string sha256;
    std::size_t size = 0;
    int width = 0;
    int height = 0;
    std::uint64_t seed = 0;
};

/// What of it can be delivered: pictures. Videos are written by nothing here.
[[nodiscard]] Capabilities deliverable(Capabilities can);

/// What the runner left in the picture's file, which is gone then.
[[nodiscard]] Result<std::vector<std::uint8_t>> pixelsOf(const GeneratedPicture& picture);

/// The pictures as PNG files; prompt, seed, model and settings travel inside them.
[[nodiscard]] Result<std::vector<PictureFile>> pictureFiles(
    const Identity& identity, const Generation& asked, const Generated& made);

/// What a job returns: where its pictures are, or the pictures themselves (base64), and how they came about.
[[nodiscard]] nlohmann::json pictureResult(
    const Identity& identity, const Generation& asked, const Generated& made, const std::vector<PictureFile>& files);

} // namespace visgate::worker
