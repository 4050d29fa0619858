// SPDX-License-Identifier: GPL-3.0-or-later
// Ranges from the user's own history.
#include "core/domain/money/history.h"

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

StageSetting setting(const QString& model = u"a/b"_s, qint64 bytes = 10'000'000'000)
{
    StageSetting value;
    value.modelId = model;
    value.downloadBytes = bytes;
    value.stock = Stock::High;
    return value;
}

QList<StageSample> samples(StartStage stage, const StageSetting& setting, const QList<double>& seconds)
{
    QList<StageSample> list;
    for (const double value : seconds)
        list.append({stage, setting, value, {}});
    return list;
}

double width(const StageBelief& belief)
{
    return belief.quantile(0.9) / belief.quantile(0.1);
}

TEST(History, BeginsWithAWideGuessAndNarrowsOnWhatItSees)
{
    const StageBelief guess = learn(StartStage::ModelDownload, setting(), {});
    EXPECT_EQ(guess.ownSamples(), 0);
    EXPECT_NEAR(guess.quantile(0.5), expectedSeconds(StartStage::ModelDownload, setting()), 0.5);
    EXPECT_GT(width(guess), 8);
    const QList<double> seen{100, 110, 95, 120, 105, 99, 102, 111, 94, 108, 103, 98};
    const StageBelief few
        = learn(StartStage::ModelDownload, setting(), samples(StartStage::ModelDownload, setting(), seen.first(3)));
    const StageBelief many
        = learn(StartStage::ModelDownload, setting(), samples(StartStage::ModelDownload, setting(), seen));
    EXPECT_LT(width(few), width(guess));
    EXPECT_LT(width(many), width(few));
    EXPECT_NEAR(many.quantile(0.5), 103, 5);
    EXPECT_EQ(many.ownSamples(), 12);
}

TEST(History, OtherModelsTellHowFarTheGuessIsOff)
{
    const StageSetting other = setting(u"c/d"_s, 20'000'000'000);
    const double slow = 3 * expectedSeconds(StartStage::ModelDownload, other);
    const StageBelief belief = learn(StartStage::ModelDownload, setting(),
        samples(StartStage::ModelDownload, other, {slow, slow * 1.1, slow * 0.9, slow, slow}));
    EXPECT_EQ(belief.ownSamples(), 0) << "they are not this model's";
    EXPECT_NEAR(belief.quantile(0.5) / expectedSeconds(StartStage::ModelDownload, setting()), 3, 0.6);
}

TEST(History, LowStockIsWaitedForLonger)
{
    StageSetting scarce = setting();
    scarce.stock = Stock::Low;
    EXPECT_GT(learn(StartStage::Placement, scarce, {}).quantile(0.9),
        4 * learn(StartStage::Placement, setting(), {}).quantile(0.9));
}

TEST(History, PracticeTeachesNothingAboutTheRealThing)
{
    StageSetting real = setting();
    real.target = AccountId::runpod();
    const auto practised = samples(StartStage::ImagePull, setting(), {1, 1, 1, 1, 1, 1});
    EXPECT_NEAR(
        learn(StartStage::ImagePull, real, practised).quantile(0.5), expectedSeconds(StartStage::ImagePull, real), 0.5);
}

TEST(History, WhatRemainsShrinksWithTimeAndEndsInSilence)
{
    const auto seen = samples(StartStage::ModelLoad, setting(), {20, 22, 19, 21, 20, 23, 18, 20});
    const StageBelief load = learn(StartStage::ModelLoad, setting(), seen);
    const auto all = remaining({load});
    const auto later = remaining({load}, 15);
    ASSERT_TRUE(all && later);
    EXPECT_LT(all->low, all->likely);
    EXPECT_LT(all->likely, all->high);
    EXPECT_LT(later->likely, all->likely);
    EXPECT_TRUE(all->hasHistory());
    EXPECT_FALSE(remaining({load}, 5000)) << "longer than anything believed possible";
    const auto two = remaining({load, load});
    EXPECT_NEAR(static_cast<double>(two->likely.count()), 2.0 * static_cast<double>(all->likely.count()), 4);
}

TEST(History, IsStuckBeyondNearlyAllStartsButNeverAtOnce)
{
    const auto seen = samples(StartStage::ImagePull, setting(), {20, 22, 19, 21, 20, 23, 18, 20, 21, 24, 17, 22});
    const double after = stuckAfter(StartStage::ImagePull, learn(StartStage::ImagePull, setting(), seen), 420s);
    EXPECT_GE(after, 30);
    EXPECT_LE(after, 120);
    EXPECT_LE(stuckAfter(StartStage::ImagePull, learn(StartStage::ImagePull, setting(), {}), 420s), 1200)
        << "somebody without history is told, too";
    EXPECT_LT(stuckAfter(StartStage::ModelDownload, learn(StartStage::ModelDownload, setting(), {}), 420s), 420)
        << "before the provider starts it anew";
}

} // namespace
} // namespace visgate
