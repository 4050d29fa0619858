// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/demo_model.h"
#include "core/domain/model/input_limits.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

ModelSpec modelOf(int width, int height, double guidance = 5.0)
{
    ModelSpec model;
    model.id = QStringLiteral("a/b");
    model.preset = true;
    model.defaults = {4, guidance, width, height, {}, {}};
    return model;
}

TEST(InputLimits, AreTheModelsOwn)
{
    const InputLimits limits = inputLimits(modelOf(512, 768), GenerationTask::TextToImage);
    EXPECT_EQ(limits.width, 512);
    EXPECT_EQ(limits.height, 768);
    EXPECT_EQ(limits.steps, 4);
    EXPECT_EQ(limits.mostPictures, 16);
    EXPECT_TRUE(limits.takesNegative);
    EXPECT_TRUE(limits.isOwnKnown);
    EXPECT_TRUE(limits.hasSizes());
    EXPECT_FALSE(inputLimits(modelOf(512, 512, 0.0), GenerationTask::TextToImage).takesNegative)
        << "a model that follows no guidance";
    EXPECT_EQ(inputLimits(modelOf(832, 480), GenerationTask::TextToVideo).mostPictures, 1);
}

TEST(InputLimits, TheDemoModelDrawsOneSizeOnly)
{
    const InputLimits limits = inputLimits(demoModel(), GenerationTask::TextToImage);
    EXPECT_FALSE(limits.hasSizes());
    EXPECT_EQ(limits.width, demoModel().defaults.width);
    EXPECT_EQ(limits.nearestSide(1000), limits.width);
    EXPECT_EQ(limits.steps, demoModel().defaults.steps);
    EXPECT_LT(limits.leastSteps, limits.mostSteps);
    EXPECT_FALSE(limits.takesNegative);
}

TEST(InputLimits, ASideIsOneThatTheModelCanDraw)
{
    const InputLimits limits = inputLimits(modelOf(1024, 1024), GenerationTask::TextToImage);
    EXPECT_EQ(limits.nearestSide(0), 64);
    EXPECT_EQ(limits.nearestSide(1000), 1008);
    EXPECT_EQ(limits.nearestSide(100'000), 2048);
    // A model whose own size lies outside of what is usual is still drawn in it.
    EXPECT_EQ(inputLimits(modelOf(4096, 32), GenerationTask::TextToImage).mostSide, 4096);
    EXPECT_EQ(inputLimits(modelOf(4096, 32), GenerationTask::TextToImage).leastSide, 32);
}

} // namespace
} // namespace visgate
