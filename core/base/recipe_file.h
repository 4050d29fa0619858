// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/recipe/recipe.h"

#include <QString>

namespace visgate {

/// FileUnreadable, RecipeUnreadable or RecipeTooNew. Never reads more than a recipe may have.
[[nodiscard]] Result<Recipe> readRecipeFile(const QString& path);
/// Over what is there, or not at all: FileUnwritable.
[[nodiscard]] Result<void> writeRecipeFile(const QString& path, const Recipe& recipe);

} // namespace visgate
