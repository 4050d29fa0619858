// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/request_budget.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;

const MonotonicPoint kNow{1000s};

RequestBudget budgetWith(int remaining, int resetsIn)
{
    RequestBudget budget;
    budget.learn(QStringLiteral("\"minute\";r=%1;t=%2, \"hour\";r=2800;t=1812").arg(remaining).arg(resetsIn).toLatin1(),
        R"("minute";q=60;w=60, "hour";q=3000;w=3600)", kNow);
    return budget;
}

TEST(RequestBudget, KnowsNothingBeforeTheFirstHeader)
{
    const RequestBudget budget;
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 0ms);
    EXPECT_EQ(budget.remaining(kNow), std::nullopt);
}

TEST(RequestBudget, DoesNotSlowDownWhileThereIsPlenty)
{
    RequestBudget budget = budgetWith(40, 50);
    budget.spend(kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 0ms);
    EXPECT_EQ(budget.remaining(kNow), 39);
}

TEST(RequestBudget, SpreadsTheLastQuarterOverTheRestOfTheWindow)
{
    RequestBudget budget = budgetWith(13, 40);
    budget.spend(kNow);
    // 12 left, 5 of them for urgent calls: 7 in 40 s.
    const auto wait = budget.delayFor(HttpPriority::Normal, kNow);
    EXPECT_GT(wait, 5500ms);
    EXPECT_LT(wait, 6000ms);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow), 0ms);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow + 6s), 0ms);
}

TEST(RequestBudget, NeverRunsIntoThe429InAMinuteOfPolling)
{
    // A service that allows 60 a minute and refuses the 61st; a client that would like to ask every 100 ms.
    RequestBudget budget = budgetWith(60, 60);
    int served = 0;
    for (MonotonicPoint now = kNow; now < kNow + 60s; now += 100ms) {
        if (budget.delayFor(HttpPriority::Normal, now) > 0ms)
            continue;
        budget.spend(now);
        ++served;
        ASSERT_LE(served, 60);
        const auto left = std::chrono::ceil<std::chrono::seconds>(kNow + 60s - now).count();
        budget.learn(QStringLiteral("\"minute\";r=%1;t=%2").arg(60 - served).arg(left).toLatin1(), {}, now);
    }
    EXPECT_GE(served, 50);
    EXPECT_LE(served, 55) << "the reserve for urgent calls is untouched";
}

TEST(RequestBudget, KeepsTheLastTwelfthForUrgentCalls)
{
    const RequestBudget budget = budgetWith(5, 12);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 12s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow), 0ms);
    const RequestBudget empty = budgetWith(0, 12);
    EXPECT_EQ(empty.delayFor(HttpPriority::Urgent, kNow), 12s);
}

TEST(RequestBudget, AWindowThatIsOverBindsNobody)
{
    const RequestBudget budget = budgetWith(0, 12);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow + 13s), 0ms);
    EXPECT_EQ(budget.remaining(kNow + 13s), 2800);
}

TEST(RequestBudget, ARefusalStopsEverything)
{
    RequestBudget budget;
    budget.refuse(7s, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 7s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow + 5s), 2s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow + 8s), 0ms);
}

TEST(RequestBudget, ReadsTheHubsForm)
{
    RequestBudget budget;
    budget.learn(R"("api";r=0;t=55)", R"("fixed window";"api";q=500;w=300)", kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 55s);
    EXPECT_EQ(budget.remaining(kNow), 0);
}

TEST(RequestBudget, GarbageTeachesNothing)
{
    RequestBudget budget;
    for (const char* text : {"", ",,,;;;===", "r=1;t=2", "\"minute\"", "\"minute\";r=x;t=y", "\"minute\";r=5",
             "\"a\";r=99999999999999;t=5", "\"minute\";r=-5;t=-9"})
        budget.learn(text, text, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Normal, kNow), 0ms);
    QByteArray many;
    for (int i = 0; i < 1000; ++i)
        many += "\"w" + QByteArray::number(i) + "\";r=0;t=999999999,";
    budget.learn(many, {}, kNow);
    EXPECT_LE(budget.delayFor(HttpPriority::Normal, kNow), std::chrono::hours(7 * 24));
}

TEST(RetryAfter, IsReadInSecondsAndAsADate)
{
    HttpReply reply;
    EXPECT_EQ(reply.retryAfter(), std::nullopt);
    reply.headers = {{"Retry-After", "12"}};
    EXPECT_EQ(reply.retryAfter(), 12s);
    reply.headers = {{"retry-after", "-3"}};
    EXPECT_EQ(reply.retryAfter(), 0s);
    reply.headers = {{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}};
    EXPECT_EQ(reply.retryAfter(), 0s);
    reply.headers = {{"Retry-After", "soon"}};
    EXPECT_EQ(reply.retryAfter(), std::nullopt);
}

} // namespace
} // namespace visgate
