// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/recipe/recipe_plan.h"

#include <algorithm>

namespace visgate {

namespace {

constexpr std::size_t kMostPrompts = 10;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

std::optional<std::int64_t> wide(const std::optional<int>& value)
{
    return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

std::optional<int> narrow(const std::optional<std::int64_t>& value)
{
    return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt; // parseRecipe has checked the range
}

void take(const std::optional<std::int64_t>& value, std::chrono::seconds& into)
{
    if (value)
        into = std::chrono::seconds(*value);
}

void take(const std::optional<std::int64_t>& value, int& into)
{
    if (value)
        into = static_cast<int>(*value);
}

RecipePrompt promptOf(const JobInput& input)
{
    RecipePrompt prompt;
    prompt.prompt = input.prompt.toStdString();
    prompt.negativePrompt = input.negativePrompt.toStdString();
    prompt.seed = input.seed;
    return prompt;
}

RecipeSizes sizesOf(const JobInput& input)
{
    RecipeSizes sizes;
    sizes.width = wide(input.width);
    sizes.height = wide(input.height);
    sizes.steps = wide(input.steps);
    sizes.guidance = input.guidance;
    if (input.count > 1)
        sizes.count = input.count;
    return sizes;
}

RecipeLimits limitsOf(const EndpointLimits& limits)
{
    return {limits.idleTimeout.count(), limits.executionTimeout.count(), limits.initTimeout.count(),
        limits.workerIdleTimeout.count(), limits.failureThreshold, limits.workersMin, limits.workersMax};
}

} // namespace

Recipe recipeOf(const Deployment& deployment, const QList<Job>& jobs)
{
    Recipe recipe;
    recipe.name = deployment.modelId.section(u'/', -1).toStdString();
    recipe.modelId = deployment.modelId.toStdString();
    recipe.revision = deployment.revision.toStdString();
    recipe.task = toString(deployment.task).toStdString();
    recipe.gpuTier = deployment.gpuTier.toStdString();
    for (const QString& pool : deployment.gpuPlanned)
        recipe.gpus.push_back(pool.toStdString());
    recipe.limits = limitsOf(deployment.limits);
    if (!jobs.isEmpty())
        recipe.sizes = sizesOf(jobs.constFirst().input);
    for (const Job& job : jobs) {
        const RecipePrompt prompt = promptOf(job.input);
        const bool isKnown = std::any_of(recipe.prompts.begin(), recipe.prompts.end(),
            [&prompt](const RecipePrompt& other) { return other.prompt == prompt.prompt; });
        if (job.status == JobStatus::Completed && !isKnown && recipe.prompts.size() < kMostPrompts)
            recipe.prompts.push_back(prompt);
    }
    return recipe;
}

JobInput inputOf(const Recipe& recipe, const RecipePrompt& prompt)
{
    JobInput input;
    input.prompt = text(prompt.prompt);
    input.negativePrompt = text(prompt.negativePrompt);
    input.seed = prompt.seed;
    input.width = narrow(recipe.sizes.width);
    input.height = narrow(recipe.sizes.height);
    input.steps = narrow(recipe.sizes.steps);
    input.guidance = recipe.sizes.guidance;
    take(recipe.sizes.count, input.count);
    return input;
}

Result<CreateRequest> requestOf(const Recipe& recipe, AccountId target)
{
    CreateRequest request;
    request.modelId = text(recipe.modelId);
    request.revision = text(recipe.revision);
    request.gpuTier = text(recipe.gpuTier);
    request.target = target;
    if (!recipe.task.empty()) {
        request.task = generationTaskFromString(text(recipe.task));
        if (!request.task)
            return fail(ErrorCode::RecipeUnreadable, "task is none that Visgate knows");
    }
    EndpointLimits& limits = request.limits;
    take(recipe.limits.idleTimeoutSeconds, limits.idleTimeout);
    take(recipe.limits.executionTimeoutSeconds, limits.executionTimeout);
    take(recipe.limits.initTimeoutSeconds, limits.initTimeout);
    take(recipe.limits.workerIdleTimeoutSeconds, limits.workerIdleTimeout);
    take(recipe.limits.failureThreshold, limits.failureThreshold);
    take(recipe.limits.workersMin, limits.workersMin);
    take(recipe.limits.workersMax, limits.workersMax);
    if (!recipe.prompts.empty())
        request.firstInput = inputOf(recipe, recipe.prompts.front());
    return request;
}

} // namespace visgate
