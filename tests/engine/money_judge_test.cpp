// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the figures that people are shown hold: practice plays 150 days by chance, the program learns from
// the first 50 as it would from its user's own starts, and is judged on the rest. What is learnt from is only what
// comes over the wire.
#include "core/catalog/model_registry.h"
#include "tests/engine/played_day.h"
#include "tests/support/seed.h"

#include <algorithm>
#include <cstdio>
#include <gmock/gmock.h>
#include <stdexcept>
#include <vector>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::Day;
using test::DayOutcome;
using test::Learned;

/// Which seeds are played, and how many right ranges of a hundred such a number of days can tell from luck.
struct Days {
    int fit;
    int judged;
    double leastCoverage;
    double mostCoverage;
    double mostFalseAlarms; ///< share of the days that did not stick
};

Days days()
{
    return test::isLong() ? Days{50, 150, 75.0, 90.0, 0.05} : Days{25, 45, 60.0, 100.0, 0.1};
}

ModelSpec modelOfDay(int seed)
{
    static const ModelRegistry registry = ModelRegistry::builtIn();
    const auto model
        = registry.find(seed % 3 == 0 ? u"black-forest-labs/FLUX.1-schnell"_s : u"stabilityai/sdxl-turbo"_s);
    if (!model)
        throw std::runtime_error("no such preset");
    return *model;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

struct Score {
    int days = 0;
    int up = 0;
    int stuck = 0;
    int stuckFound = 0;
    int falseAlarms = 0;
    int within = 0;
    std::vector<double> errors;

    void add(const DayOutcome& day, StartBilling reading)
    {
        ++days;
        up += day.cameUp ? 1 : 0;
        stuck += day.wasStuck ? 1 : 0;
        stuckFound += day.wasStuck && day.calledStuck ? 1 : 0;
        falseAlarms += !day.wasStuck && day.calledStuck ? 1 : 0;
        const double estimate = day.estimatedUsd - (reading == StartBilling::Free ? day.startUsd : 0.0);
        if (day.billedUsd > 0)
            errors.push_back(std::abs(estimate - day.billedUsd) / day.billedUsd);
        if (!day.wasStuck && day.promised && day.readyAfter >= static_cast<double>(day.promised->low.count())
            && day.readyAfter <= static_cast<double>(day.promised->high.count()))
            ++within;
    }
    [[nodiscard]] double coverage() const { return 100.0 * within / std::max(1, days - stuck); }
    void print(const char* name) const
    {
        std::printf(
            "%-28s days %3d, came up %3d | estimate v. billed: median error %4.1f %% of %zu | range covers %4.1f %% "
            "of %d | stuck %d, found %d, false alarms %d of %d\n",
            name, days, up, 100 * median(errors), errors.size(), coverage(), days - stuck, stuck, stuckFound,
            falseAlarms, days - stuck);
    }
};

class MoneyJudge : public testing::TestWithParam<bool> { };

TEST_P(MoneyJudge, LearnsFromSomeDaysAndIsRightAboutTheNext)
{
    const Days played = days();
    Learned learned;
    Score fit;
    for (int seed = 1; seed <= played.fit; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam()}, modelOfDay(seed));
        DayOutcome outcome = day.play(learned);
        learned.samples += outcome.samples;
        learned.votes.count(outcome.estimatedUsd, outcome.startUsd, outcome.billedUsd);
        fit.add(outcome, learned.votes.verdict());
    }
    EXPECT_EQ(learned.votes.verdict(), GetParam() ? StartBilling::Billed : StartBilling::Free)
        << "the bills tell how starts are billed";
    Score judged;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam()}, modelOfDay(seed));
        judged.add(day.play(learned), learned.votes.verdict());
    }
    // Five in a hundred are too few to tell nine found of ten: as many days again on which every start sticks.
    Score sticking;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        Day day({.seed = static_cast<std::uint64_t>(seed), .billsInitializing = GetParam(), .stuckShare = 1.0},
            modelOfDay(seed));
        sticking.add(day.play(learned), learned.votes.verdict());
    }
    std::printf("starts are billed: %s; learnt from seeds 1-%d, judged on %d-%d\n", GetParam() ? "yes" : "no",
        played.fit, played.fit + 1, played.judged);
    fit.print("learning");
    judged.print("judged");
    sticking.print("judged, all stuck");

    EXPECT_LE(median(judged.errors), 0.15);
    EXPECT_GE(judged.coverage(), played.leastCoverage);
    EXPECT_LE(judged.coverage(), played.mostCoverage);
    EXPECT_GE(judged.stuckFound + sticking.stuckFound, 0.9 * (judged.stuck + sticking.stuck));
    EXPECT_GE(judged.stuckFound, 0.9 * judged.stuck);
    EXPECT_LE(judged.falseAlarms, played.mostFalseAlarms * (judged.days - judged.stuck));
}

TEST_P(MoneyJudge, TheWorstCaseHoldsWhenNobodyWatches)
{
    const Days played = days();
    double worstShare = 0;
    double sumShare = 0;
    int count = 0;
    for (int seed = played.fit + 1; seed <= played.judged; ++seed) {
        // Every third day nothing ever comes up; every fourth, three workers may start at once.
        Day day({.seed = static_cast<std::uint64_t>(seed),
                    .billsInitializing = GetParam(),
                    .stuckShare = seed % 3 == 0 ? 1.0 : 0.05},
            modelOfDay(seed), seed % 4 == 0 ? 3 : 1);
        if (seed % 10 == 0)
            day.practice().provider().world.conditions.push_back({practice::Condition::Kind::CrashLoop, {}});
        const double shown = day.worstCase();
        day.create();
        day.submit(); // and the program is gone
        for (int hours = 0; hours < 8 * 24 && (hours < 3 || !day.practice().isQuiet()); ++hours)
            day.practice().pass(1h, 2s);
        EXPECT_TRUE(day.practice().isQuiet()) << "seed " << seed;
        EXPECT_LE(day.practice().spentUsd(), shown) << "seed " << seed;
        worstShare = std::max(worstShare, day.practice().spentUsd() / shown);
        sumShare += day.practice().spentUsd() / shown;
        ++count;
    }
    std::printf(
        "starts are billed: %s; spent after the program's end: at most %.0f %% of the worst case shown, on average "
        "%.1f %%, in %d days\n",
        GetParam() ? "yes" : "no", 100 * worstShare, 100 * sumShare / count, count);
}

INSTANTIATE_TEST_SUITE_P(BothReadings, MoneyJudge, testing::Bool(),
    [](const auto& reading) { return reading.param ? "StartsAreBilled" : "StartsAreFree"; });

} // namespace
} // namespace visgate
