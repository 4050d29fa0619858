// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/recipe/recipe.h"

#include <QList>

namespace visgate {

/// The set-up of a deployment, to be handed on: sizes of its newest job, and up to ten different prompts of those that
/// made a picture, newest first.
[[nodiscard]] Recipe recipeOf(const Deployment& deployment, const QList<Job>& jobs);
/// What a recipe asks to deploy, for preflight and create; its first prompt is the first input. RecipeUnreadable for a
/// task that does not exist.
[[nodiscard]] Result<CreateRequest> requestOf(const Recipe& recipe, AccountId target);
/// One of its prompts as a job.
[[nodiscard]] JobInput inputOf(const Recipe& recipe, const RecipePrompt& prompt);

} // namespace visgate
