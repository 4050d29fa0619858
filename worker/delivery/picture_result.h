// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/runners/runner.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

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

/// The pictures as PNG files inside the result, with their provenance in the files as well.
[[nodiscard]] Result<nlohmann::json> pictureResult(
    const Identity& identity, const Generation& asked, const Generated& made);

/// Prompt, seed, model and settings of one picture, for its file.
[[nodiscard]] Result<std::string> pictureFile(
    const Identity& identity, const Generation& asked, const GeneratedPicture& picture);

} // namespace visgate::worker
