// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

/// The folder with the model's files in one of the cache folders (laid out as the hub's own cache:
/// models--org--name/snapshots/COMMIT/). Only one with its completion marker counts: a folder that is still being
/// filled looks the same otherwise. `revision` empty: any.
[[nodiscard]] std::optional<std::filesystem::path> findCachedModel(
    const std::vector<std::filesystem::path>& folders, const std::string& modelId, const std::string& revision);

/// The first file of weights in it; nothing if there is none.
[[nodiscard]] std::optional<std::filesystem::path> weightsIn(const std::filesystem::path& folder);

} // namespace visgate::worker
