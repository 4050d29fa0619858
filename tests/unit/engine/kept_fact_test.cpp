// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/kept_fact.h"
#include "tests/support/await.h"

#include <deque>
#include <gtest/gtest.h>
#include <stdexcept>

namespace visgate {
namespace {

using namespace std::chrono_literals;

/// A service that answers when the test says so.
class KeptFactTest : public testing::Test {
protected:
    /// What the fact is asked for, at most a minute old.
    [[nodiscard]] QCoro::Task<Result<int>> get()
    {
        return m_fact.get(1min, [this] { return ask(); });
    }
    QCoro::Task<Result<int>> ask()
    {
        m_open.emplace_back();
        m_open.back().start();
        const QFuture<Result<int>> future = m_open.back().future();
        auto told = co_await future;
        co_return told;
    }
    /// Asks, and meets a fault of the program on the way; Internal if it did.
    QCoro::Task<Result<int>> breakOff()
    {
        const std::function<Task<Result<int>>()> faulty
            = []() -> Task<Result<int>> { throw std::runtime_error("a fault of the program"); };
        try {
            auto told = co_await m_fact.get(1min, faulty);
            co_return told;
        } catch (const std::runtime_error&) {
            co_return fail(ErrorCode::Internal);
        }
    }
    void answer(std::size_t question, Result<int> told)
    {
        m_open.at(question).addResult(std::move(told));
        m_open.at(question).finish();
    }

    VirtualClock m_clock{TimePoint(std::chrono::hours(1'000))};
    quint64 m_closings = 0;
    KeptFact<int> m_fact{m_clock, [this] { return m_closings; }};
    std::deque<QPromise<Result<int>>> m_open; ///< the questions that were asked
};

/// QCoro moves out of a value that a coroutine returns, wherever it stands.
TEST_F(KeptFactTest, WhatIsKeptIsToldAgainAndAgain)
{
    KeptFact<QList<int>> fact(m_clock, [this] { return m_closings; });
    fact.take({1, 2, 3});
    for (int i = 0; i < 3; ++i) {
        const std::function<Task<Result<QList<int>>>()> nobody
            = []() -> Task<Result<QList<int>>> { co_return fail(ErrorCode::Internal); };
        EXPECT_EQ(test::await(fact.get(1min, nobody)), (QList<int>{1, 2, 3}));
        EXPECT_EQ(test::await(fact.known(1min)), (QList<int>{1, 2, 3}));
    }
    EXPECT_EQ(fact.last(), (QList<int>{1, 2, 3}));
}

TEST_F(KeptFactTest, IsAskedOnceAndBelievedForItsTime)
{
    EXPECT_EQ(m_fact.last(), 0);
    EXPECT_FALSE(m_fact.isWithin(1h));
    auto first = get();
    auto second = get();
    ASSERT_EQ(m_open.size(), 1U) << "whoever asks meanwhile waits for the same answer";
    answer(0, 7);
    EXPECT_EQ(test::await(std::move(first)), 7);
    EXPECT_EQ(test::await(std::move(second)), 7);
    m_clock.advance(59s);
    EXPECT_EQ(test::await(get()), 7);
    EXPECT_EQ(m_open.size(), 1U);
    m_clock.advance(1s);
    auto later = get();
    ASSERT_EQ(m_open.size(), 2U);
    answer(1, 8);
    EXPECT_EQ(test::await(std::move(later)), 8);
}

TEST_F(KeptFactTest, AFailureIsToldToAllWhoWaitAndNotKept)
{
    m_fact.take(7);
    m_clock.advance(2min);
    auto first = get();
    auto second = get();
    answer(0, fail(ErrorCode::NetworkTimeout));
    EXPECT_EQ(test::await(std::move(first)).error().code, ErrorCode::NetworkTimeout);
    EXPECT_EQ(test::await(std::move(second)).error().code, ErrorCode::NetworkTimeout);
    EXPECT_EQ(m_fact.last(), 7);
    EXPECT_TRUE(m_fact.isWithin(1h)) << "who may do with something older has it still";
    auto again = get();
    ASSERT_EQ(m_open.size(), 2U);
    answer(1, 8);
    EXPECT_EQ(test::await(std::move(again)), 8);
}

TEST_F(KeptFactTest, AnotherKeyIsAskedAnewAndALateAnswerToTheOldOneIsNotKept)
{
    m_fact.take(7);
    ++m_closings;
    EXPECT_FALSE(m_fact.isWithin(1h));
    EXPECT_EQ(m_fact.last(), 7);
    auto before = get();
    ++m_closings;
    auto after = get();
    ASSERT_EQ(m_open.size(), 2U) << "it does not wait for what another key is told";
    answer(1, 9);
    EXPECT_EQ(test::await(std::move(after)), 9);
    answer(0, 8);
    EXPECT_EQ(test::await(std::move(before)), 8) << "whoever asked with it has its answer";
    EXPECT_EQ(test::await(get()), 9);
    EXPECT_EQ(m_open.size(), 2U);
}

TEST_F(KeptFactTest, WhatIsLearntByAnotherWayNeedNotBeAsked)
{
    m_fact.take(5);
    EXPECT_EQ(test::await(get()), 5);
    EXPECT_TRUE(m_open.empty());
    auto anew = m_fact.get(0s, [this] { return ask(); });
    ASSERT_EQ(m_open.size(), 1U) << "no age at all: it is asked whatever is known";
    answer(0, 6);
    EXPECT_EQ(test::await(std::move(anew)), 6);
}

TEST_F(KeptFactTest, WhoOnlyTakesWhatIsKnownNeverAsks)
{
    EXPECT_FALSE(test::await(m_fact.known(1min)));
    m_fact.take(5);
    EXPECT_EQ(test::await(m_fact.known(1min)), 5);
    m_clock.advance(1min);
    EXPECT_FALSE(test::await(m_fact.known(1min)));
    EXPECT_TRUE(m_open.empty());
    auto asked = get();
    auto waits = m_fact.known(1min);
    answer(0, fail(ErrorCode::NetworkTimeout));
    EXPECT_FALSE(test::await(std::move(waits))) << "a failure tells nothing: ask yourself";
    EXPECT_FALSE(test::await(std::move(asked)));
    auto again = get();
    auto joins = m_fact.known(1min);
    answer(1, 6);
    EXPECT_EQ(test::await(std::move(joins)), 6);
    EXPECT_EQ(test::await(std::move(again)), 6);
    EXPECT_EQ(m_open.size(), 2U);
}

TEST_F(KeptFactTest, AQuestionThatBreaksOffKeepsNobodyElseFromAsking)
{
    EXPECT_EQ(test::await(breakOff()).error().code, ErrorCode::Internal);
    auto next = get();
    ASSERT_EQ(m_open.size(), 1U);
    answer(0, 3);
    EXPECT_EQ(test::await(std::move(next)), 3);
}

} // namespace
} // namespace visgate
