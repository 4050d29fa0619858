// SPDX-License-Identifier: GPL-3.0-or-later
// How looks become spans, and many spans few: gaps stay gaps, and nothing that cost disappears.
#include "core/domain/metrics/spans.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kSpanUnseen = 60s;

TimePoint spanMoment(std::chrono::seconds time)
{
    return TimePoint(std::chrono::seconds(1'790'000'040) + time); // a whole minute
}

/// So many workers run; one costs a dollar an hour.
WorkerSpan spanLasting(std::chrono::seconds from, std::chrono::seconds until, int running, double usd = 0.0)
{
    WorkerSpan span;
    span.from = spanMoment(from);
    span.until = spanMoment(until);
    span.workers.running = running;
    if (running > 0) {
        span.gpus = {{u"NVIDIA A40"_s, running}};
        span.regions = {{u"EU-RO-1"_s, running}};
    }
    span.usdPerHour = running;
    span.usd = usd;
    return span;
}

WorkerSpan spanSeen(std::chrono::seconds at, int running, double usd = 0.0)
{
    return spanLasting(at, at, running, usd);
}

double usdOfSpans(const QList<WorkerSpan>& spans)
{
    double usd = 0.0;
    for (const WorkerSpan& span : spans)
        usd += span.usdPerHour * std::chrono::duration<double>(span.until - span.from).count();
    return usd;
}

TEST(Spans, WhatDoesNotChangeGoesOnAndWhatChangesBeginsWhereItEnds)
{
    QList<WorkerSpan> spans;
    takeIn(spans, spanSeen(0s, 1, 0.1), kSpanUnseen);
    takeIn(spans, spanSeen(40s, 1, 0.2), kSpanUnseen);
    EXPECT_EQ(spans, (QList{spanLasting(0s, 40s, 1, 0.2)}));
    takeIn(spans, spanSeen(50s, 2, 0.3), kSpanUnseen);
    EXPECT_EQ(spans, (QList{spanLasting(0s, 50s, 1, 0.3), spanLasting(50s, 50s, 2, 0.3)}));
    takeIn(spans, spanSeen(110s, 2, 0.5), kSpanUnseen);
    EXPECT_EQ(spans.last(), spanLasting(50s, 110s, 2, 0.5)) << "just within what may pass unseen";
}

TEST(Spans, EachFigureThatIsChartedBeginsANewOne)
{
    const WorkerSpan first = spanSeen(0s, 1);
    QList<WorkerSpan> others(6, spanSeen(1s, 1));
    others[0].gpus = {{QString(), 1}};
    others[1].regions.clear();
    others[2].jobsRunning = 1;
    others[3].jobsWaiting = 1;
    others[4].usdPerHour = 0.5;
    others[5].workers.max = 3;
    for (const WorkerSpan& other : others) {
        QList<WorkerSpan> spans{first};
        takeIn(spans, other, kSpanUnseen);
        EXPECT_EQ(spans.size(), 2);
    }
}

TEST(Spans, ASilenceIsAGap)
{
    QList<WorkerSpan> spans{spanLasting(0s, 10s, 1)};
    takeIn(spans, spanSeen(71s, 1), kSpanUnseen);
    EXPECT_EQ(spans, (QList{spanLasting(0s, 10s, 1), spanSeen(71s, 1)}));
    takeIn(spans, spanSeen(72s, 1), 0s);
    EXPECT_EQ(spans.size(), 3) << "after a sleep nothing is taken to have gone on";
}

TEST(Spans, AClockThatIsSetBackNeitherRepeatsNorStopsTheHistory)
{
    QList<WorkerSpan> spans{spanLasting(0s, 100s, 1)};
    takeIn(spans, spanSeen(98s, 2), kSpanUnseen);
    EXPECT_EQ(spans, (QList{spanLasting(0s, 100s, 1)})) << "corrected by a moment: the next look tells";
    takeIn(spans, spanSeen(-3600s, 2), kSpanUnseen);
    EXPECT_EQ(spans.last(), spanSeen(-3600s, 2)) << "an hour: it goes on from there";
}

TEST(Spans, OnlyThrottledWorkersCostNothing)
{
    WorkerSpan span = spanSeen(0s, 0);
    span.workers.throttled = 3;
    EXPECT_FALSE(costs(span));
    span.workers.unhealthy = 1;
    EXPECT_TRUE(costs(span));
}

TEST(Thinning, FewAreLeftAsTheyAre)
{
    const QList<WorkerSpan> spans{spanLasting(0s, 10s, 1), spanLasting(10s, 20s, 2)};
    EXPECT_EQ(thinned(spans, 2), spans);
    EXPECT_TRUE(thinned({}, 1).isEmpty());
    EXPECT_EQ(thinned(spans, 0).size(), 1) << "one at least";
}

TEST(Thinning, ShortNeighboursBecomeOneWithWhatHeldLongest)
{
    const QList<WorkerSpan> spans{spanLasting(0s, 1000s, 1, 1.0), spanLasting(1000s, 1002s, 2, 1.1),
        spanLasting(1002s, 1010s, 3, 1.2), spanLasting(1010s, 3000s, 1, 2.0)};
    const auto few = thinned(spans, 3);
    ASSERT_EQ(few.size(), 3);
    EXPECT_EQ(few[1].from, spanMoment(1000s));
    EXPECT_EQ(few[1].until, spanMoment(1010s));
    EXPECT_EQ(few[1].workers.running, 3);
    EXPECT_EQ(few[1].usd, 1.2) << "as it was at its end";
    EXPECT_NEAR(usdOfSpans(few), usdOfSpans(spans), 1e-6) << "the money is the same";
    EXPECT_EQ(few[0], spans[0]);
    EXPECT_EQ(few[2], spans[3]);
}

TEST(Thinning, AGapStaysAGap)
{
    QList<WorkerSpan> spans;
    for (int i = 0; i < 40; ++i)
        spans.append(
            spanLasting(std::chrono::seconds(i * 10), std::chrono::seconds(i * 10 + (i % 10 == 9 ? 5 : 10)), i % 2));
    const auto few = thinned(spans, 2);
    ASSERT_EQ(few.size(), 4) << "four pieces that do not touch";
    for (qsizetype i = 0; i < 4; ++i) {
        EXPECT_EQ(few[i].from, spanMoment(std::chrono::seconds(i * 100)));
        EXPECT_EQ(few[i].until, spanMoment(std::chrono::seconds(i * 100 + 95)));
    }
}

TEST(Thinning, AWorkerThatCostDoesNotDisappearInWhatIsEmpty)
{
    // A second of work in each hour of a day.
    QList<WorkerSpan> spans;
    for (int hour = 0; hour < 24; ++hour) {
        const std::chrono::seconds begin = std::chrono::hours(hour);
        spans << spanLasting(begin, begin + 1s, 1) << spanLasting(begin + 1s, begin + 3600s, 0);
    }
    for (const int most : {47, 10, 1}) {
        const auto few = thinned(spans, most);
        EXPECT_LE(few.size(), most);
        EXPECT_TRUE(std::any_of(
            few.cbegin(), few.cend(), [](const WorkerSpan& it) { return it.gpus.value(u"NVIDIA A40"_s) == 1; }));
        EXPECT_NEAR(usdOfSpans(few), usdOfSpans(spans), 1e-6);
    }
    // What does not cost is put together first.
    const QList<WorkerSpan> mixed{spanLasting(0s, 5s, 1), spanLasting(5s, 1000s, 0), spanLasting(1000s, 2000s, 0, 0.1),
        spanLasting(2000s, 2005s, 2)};
    QList<WorkerSpan> apart = mixed;
    apart[1].jobsWaiting = 1;
    const auto few = thinned(apart, 3);
    ASSERT_EQ(few.size(), 3);
    EXPECT_EQ(few.first(), apart.first());
    EXPECT_EQ(few.last(), apart.last());
}

TEST(Thinning, OnATieWhatCostsIsShown)
{
    EXPECT_EQ(thinned({spanLasting(0s, 10s, 0), spanLasting(10s, 20s, 1)}, 1).constFirst().workers.running, 1);
    EXPECT_EQ(thinned({spanSeen(0s, 0), spanSeen(0s, 1)}, 1).constFirst().workers.running, 1);
}

TEST(Thinning, AMonthOfEverySecondIsQuick)
{
    QList<WorkerSpan> spans;
    for (int i = 0; i < 40'000; ++i)
        spans.append(spanLasting(std::chrono::seconds(i), std::chrono::seconds(i + 1), i % 3));
    const auto few = thinned(spans, 1000);
    EXPECT_EQ(few.size(), 1000);
    EXPECT_NEAR(usdOfSpans(few), usdOfSpans(spans), 1e-3);
    for (qsizetype i = 1; i < few.size(); ++i)
        ASSERT_EQ(few[i].from, few[i - 1].until);
}

TEST(Coarsening, ShortOnesOfAMinuteBecomeOneAndLongOnesStay)
{
    const QList<WorkerSpan> spans{spanLasting(-600s, 5s, 0), spanLasting(5s, 20s, 1), spanLasting(20s, 30s, 2),
        spanLasting(30s, 50s, 3), spanLasting(50s, 70s, 1), spanLasting(70s, 4000s, 0)};
    const auto coarse = coarsened(spans, 60s);
    ASSERT_EQ(coarse.size(), 3);
    EXPECT_EQ(coarse[0], spans[0]);
    EXPECT_EQ(coarse[1].from, spanMoment(5s));
    EXPECT_EQ(coarse[1].until, spanMoment(70s)) << "all that begin in that minute";
    EXPECT_EQ(coarse[1].workers.running, 1) << "35 of the seconds";
    EXPECT_EQ(coarse[2], spans[5]) << "hours without a worker do not become hours with one";
    EXPECT_NEAR(usdOfSpans(coarse), usdOfSpans(spans), 1e-6);
    EXPECT_EQ(coarsened(coarse, 60s), coarse) << "done once it is done";
}

TEST(Coarsening, GapsStay)
{
    const QList<WorkerSpan> spans{spanLasting(0s, 5s, 1), spanLasting(10s, 15s, 1), spanLasting(15s, 20s, 2)};
    EXPECT_EQ(coarsened(spans, 600s).size(), 2);
}

} // namespace
} // namespace visgate
