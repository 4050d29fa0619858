// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_verdicts.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kPatience = 20s;
constexpr int kEnough = 5; ///< denials in a row

/// A job that the provider took, and a clock that goes as it is told.
struct JobVerdictRules : testing::Test {
    JobVerdictRules()
    {
        job.status = JobStatus::InProgress;
        job.workerId = u"w1"_s;
        job.createdAt = TimePoint(std::chrono::hours(500'000));
        job.sentAt = job.createdAt;
    }

    [[nodiscard]] JobVerdicts::Moment after(std::chrono::seconds passed) const
    {
        return {*job.sentAt + passed, MonotonicPoint(passed), 600s};
    }

    /// Denied so many times, each a second after the last, from `from` on.
    std::optional<JobVerdicts::Verdict> deny(int times, std::chrono::seconds from)
    {
        std::optional<JobVerdicts::Verdict> verdict;
        for (int i = 0; i < times; ++i)
            verdict = verdicts.onDenied(job, after(from + std::chrono::seconds(i)), kPatience, answer);
        return verdict;
    }

    Job job;
    JobVerdicts verdicts;
    Error answer{ErrorCode::NotFound, {}, 404, "request-1", {}};
};

TEST_F(JobVerdictRules, ADenialIsBelievedWhenItRepeatsForLongEnough)
{
    EXPECT_FALSE(deny(kEnough, 1s)) << "often, but within a few seconds";
    const auto verdict = deny(1, 1s + kPatience);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->status, JobStatus::Failed);
    EXPECT_EQ(verdict->error.code, ErrorCode::JobVanished);
    EXPECT_EQ(verdict->error.requestId, "request-1");
}

TEST_F(JobVerdictRules, AWordOfTheJobBetweenTwoDenialsBeginsThemAnew)
{
    EXPECT_FALSE(deny(kEnough - 1, 1s));
    verdicts.onHeard(after(10s).now);
    EXPECT_FALSE(deny(kEnough - 1, 40s)) << "long enough, but not often enough since";
    EXPECT_FALSE(deny(1, 44s));
    EXPECT_TRUE(deny(1, 40s + kPatience));
}

TEST_F(JobVerdictRules, WhatMayHaveExpiredIsSaidToHave)
{
    const auto verdict = deny(kEnough, 31min);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->error.code, ErrorCode::ResultExpired);
}

TEST_F(JobVerdictRules, WhatTheQueueDroppedHasTimedOut)
{
    verdicts.onHeard(after(24h).now); // it spoke of it a moment ago
    const auto verdict = deny(kEnough, 24h + 1min);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->status, JobStatus::TimedOut);
    EXPECT_EQ(verdict->error.code, ErrorCode::JobTimedOut);
}

TEST_F(JobVerdictRules, AJobGivenToAnotherWorkerHasItsWholeTimeAgain)
{
    EXPECT_FALSE(verdicts.isPastItsEnd(job, after(0s)));
    EXPECT_FALSE(verdicts.isPastItsEnd(job, after(650s)));
    job.workerId = u"w2"_s;
    EXPECT_FALSE(verdicts.isPastItsEnd(job, after(661s)));
    EXPECT_FALSE(verdicts.isPastItsEnd(job, after(1300s)));
    EXPECT_TRUE(verdicts.isPastItsEnd(job, after(1330s)));
}

TEST_F(JobVerdictRules, AJobThatNobodyBeginsEndsAfterTheQueueWouldHaveDroppedIt)
{
    job.status = JobStatus::InQueue;
    EXPECT_FALSE(verdicts.isPastItsEnd(job, after(600s)));
    EXPECT_TRUE(verdicts.isPastItsEnd(job, after(24h * 8)));
}

TEST_F(JobVerdictRules, TheReasonIsWhatTheWorkerSaidLast)
{
    EXPECT_EQ(verdicts.overdue(600s, {}).code, ErrorCode::JobTimedOut);
    EXPECT_EQ(verdicts.overdue(600s, {}).arguments, std::vector<std::string>{"10"});
    verdicts.onMade();
    const Error withheld = verdicts.overdue(600s, "uploading");
    EXPECT_EQ(withheld.code, ErrorCode::ResultWithheld);
    EXPECT_EQ(withheld.detail, "\"uploading\"");
}

} // namespace
} // namespace visgate
