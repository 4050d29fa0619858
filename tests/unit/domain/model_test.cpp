// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/demo_model.h"
#include "core/domain/preflight/preflight.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

TEST(ModelNeeds, MeasuredPeakBeatsTheSumOfTheWeights)
{
    ModelSpec model;
    model.components = {{QStringLiteral("unet"), 5'000'000'000}};
    EXPECT_GT(plannedVramGb(model), 5.0);
    model.memory
        = {{QStringLiteral("bf16"), QStringLiteral("none"), QStringLiteral("1024x1024"), 9.5, Evidence::Measured, {}}};
    EXPECT_DOUBLE_EQ(plannedVramGb(model), 9.5);
}

TEST(ModelNeeds, AnOffloadedFigureIsNotThePlan)
{
    ModelSpec model;
    model.memory
        = {{QStringLiteral("bf16"), QStringLiteral("model"), QStringLiteral("1024x1024"), 4.0, Evidence::Measured, {}}};
    EXPECT_DOUBLE_EQ(plannedVramGb(model), 0.0) << "nothing is known about the whole model on the GPU";
}

TEST(ModelNeeds, DiskHoldsTheDownloadAndTheImage)
{
    ModelSpec model;
    model.downloadBytes = 10'000'000'000;
    EXPECT_EQ(plannedDiskGb(model), 23);
}

TEST(ChooseTask, TheAskedOneElseTheFirstAndPracticeOnlyDraws)
{
    ModelSpec editor;
    editor.id = QStringLiteral("a/b");
    editor.tasks = {GenerationTask::ImageToImage, GenerationTask::TextToImage};
    EXPECT_EQ(chooseTask(editor, {}, AccountId::runpod()), GenerationTask::ImageToImage);
    EXPECT_EQ(chooseTask(editor, {}, AccountId::practice()), GenerationTask::TextToImage);
    EXPECT_EQ(chooseTask(editor, GenerationTask::ImageToImage, AccountId::practice()).error().code,
        ErrorCode::PracticeOnlyDraws);
    EXPECT_EQ(
        chooseTask(editor, GenerationTask::TextToVideo, AccountId::runpod()).error().code, ErrorCode::UnsupportedTask);
    editor.tasks = {GenerationTask::TextToVideo};
    EXPECT_EQ(chooseTask(editor, {}, AccountId::runpod()), GenerationTask::TextToVideo);
    EXPECT_EQ(chooseTask(editor, {}, AccountId::practice()), GenerationTask::TextToImage) << "a picture stands in";
    editor.tasks = {GenerationTask::ImageToVideo};
    const auto refused = chooseTask(editor, {}, AccountId::practice());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::PracticeOnlyDraws);
    EXPECT_EQ(refused.error().arguments, std::vector<std::string>{"a/b"});
    EXPECT_EQ(chooseTask(ModelSpec{}, {}, AccountId::runpod()).error().code, ErrorCode::UnsupportedTask);
}

TEST(ChooseTask, TheDemoModelIsForThisComputerAndPractice)
{
    EXPECT_TRUE(isDemoModel(demoModel().id));
    EXPECT_EQ(chooseTask(demoModel(), {}, AccountId::thisComputer()), GenerationTask::TextToImage);
    EXPECT_EQ(chooseTask(demoModel(), {}, AccountId::practice()), GenerationTask::TextToImage);
    EXPECT_EQ(chooseTask(demoModel(), {}, AccountId::runpod()).error().code, ErrorCode::ModelStaysHere);
}

TEST(Preflight, TheFirstRedLineDecides)
{
    PreflightReport report;
    report.lines = {{QStringLiteral("key"), PreflightLevel::Ok, {}, {}, std::nullopt, {}, false},
        {QStringLiteral("licence"), PreflightLevel::Warning, {}, {}, std::nullopt, {}, false}};
    EXPECT_FALSE(report.isBlocked());
    report.lines.append({QStringLiteral("quota"), PreflightLevel::Blocked, {}, {},
        Error{ErrorCode::WorkerQuotaExceeded, {}, 0, {}, {"5"}}, {}, false});
    ASSERT_TRUE(report.isBlocked());
    EXPECT_EQ(report.firstError()->code, ErrorCode::WorkerQuotaExceeded);
}

} // namespace
} // namespace visgate
