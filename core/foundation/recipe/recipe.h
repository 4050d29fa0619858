// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"
#include "core/foundation/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A set-up that can be handed on as a file (`name.visgate`): which model, how large, on which GPU, within which
/// limits, and what to ask it first. JSON with a schema version. Never a secret: what looks like one is masked and
/// what is named like one is dropped when a recipe is written. Fields of other versions are kept.
namespace visgate {

inline constexpr std::size_t kLargestRecipe = 256 * kKiB;
inline constexpr int kDeepestRecipe = 16;
inline constexpr int kRecipeVersion = 1;

struct RecipePrompt {
    std::string prompt;
    std::string negativePrompt;
    std::optional<std::int64_t> seed;
    std::string source; ///< the JSON object that it was read from; empty for a new one
    bool operator==(const RecipePrompt&) const = default;
};

/// Sizes of one picture; unset ones are the model's own.
struct RecipeSizes {
    std::optional<std::int64_t> width; ///< pixels
    std::optional<std::int64_t> height;
    std::optional<std::int64_t> steps;
    std::optional<double> guidance;
    std::optional<std::int64_t> count;
    bool operator==(const RecipeSizes&) const = default;
};

/// What the endpoint enforces; unset ones are the program's defaults.
struct RecipeLimits {
    std::optional<std::int64_t> idleTimeoutSeconds;
    std::optional<std::int64_t> executionTimeoutSeconds;
    std::optional<std::int64_t> initTimeoutSeconds;
    std::optional<std::int64_t> workerIdleTimeoutSeconds;
    std::optional<std::int64_t> failureThreshold;
    std::optional<std::int64_t> workersMin;
    std::optional<std::int64_t> workersMax;
    bool operator==(const RecipeLimits&) const = default;
};

struct Recipe {
    std::string name; ///< for people
    std::string modelId;
    std::string revision;
    std::string task;              ///< "text_to_image"
    std::string gpuTier;           ///< only this GPU or pool; empty: whatever fits
    std::vector<std::string> gpus; ///< what it ran on, best first; a remark, not a rule
    RecipeSizes sizes;
    RecipeLimits limits;
    std::vector<RecipePrompt> prompts;
    std::string source; ///< the document that it was read from; empty for a new one
    bool operator==(const Recipe&) const = default;
};

/// RecipeTooNew for a later schema version; RecipeUnreadable, with the field, for everything else that is not a recipe.
[[nodiscard]] Result<Recipe> parseRecipe(std::string_view text);
/// The whole document, indented, with a line feed at its end; unknown fields of `source` included.
[[nodiscard]] std::string formatRecipe(const Recipe& recipe);

} // namespace visgate
