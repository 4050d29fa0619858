// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/job_limits.h"
#include "core/foundation/worker_protocol/worker_code.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace job_limits;

std::string times(int count, const std::string& text)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

TEST(JobLimits, APromptIsCountedInCharacters)
{
    EXPECT_EQ(checkPrompt(times(kLongestPrompt, "ı")).problem, PromptProblem::None);
    EXPECT_EQ(checkPrompt(times(kLongestPrompt, "🔴")).characters, 4000U);
    const PromptCheck tooLong = checkPrompt(times(kLongestPrompt + 1, "ş"));
    EXPECT_EQ(tooLong.problem, PromptProblem::TooLong);
    EXPECT_EQ(ruleOf(tooLong), "has 4001 characters; at most 4000 are possible");
    EXPECT_EQ(checkPrompt("\xff\xc3 x\xf0\x9f").characters, 6U) << "what is not UTF-8 counts byte by byte";
}

TEST(JobLimits, WhatCannotBeSeenIsRefusedAndLineBreaksAreNot)
{
    EXPECT_EQ(checkPrompt("a red\r\n\tcircle").problem, PromptProblem::None);
    EXPECT_EQ(checkPrompt("kırmızı DAİRE \u202eelcric\u202c 👩‍👩‍👧").problem, PromptProblem::None);
    for (const std::string& bad : {std::string("nul\0circle", 10), std::string("\x1b[31m"), std::string("bell\a"),
             std::string("\x7f"), std::string("\xc2\x9b") + "2J"})
        EXPECT_EQ(checkPrompt(bad).problem, PromptProblem::Control) << bad;
    EXPECT_EQ(ruleOf(checkPrompt(std::string("\0", 1))), "holds the control character U+0000");
    EXPECT_EQ(checkPrompt(" \r\n\t").problem, PromptProblem::Empty);
}

TEST(JobLimits, EveryPicturesSeedCanBeGivenBack)
{
    EXPECT_EQ(seedOfPicture(7, 0), 7U);
    EXPECT_EQ(seedOfPicture(7, 3), 10U);
    EXPECT_EQ(seedOfPicture(static_cast<std::uint64_t>(kLargestSeed), 1), 0U);
    EXPECT_EQ(static_cast<std::int64_t>(static_cast<double>(kLargestSeed)), kLargestSeed);
}

TEST(WorkerCodes, EachIsReadBackAndMeansTheSameOnBothSides)
{
    for (int i = 0; i <= static_cast<int>(WorkerCode::Task); ++i) {
        const auto code = static_cast<WorkerCode>(i);
        ASSERT_FALSE(toString(code).empty()) << i;
        EXPECT_EQ(workerCodeFromString(toString(code)), code);
    }
    EXPECT_EQ(meaningOf(WorkerCode::OutputTooLarge), ErrorCode::OutputTooLarge);
    EXPECT_EQ(workerCodeFromString("E_OOM"), WorkerCode::OutOfMemory);
    EXPECT_FALSE(workerCodeFromString("E_NEW"));
}

} // namespace
} // namespace visgate
