// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/request_budget.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;
const MonotonicPoint kNow{100'000s};

QByteArray state(int remaining, long long resetsIn)
{
    return QStringLiteral("\"minute\";r=%1;t=%2").arg(remaining).arg(resetsIn).toLatin1();
}

RequestBudget budgetWith(int remaining, int resetsIn)
{
    RequestBudget budget;
    budget.learn(
        state(remaining, resetsIn) + ", \"hour\";r=2800;t=3400", R"("minute";q=60;w=60, "hour";q=3000;w=3600)", kNow);
    return budget;
}

TEST(RequestBudget, KnowsNothingBeforeTheFirstHeader)
{
    const RequestBudget budget;
    EXPECT_EQ(budget.delayFor(HttpPriority::Job, kNow), 0ms);
    EXPECT_EQ(budget.remaining(kNow), std::nullopt);
    EXPECT_EQ(budget.perMinute(), std::nullopt);
}

TEST(RequestBudget, DoesNotSlowAUserDownWhileHalfIsLeft)
{
    RequestBudget budget = budgetWith(40, 50);
    budget.spend(HttpPriority::Create, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Create, kNow), 0ms);
    EXPECT_EQ(budget.delayFor(HttpPriority::Job, kNow), 0ms);
    EXPECT_EQ(budget.remaining(kNow), 39);
    EXPECT_EQ(budget.perMinute(), 50) << "the hour is the tighter one";
}

TEST(RequestBudget, SpreadsTheSecondHalfOverTheRestOfTheWindow)
{
    RequestBudget budget = budgetWith(22, 40);
    // 10 for creates, the rest for urgent ones: two go out as they come, then one in about four seconds.
    int sent = 0;
    while (sent < 10 && budget.delayFor(HttpPriority::Create, kNow) == 0ms) {
        budget.spend(HttpPriority::Create, kNow);
        ++sent;
    }
    EXPECT_GE(sent, 2);
    EXPECT_LE(sent, 4);
    EXPECT_GT(budget.delayFor(HttpPriority::Create, kNow), 1s);
    EXPECT_LT(budget.delayFor(HttpPriority::Create, kNow), 10s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow), 0ms);
    EXPECT_EQ(budget.delayFor(HttpPriority::Create, kNow + 12s), 0ms);
}

TEST(RequestBudget, WhatOthersSendPutsOffNobodysTurn)
{
    // Another client has used more than half of the hour, and our own polling goes on.
    RequestBudget budget;
    budget.learn(R"("hour";r=1400;t=3500)", R"("hour";q=3000;w=3600)", kNow);
    for (MonotonicPoint now = kNow; now < kNow + 2min; now += 1s) {
        budget.spend(HttpPriority::Observe, now);
        for (const HttpPriority priority : {HttpPriority::Urgent, HttpPriority::Create, HttpPriority::Ask})
            ASSERT_EQ(budget.delayFor(priority, now), 0ms) << static_cast<int>(priority);
    }
}

TEST(RequestBudget, TheLastRequestIsForWhatAUserWants)
{
    const auto left = [](int requests) {
        RequestBudget budget;
        budget.learn("\"hour\";r=" + QByteArray::number(requests) + ";t=3000", R"("hour";q=3000;w=3600)", kNow);
        return budget;
    };
    EXPECT_EQ(left(1).delayFor(HttpPriority::Urgent, kNow), 0ms);
    EXPECT_EQ(left(1).delayFor(HttpPriority::Create, kNow), 0ms);
    EXPECT_GT(left(50).delayFor(HttpPriority::Ask, kNow), 1min) << "nobody's question takes it";
    EXPECT_GT(left(75).delayFor(HttpPriority::Job, kNow), 1min);
    EXPECT_GT(left(400).delayFor(HttpPriority::Observe, kNow), 1min);
    // Many creates leave something between them.
    RequestBudget budget = left(40);
    budget.spend(HttpPriority::Create, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Create, kNow), 30s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow), 0ms);
}

TEST(RequestBudget, EachClassLeavesSomethingToThoseBeforeIt)
{
    const auto mayGo
        = [](HttpPriority priority, int remaining) { return budgetWith(remaining, 12).delayFor(priority, kNow) < 12s; };
    EXPECT_TRUE(mayGo(HttpPriority::Urgent, 1));
    EXPECT_FALSE(mayGo(HttpPriority::Urgent, 0));
    EXPECT_TRUE(mayGo(HttpPriority::Create, 1));
    EXPECT_FALSE(mayGo(HttpPriority::Create, 0));
    EXPECT_TRUE(mayGo(HttpPriority::Ask, 13));
    EXPECT_FALSE(mayGo(HttpPriority::Ask, 12));
    EXPECT_TRUE(mayGo(HttpPriority::Job, 16));
    EXPECT_FALSE(mayGo(HttpPriority::Job, 15));
    EXPECT_TRUE(mayGo(HttpPriority::Observe, 25));
    EXPECT_FALSE(mayGo(HttpPriority::Observe, 24));
    EXPECT_FALSE(mayGo(HttpPriority::List, 24));
}

TEST(RequestBudget, BackgroundCallsAreSpreadOverTheWholeWindow)
{
    // 60 a minute: a burst of three, then one every two seconds, whatever a user spends.
    RequestBudget ahead = budgetWith(60, 60);
    for (int i = 0; i < 18; ++i)
        ahead.spend(HttpPriority::Observe, kNow + 5s); // 15 beyond the burst: due after 30 s
    EXPECT_EQ(ahead.delayFor(HttpPriority::Observe, kNow + 5s), 25s);
    RequestBudget user = budgetWith(60, 60);
    for (int i = 0; i < 18; ++i)
        user.spend(HttpPriority::Create, kNow + 5s);
    EXPECT_EQ(user.delayFor(HttpPriority::Observe, kNow + 5s), 0ms);
    EXPECT_EQ(ahead.delayFor(HttpPriority::Create, kNow), 0ms);
}

/// A service with one window of 60 s that counts from its first request and refuses what is too much.
class Service {
public:
    bool serves(MonotonicPoint now)
    {
        if (now >= m_began + 60s) {
            m_began = now;
            m_used = 0;
        }
        return ++m_used <= 60;
    }
    [[nodiscard]] QByteArray header(MonotonicPoint now) const
    {
        return state(60 - m_used, std::chrono::ceil<std::chrono::seconds>(m_began + 60s - now).count());
    }
    [[nodiscard]] int used() const { return m_used; }

private:
    MonotonicPoint m_began = kNow - 60s;
    int m_used = 0;
};

TEST(RequestBudget, NeverRunsIntoThe429InAnHourOfAsking)
{
    for (const HttpPriority priority :
        {HttpPriority::Urgent, HttpPriority::Create, HttpPriority::Ask, HttpPriority::Job, HttpPriority::Observe}) {
        RequestBudget budget;
        Service service;
        int served = 0;
        for (MonotonicPoint now = kNow; now < kNow + 1h; now += 100ms) {
            if (budget.delayFor(priority, now) > 0ms)
                continue;
            budget.spend(priority, now);
            ASSERT_TRUE(service.serves(now)) << "at " << (now - kNow) / 1s << " s";
            ++served;
            budget.settle();
            budget.learn(service.header(now), R"("minute";q=60;w=60)", now);
        }
        const int most = priority == HttpPriority::Observe                      ? 33
            : priority == HttpPriority::Job                                     ? 45
            : priority == HttpPriority::Ask || priority == HttpPriority::Create ? 48
                                                                                : 60;
        EXPECT_GE(served, most * 60 * 9 / 10) << static_cast<int>(priority);
        EXPECT_LE(served, (priority == HttpPriority::Create ? 60 : most) * 61 + 6) << static_cast<int>(priority);
    }
}

TEST(RequestBudget, CountsWhatIsUnderWayWhenAnOlderAnswerComes)
{
    RequestBudget budget = budgetWith(30, 40);
    for (int i = 0; i < 5; ++i)
        budget.spend(HttpPriority::Create, kNow);
    EXPECT_EQ(budget.remaining(kNow), 25);
    // The first answer was written before the four others arrived there.
    budget.settle();
    budget.learn(state(29, 40), {}, kNow);
    EXPECT_EQ(budget.remaining(kNow), 25);
    // Somebody else uses the account, too.
    budget.settle();
    budget.learn(state(12, 40), {}, kNow + 1s);
    EXPECT_EQ(budget.remaining(kNow + 1s), 9);
    // A header of the next window is believed.
    budget.learn(state(59, 60), {}, kNow + 41s);
    EXPECT_EQ(budget.remaining(kNow + 41s), 56);
}

TEST(RequestBudget, AWindowThatIsOverBindsNobody)
{
    RequestBudget budget = budgetWith(0, 12);
    EXPECT_EQ(budget.delayFor(HttpPriority::Create, kNow + 13s), 0ms);
    EXPECT_EQ(budget.remaining(kNow + 13s), 2800);
    // What goes out then is counted before the next header: a burst cannot overrun the new window.
    for (int i = 0; i < 48; ++i)
        budget.spend(HttpPriority::Create, kNow + 13s);
    EXPECT_GT(budget.delayFor(HttpPriority::Create, kNow + 13s), 1s);
}

TEST(RequestBudget, ARefusalStopsEverything)
{
    RequestBudget budget;
    budget.refuse(7s, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Job, kNow), 7s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow + 5s), 2s);
    EXPECT_EQ(budget.delayFor(HttpPriority::Urgent, kNow + 8s), 0ms);
}

TEST(RequestBudget, ReadsTheHubsForm)
{
    RequestBudget budget;
    budget.learn(R"("api";r=0;t=55)", R"("fixed window";"api";q=500;w=300)", kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Job, kNow), 55s);
    EXPECT_EQ(budget.remaining(kNow), 0);
    EXPECT_EQ(budget.perMinute(), 100);
}

TEST(RequestBudget, GarbageTeachesNothing)
{
    RequestBudget budget;
    for (const char* text : {"", ",,,;;;===", "r=1;t=2", "\"minute\"", "\"minute\";r=x;t=y", "\"minute\";r=5",
             "\"a\";r=99999999999999;t=5", "\"minute\";r=-5;t=-9", "\"minute\";q=0;w=0"})
        budget.learn(text, text, kNow);
    EXPECT_EQ(budget.delayFor(HttpPriority::Job, kNow), 0ms);
    QByteArray many;
    for (int i = 0; i < 1000; ++i)
        many += "\"w" + QByteArray::number(i) + "\";r=0;t=999999999,";
    budget.learn(many, many, kNow);
    EXPECT_LE(budget.delayFor(HttpPriority::Job, kNow), std::chrono::hours(7 * 24));
}

} // namespace
} // namespace visgate
