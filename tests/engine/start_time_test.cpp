// SPDX-License-Identifier: GPL-3.0-or-later
// How long a start is said to take: practice's own pace in practice, and a word that is kept or taken back openly.
#include "core/operations/catalogue.h"
#include "tests/support/engine_harness.h"

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;
using test::ShiftedClock;
using test::waitUntil;

TEST(StartTime, PracticeKnowsItsOwnPace)
{
    PracticeProcess practice(20.0);
    EngineHarness harness(practice);
    harness.start();
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.practiceSpeed = 20.0;
    const auto quote = await(harness.engine().call(GetQuote{request}));
    ASSERT_TRUE(quote);
    ASSERT_TRUE(quote->readyHigh);
    EXPECT_LE(*quote->readyHigh, 60s) << "a start of a few seconds";
    const auto slow = [&] {
        request.practiceSpeed = 1.0;
        return await(harness.engine().call(GetQuote{request}));
    }();
    ASSERT_TRUE(slow);
    EXPECT_GT(*slow->readyHigh, *quote->readyHigh) << "at life's pace it takes longer";
}

TEST(StartTime, WhatIsLeftNeverGrowsUnlessItIsSaidToBeLate)
{
    PracticeProcess practice;
    practice.condition(u"stuck_initializing"_s);
    const auto clock = std::make_shared<ShiftedClock>();
    EngineHarness harness(practice);
    harness.start([&](EngineConfig& config) { config.clock = clock; });
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const auto range = [&] { return harness.deployment(created->id).estimatedRange; };
    ASSERT_TRUE(waitUntil([&] { return range().has_value(); }, 60s));
    std::optional<MonotonicPoint> promised;
    bool late = false;
    for (int step = 0; step < 60 && !late; ++step) {
        const auto left = range();
        ASSERT_TRUE(left) << "while it starts something can always be said";
        const MonotonicPoint end = clock->monotonic() + left->high;
        late = left->overdue;
        if (promised && !late) {
            EXPECT_LE(end, *promised + 2s) << "after " << step * 5 << " s"; // whole seconds are shown
        }
        promised = promised ? std::min(*promised, end) : end;
        clock->pass(5s);
    }
    EXPECT_TRUE(late) << "in the end it is said";
}

} // namespace
} // namespace visgate
