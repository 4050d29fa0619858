// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace visgate::worker {

/// The folder with the model's files in one of the cache folders (colon-separated, laid out as the hub's own cache:
/// models--org--name/snapshots/COMMIT/). Only one with its completion marker counts: a folder that is still being
/// filled looks the same otherwise. `revision` empty: any.
[[nodiscard]] std::optional<std::string> findCachedModel(
    const std::string& folders, const std::string& modelId, const std::string& revision);

/// The first file of weights in it; nothing if there is none.
[[nodiscard]] std::optional<std::string> weightsIn(const std::string& folder);

} // namespace visgate::worker
