// SPDX-License-Identifier: GPL-3.0-or-later
// What was understood of a recipe survives being written, and no key comes out of it.
#include "core/foundation/recipe/recipe.h"
#include "core/foundation/redactor.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    const auto recipe = parseRecipe(input);
    if (!recipe)
        return;
    const std::string text = formatRecipe(*recipe);
    // Masks may make a text longer than a recipe's may be.
    if (text.find(Redactor::mask()) != std::string::npos || text.size() > kLargestRecipe)
        return;
    const auto again = parseRecipe(text);
    fuzz::require(again.has_value());
    fuzz::require(again->modelId == recipe->modelId && again->prompts.size() == recipe->prompts.size());
    fuzz::require(again->sizes == recipe->sizes && again->limits == recipe->limits);
    fuzz::require(formatRecipe(*again) == text);
}
