// SPDX-License-Identifier: GPL-3.0-or-later
// What looks at a worker list are turned into: money by cause.
#include "core/domain/money/cost.h"

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = WorkerSight::State;

constexpr double kPrice = 3.6; // a tenth of a cent a second

class Meter {
public:
    CostMeter::Rules rules;

    void look(int at, const QList<WorkerSight>& sights)
    {
        add(meter.onWorkers(sights, MonotonicPoint(std::chrono::seconds(at)), rules));
    }
    void add(const QList<CostShare>& shares)
    {
        for (const CostShare& share : shares)
            seconds[share.cause] += share.seconds;
    }
    [[nodiscard]] double total() const
    {
        double sum = 0;
        for (const auto& [cause, time] : seconds)
            sum += time;
        return sum;
    }

    CostMeter meter;
    std::map<CostCause, double> seconds;
};

WorkerSight sight(State state, std::optional<int> age = {}, const QString& worker = u"w"_s)
{
    return {worker, state, age ? std::optional(std::chrono::seconds(*age)) : std::nullopt, kPrice};
}

TEST(CostMeter, CountsAWorkerWhoseAgeNobodyTells)
{
    Meter meter;
    WorkerSight speaks = sight(State::Starting);
    meter.look(0, {speaks});
    EXPECT_EQ(meter.meter.usdPerHourNow(), 0.0) << "its image may be on the way";
    speaks.heard = true;
    meter.look(10, {speaks});
    EXPECT_DOUBLE_EQ(meter.meter.usdPerHourNow(), kPrice) << "whatever speaks has a container";
    meter.look(20, {speaks});
    meter.look(30, {sight(State::Busy)});
    meter.look(40, {sight(State::Busy)});
    EXPECT_DOUBLE_EQ(meter.total(), 30);
    EXPECT_DOUBLE_EQ(meter.meter.usdPerHourNow(), kPrice);
}

TEST(CostMeter, AContainersFirstSecondCostsAsMuchAnHourAsTheNext)
{
    Meter meter;
    meter.look(0, {sight(State::Starting, 0)});
    EXPECT_DOUBLE_EQ(meter.meter.usdPerHourNow(), kPrice);
}

TEST(CostMeter, GoesOnWhereAnotherStood)
{
    Meter first;
    first.look(0, {sight(State::Busy, 0)});
    first.look(10, {sight(State::Busy, 10)});
    Meter second;
    second.meter.resume(first.meter.handOver());
    EXPECT_EQ(first.meter.usdPerHourNow(), 0.0);
    second.look(20, {sight(State::Busy, 20)});
    EXPECT_DOUBLE_EQ(first.total() + second.total(), 20) << "nothing twice, nothing lost";
}

TEST(CostMeter, WhatIsOnlyRememberedCostsNothingNow)
{
    Meter meter;
    meter.rules.limits.idleTimeout = 5s;
    meter.look(0, {sight(State::Busy, 0)});
    meter.look(10, {sight(State::Idle, 10)});
    EXPECT_DOUBLE_EQ(meter.meter.usdPerHourNow(), kPrice) << "still in its idle time";
    meter.look(40, {sight(State::Idle, 40)});
    meter.look(50, {sight(State::Idle, 50)});
    EXPECT_EQ(meter.meter.usdPerHourNow(), 0.0);
}

TEST(CostMeter, TellsStartPictureAndIdleTimeApart)
{
    Meter meter;
    meter.look(0, {sight(State::Waiting)});
    meter.look(10, {sight(State::Starting)}); // the image is on its way
    meter.look(15, {sight(State::Starting)});
    EXPECT_EQ(meter.total(), 0) << "no container yet";
    meter.look(20, {sight(State::Starting, 5)});
    meter.look(40, {sight(State::Starting, 25)});
    meter.look(42, {sight(State::Busy, 27)});
    meter.look(50, {sight(State::Busy, 35)});
    meter.look(52, {sight(State::Idle, 37)});
    meter.look(54, {sight(State::Idle, 39)});
    EXPECT_DOUBLE_EQ(meter.meter.usdPerHourNow(), kPrice);
    meter.look(56, {});
    EXPECT_EQ(meter.seconds[CostCause::ColdStart], 27);
    EXPECT_EQ(meter.seconds[CostCause::Picture], 10);
    EXPECT_EQ(meter.seconds[CostCause::Idle], 4) << "as long as it may have stayed since the last look";
    EXPECT_EQ(meter.meter.usdPerHourNow(), 0);
}

TEST(CostMeter, MakesUpForLooksThatWereMissed)
{
    Meter meter;
    meter.look(0, {sight(State::Busy, 10)});
    meter.look(3600, {sight(State::Busy, 3610)}); // the lid was closed
    EXPECT_EQ(meter.total(), 3610);
    meter.look(7200, {});
    EXPECT_LE(meter.total(), 3610 + 605) << "its limits have ended it long before";
}

TEST(CostMeter, GoesOnAfterARestartWithoutCountingTwice)
{
    Meter meter;
    meter.look(0, {sight(State::Busy, 100)});
    Meter again;
    again.meter.resume(meter.meter.workers());
    again.look(500, {sight(State::Busy, 160)});
    EXPECT_EQ(again.total(), 60);
}

TEST(CostMeter, AStartThatNeverCameUpIsAStuckStarts)
{
    Meter meter;
    meter.look(0, {sight(State::Starting, 0)});
    meter.look(400, {sight(State::Starting, 400)});
    meter.look(420, {sight(State::Broken)});
    EXPECT_EQ(meter.seconds[CostCause::ColdStart], 0);
    EXPECT_EQ(meter.seconds[CostCause::StuckStart], 420);
    meter.look(440, {sight(State::Starting, 10)});
    meter.add(meter.meter.onStartGivenUp());
    EXPECT_EQ(meter.seconds[CostCause::StuckStart], 430);
}

TEST(CostMeter, ANewContainerInTheSamePlaceBeginsAnew)
{
    Meter meter;
    meter.look(0, {sight(State::Busy, 50)});
    meter.look(20, {sight(State::Busy, 4)});
    EXPECT_EQ(meter.total(), 54);
}

TEST(CostMeter, AnIdleWorkerBeyondItsTimeOutIsOnlyRemembered)
{
    Meter meter;
    meter.look(0, {sight(State::Busy, 10)});
    for (int at = 1; at <= 300; ++at)
        meter.look(at, {sight(State::Idle, 10 + at)});
    EXPECT_LE(meter.seconds[CostCause::Idle], 10);
    Meter kept;
    kept.rules.keepsWarm = true;
    kept.rules.limits.workersMin = 1;
    kept.look(0, {sight(State::Busy, 10)});
    for (int at = 1; at <= 300; ++at)
        kept.look(at, {sight(State::Idle, 10 + at)});
    EXPECT_GE(kept.seconds[CostCause::KeepWarm], 298);
}

TEST(CostMeter, CountsAJobWhoseWorkerNoLookHasSeen)
{
    Meter meter;
    meter.add(meter.meter.onJobEnded(u"passing"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.seconds[CostCause::Picture], 3);
    EXPECT_EQ(meter.seconds[CostCause::Idle], 5);
    meter.look(0, {sight(State::Busy, 10)});
    meter.add(meter.meter.onJobEnded(u"w"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.seconds[CostCause::Picture] + meter.seconds[CostCause::ColdStart], 13) << "that one was seen";
}

TEST(CostMeter, CountsAJobBeforeTheNextLook)
{
    Meter meter;
    meter.look(0, {sight(State::Busy, 0)});
    EXPECT_EQ(meter.total(), 0);
    meter.add(meter.meter.onJobEnded(u"w"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.seconds[CostCause::Picture], 3);
    meter.add(meter.meter.onJobEnded(u"w"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.total(), 3) << "no more than is certain";
    meter.look(9, {sight(State::Busy, 9)});
    EXPECT_EQ(meter.total(), 9) << "nothing twice";
}

TEST(CostMeter, CountsAJobOfAWorkerThatWaitedAtTheLastLook)
{
    Meter meter;
    meter.look(0, {sight(State::Waiting)});
    meter.add(meter.meter.onJobEnded(u"w"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.seconds[CostCause::Picture], 3);
    EXPECT_GT(meter.meter.usdPerHourNow(), 0.0) << "its container is there";
    meter.look(9, {sight(State::Idle, 9)});
    EXPECT_EQ(meter.total(), 9) << "nothing twice";
    meter.look(11, {sight(State::Waiting)});
    const double whole = meter.total();
    meter.add(meter.meter.onJobEnded(u"w"_s, 2500ms, kPrice, meter.rules));
    EXPECT_EQ(meter.total(), whole) << "told late: its container's end was counted";
}

TEST(CostMeter, AContainerOlderThanTheDeploymentIsSomebodyElses)
{
    Meter meter;
    meter.rules.ours = 20s;
    meter.look(0, {sight(State::Idle, 5000)});
    EXPECT_LE(meter.total(), 20);
}

TEST(StartBilling, IsLearntFromBillsThatSaySo)
{
    StartBillingVotes votes;
    EXPECT_EQ(votes.verdict(), StartBilling::Unknown);
    votes.count(1.0, 0.01, 0.5); // hardly any start in it
    votes.count(1.0, 0.5, 0.75); // between the two
    EXPECT_EQ(votes.verdict(), StartBilling::Unknown);
    for (int i = 0; i < 4; ++i)
        votes.count(1.0, 0.5, 0.52);
    EXPECT_EQ(votes.verdict(), StartBilling::Free);
    votes.count(1.0, 0.5, 0.98);
    EXPECT_EQ(votes.verdict(), StartBilling::Free) << "one of five";
    votes.count(1.0, 0.5, 0.98);
    EXPECT_EQ(votes.verdict(), StartBilling::Unknown) << "in doubt it is dear";
}

TEST(Quote, TheWorstCaseCoversWhatTheLimitsAllow)
{
    EndpointLimits limits;
    const PriceQuote one = quotePrice(2.0, 60, 10, limits);
    EXPECT_DOUBLE_EQ(one.usdPerHour, 2.0);
    EXPECT_NEAR(one.firstPicture, 2.0 * 75 / 3600, 1e-9);
    EXPECT_NEAR(one.nextPicture, 2.0 * 10 / 3600, 1e-9);
    EXPECT_EQ(one.idlePerDay, 0.0);
    const double life = static_cast<double>(requestTimeToLive(limits.executionTimeout).count());
    EXPECT_GT(one.worstCase, 2.0 * (life + 420 + 5) / 3600) << "a start over and over until the request expires";
    limits.workersMax = 3;
    EXPECT_NEAR(quotePrice(2.0, 60, 10, limits).worstCase, 3 * one.worstCase, 1e-9);
    limits.workersMin = 1;
    EXPECT_DOUBLE_EQ(quotePrice(2.0, 60, 10, limits).idlePerDay, 48.0);
    EXPECT_GT(quotePrice(2.0, 60, 10, limits).worstCase, 3 * one.worstCase + 7 * 48.0);
}

} // namespace
} // namespace visgate
