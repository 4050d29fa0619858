// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/watchdog.h"

#include <gtest/gtest.h>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using Verdict = Watchdog::Verdict;
using Outcome = Watchdog::Outcome;

class WatchdogTest : public testing::Test {
protected:
    static Watchdog::Limits limits()
    {
        Watchdog::Limits limits;
        limits.idle = 100s;
        limits.load = 600s;
        limits.loadSilence = 60s;
        limits.stepLeast = 60s;
        limits.failures = 3;
        return limits;
    }
    void load()
    {
        watchdog.loadStarted();
        watchdog.loaded();
    }
    /// A job of `steps` steps of this length.
    void work(int steps, std::chrono::seconds length, Outcome outcome = Outcome::Success)
    {
        watchdog.jobStarted(1h);
        for (int i = 0; i < steps; ++i) {
            clock.advance(length);
            watchdog.stepDone();
        }
        watchdog.jobEnded(outcome);
    }

    VirtualClock clock{TimePoint{}};
    Watchdog watchdog{clock, limits()};
};

TEST_F(WatchdogTest, AFetchMayTakeLongAndNotBeSilent)
{
    watchdog.fetchStarted();
    for (int i = 0; i < 60; ++i) {
        clock.advance(59s);
        EXPECT_EQ(watchdog.check(), Verdict::Fine) << "longer than a load may take";
        watchdog.loadMoved();
    }
    clock.advance(61s);
    EXPECT_EQ(watchdog.check(), Verdict::FetchTimedOut);
    watchdog.loadStarted();
    EXPECT_EQ(watchdog.check(), Verdict::Fine) << "the load has its own time";
}

TEST_F(WatchdogTest, IdleCountsFromReadyWhenNoJobComes)
{
    watchdog.loadStarted();
    clock.advance(50s);
    watchdog.loaded();
    clock.advance(99s);
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
    clock.advance(1s);
    EXPECT_EQ(watchdog.check(), Verdict::Idle);
}

TEST_F(WatchdogTest, IdleCountsFromTheEndOfTheLastJobAndNeverDuringOne)
{
    load();
    clock.advance(99s);
    watchdog.jobStarted(1h);
    for (int i = 0; i < 10; ++i) {
        clock.advance(50s);
        watchdog.stepDone();
        EXPECT_EQ(watchdog.check(), Verdict::Fine);
    }
    watchdog.jobEnded(Outcome::Success);
    clock.advance(99s);
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
    clock.advance(1s);
    EXPECT_EQ(watchdog.check(), Verdict::Idle);
}

TEST(WatchdogLimits, OnASlowComputerEachPhaseTakesLongerAndNothingElse)
{
    const Watchdog::Limits usual;
    const Watchdog::Limits slower = usual.slower(30);
    EXPECT_EQ(slower.stepLeast, 30 * usual.stepLeast);
    EXPECT_EQ(slower.decode, 30 * usual.decode);
    EXPECT_EQ(slower.load, 30 * usual.load);
    EXPECT_EQ(slower.idle, usual.idle);
    EXPECT_EQ(slower.upload, usual.upload) << "the network is as fast as anybody's";
    EXPECT_EQ(slower.failures, usual.failures);
}

TEST_F(WatchdogTest, AJumpOfTheWallClockIsNoIdleness)
{
    load();
    clock.jumpWall(24h);
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
}

TEST_F(WatchdogTest, ASilentLoadEndsSoonerThanAMovingOne)
{
    watchdog.loadStarted();
    for (int i = 0; i < 11; ++i) {
        clock.advance(50s);
        EXPECT_EQ(watchdog.check(), Verdict::Fine);
        watchdog.loadMoved();
    }
    clock.advance(50s);
    EXPECT_EQ(watchdog.check(), Verdict::Fine); // 600 s, no longer silent than 50 s
    clock.advance(1s);
    EXPECT_EQ(watchdog.check(), Verdict::LoadTimedOut);

    watchdog.loadStarted();
    clock.advance(61s);
    EXPECT_EQ(watchdog.check(), Verdict::LoadTimedOut);
}

TEST_F(WatchdogTest, AStepMayTakeAMinuteOrTwentyTimesTheMedian)
{
    load();
    watchdog.jobStarted(1h);
    clock.advance(60s);
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
    clock.advance(1s);
    EXPECT_EQ(watchdog.check(), Verdict::PhaseTimedOut);
    watchdog.jobEnded(Outcome::Failure);

    work(9, 10s);
    watchdog.jobStarted(1h);
    clock.advance(200s);
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
    clock.advance(1s);
    EXPECT_EQ(watchdog.check(), Verdict::PhaseTimedOut);
}

TEST_F(WatchdogTest, EachPhaseHasADeadlineOfItsOwnButForTheDelivery)
{
    using Phase = Watchdog::Phase;
    load();
    watchdog.jobStarted(24h);
    const std::vector<std::pair<Phase, std::chrono::seconds>> limits{{Phase::EncodeText, 180s}, {Phase::Step, 60s},
        {Phase::Decode, 180s}, {Phase::EncodeFile, 120s}, {Phase::Upload, 600s}};
    for (const auto& [phase, limit] : limits) {
        watchdog.enter(phase);
        EXPECT_EQ(watchdog.phase(), phase);
        clock.advance(limit);
        EXPECT_EQ(watchdog.check(), Verdict::Fine);
        clock.advance(1s);
        EXPECT_EQ(watchdog.check(), Verdict::PhaseTimedOut);
    }
    watchdog.enter(Phase::Deliver);
    clock.advance(48h);
    EXPECT_EQ(watchdog.check(), Verdict::Fine) << "nor does the job's own deadline, or idleness, end it";
}

TEST_F(WatchdogTest, AJobHasItsDeadlineHoweverWellItMoves)
{
    load();
    watchdog.jobStarted(30s);
    clock.advance(20s);
    watchdog.stepDone();
    EXPECT_EQ(watchdog.check(), Verdict::Fine);
    clock.advance(11s);
    watchdog.stepDone();
    EXPECT_EQ(watchdog.check(), Verdict::JobTimedOut);
}

TEST_F(WatchdogTest, TheSecondLossOfTheRunnerInARowIsTheLast)
{
    load();
    EXPECT_FALSE(watchdog.wouldLeaveAfter(Outcome::Crash));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Crash));
    EXPECT_FALSE(watchdog.wouldLeaveAfter(Outcome::Failure));
    EXPECT_TRUE(watchdog.wouldLeaveAfter(Outcome::Crash));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Success));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Crash));
    EXPECT_TRUE(watchdog.jobEnded(Outcome::Crash));
}

TEST_F(WatchdogTest, OnlyRuntimeFailuresInARowCount)
{
    load();
    for (int i = 0; i < 10; ++i) {
        watchdog.jobStarted(1h);
        EXPECT_FALSE(watchdog.jobEnded(Outcome::BadInput));
    }
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Failure));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Failure));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Success));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Failure));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Stopped));
    EXPECT_FALSE(watchdog.jobEnded(Outcome::Failure));
    EXPECT_TRUE(watchdog.wouldLeaveAfter(Outcome::Failure));
    EXPECT_TRUE(watchdog.jobEnded(Outcome::Failure));
}

} // namespace
} // namespace visgate::worker
