// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/recipe/recipe_plan.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

Job job(const char* prompt, JobStatus status)
{
    Job job;
    job.input.prompt = QString::fromLatin1(prompt);
    job.status = status;
    return job;
}

Deployment deployment()
{
    Deployment deployment;
    deployment.modelId = u"stabilityai/sdxl-turbo"_s;
    deployment.revision = u"0123abcd"_s;
    deployment.gpuTier = u"A40"_s;
    deployment.gpuPlanned = {u"AMPERE_48"_s};
    deployment.userHash = u"not for others"_s;
    deployment.limits.idleTimeout = 30s;
    deployment.limits.workersMax = 3;
    return deployment;
}

TEST(RecipePlan, ASetUpGoesOutAndComesBackAsARequest)
{
    Job newest = job("a red circle", JobStatus::Completed);
    newest.input.negativePrompt = u"blue"_s;
    newest.input.width = 256;
    newest.input.height = 512;
    newest.input.steps = 2;
    newest.input.guidance = 1.5;
    newest.input.seed = 7;
    newest.input.count = 2;
    const auto read = parseRecipe(formatRecipe(recipeOf(deployment(), {newest})));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->source.find("not for others"), std::string::npos);
    const auto request = requestOf(*read, AccountId::practice());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->modelId, deployment().modelId);
    EXPECT_EQ(request->revision, deployment().revision);
    EXPECT_EQ(request->task, GenerationTask::TextToImage);
    EXPECT_EQ(request->gpuTier, deployment().gpuTier);
    EXPECT_EQ(request->limits, deployment().limits);
    EXPECT_EQ(request->target, AccountId::practice());
    EXPECT_EQ(request->firstInput, newest.input);
}

TEST(RecipePlan, PromptsAreThoseThatMadeAPictureEachOnce)
{
    QList<Job> jobs{job("failed", JobStatus::Failed), job("b", JobStatus::Completed), job("a", JobStatus::Completed),
        job("b", JobStatus::Completed)};
    Recipe recipe = recipeOf(deployment(), jobs);
    ASSERT_EQ(recipe.prompts.size(), 2U);
    EXPECT_EQ(recipe.prompts[0].prompt, "b");
    EXPECT_EQ(recipe.prompts[1].prompt, "a");
    for (int i = 0; i < 20; ++i)
        jobs.append(job(std::to_string(i).c_str(), JobStatus::Completed));
    EXPECT_EQ(recipeOf(deployment(), jobs).prompts.size(), 10U);
    EXPECT_FALSE(requestOf(recipeOf(deployment(), {}), AccountId::runpod())->firstInput);
}

TEST(RecipePlan, ATaskThatDoesNotExistIsRefused)
{
    Recipe recipe;
    recipe.modelId = "a/b";
    recipe.task = "make_coffee";
    EXPECT_EQ(requestOf(recipe, AccountId::runpod()).error().code, ErrorCode::RecipeUnreadable);
    recipe.task = "IMG2IMG";
    EXPECT_EQ(requestOf(recipe, AccountId::runpod())->task, GenerationTask::ImageToImage);
}

} // namespace
} // namespace visgate
