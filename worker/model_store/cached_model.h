// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// A folder that may hold models, laid out as the hub's own cache (models--org--name/snapshots/COMMIT/).
struct ModelFolder {
    std::filesystem::path path;
    /// We fill it ourselves and write our completion marker last: a model that is still being filled looks the same
    /// otherwise. Nobody else writes it, so that a cache of the provider's has none.
    bool needsMarker = false;
};

/// The provider's own folders (`usual`) and those that were filled for this endpoint (`named`), in the order in which
/// they are to be tried. One that is both needs the marker.
[[nodiscard]] std::vector<ModelFolder> modelFolders(
    const std::vector<std::filesystem::path>& usual, const std::vector<std::filesystem::path>& named);

/// The folder with the model's files. `revision`: a commit, or a name that the cache knows (refs/); empty: the main
/// one, or else any. Without a marker, only a folder in which no file is missing or still on its way.
[[nodiscard]] std::optional<std::filesystem::path> findCachedModel(
    const std::vector<ModelFolder>& folders, const std::string& modelId, const std::string& revision);

/// The files of weights in it, by name.
[[nodiscard]] std::vector<std::filesystem::path> weightFiles(const std::filesystem::path& folder);
/// The first of them; nothing if there is none.
[[nodiscard]] std::optional<std::filesystem::path> weightsIn(const std::filesystem::path& folder);

} // namespace visgate::worker
