// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_data.h"
#include "ui/charts/chart_group.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

ChartData bands(const QList<ChartStep>& steps)
{
    return {ChartKind::Bands, {{u"one"_s, ChartInk::First}, {u"two"_s, ChartInk::Second}}, steps, {}};
}

TEST(ChartData, IsCutToTheRangeAndKeepsItsGaps)
{
    const ChartData data = bands({{0, 1000, {1, 0}, {}}, {1000, 2000, {2, 1}, {}}, {5000, 9000, {0, 3}, {}}});
    const ChartData seen = thinned(data, {500, 6000}, 100);
    ASSERT_EQ(seen.steps.size(), 3);
    EXPECT_EQ(seen.steps.first().from, 500);
    EXPECT_EQ(seen.steps.last().until, 6000);
    EXPECT_EQ(gapsOf(seen, {500, 6000}), (QList<ChartRange>{{2000, 5000}}));
    EXPECT_TRUE(gapsOf(seen, {500, 1900}).isEmpty());
    EXPECT_EQ(valuesAt(data, 1500), (QList<double>{2, 1}));
    EXPECT_TRUE(valuesAt(data, 3000).isEmpty()) << "nothing is known";
    EXPECT_EQ(valuesAt(data, 9000), (QList<double>{0, 3})) << "the end belongs to it";
    EXPECT_EQ(largestOf(data), 3.0);
}

TEST(ChartData, ThinningLosesNoPeak)
{
    QList<ChartStep> steps;
    for (int i = 0; i < 100'000; ++i)
        steps.append({i * 10, i * 10 + 10, {i == 54'321 ? 9.0 : double(i % 2), 0.0}, {}});
    const ChartData seen = thinned(bands(steps), {0, 1'000'000}, 240);
    EXPECT_LE(seen.steps.size(), 2 * 240 + 2);
    EXPECT_EQ(largestOf(seen), 9.0);
    EXPECT_EQ(seen.steps.first().from, 0);
    EXPECT_EQ(seen.steps.last().until, 1'000'000);
    EXPECT_TRUE(gapsOf(seen, {0, 1'000'000}).isEmpty());
}

TEST(ChartData, ThinnedPointsKeepTheLowestAndTheHighest)
{
    ChartData data{ChartKind::Points, {{u"GPU"_s, ChartInk::First}}, {}, {}};
    for (int i = 0; i < 10'000; ++i)
        data.points.append({i, i == 7000 ? 500.0 : i == 3000 ? 0.5 : 10.0, 0});
    const ChartData seen = thinned(data, {0, 10'000}, 100);
    EXPECT_LE(seen.points.size(), 110);
    EXPECT_EQ(largestOf(seen), 500.0);
    EXPECT_TRUE(
        std::any_of(seen.points.begin(), seen.points.end(), [](const ChartPoint& p) { return p.value == 0.5; }));
    const auto near = pointsAt(data, 7002, 5);
    ASSERT_TRUE(near.first());
    EXPECT_EQ(near.first()->at, 7002);
    EXPECT_FALSE(pointsAt(data, 20'000, 5).first());
}

TEST(ChartData, ALineGoesOnEvenlyWithinAStep)
{
    const ChartData data{ChartKind::Line, {{u"money"_s, ChartInk::First}}, {{0, 1000, {2.0}, {1.0}}}, {}};
    EXPECT_EQ(valuesAt(data, 500), QList<double>{1.5});
    const ChartData seen = thinned(data, {250, 500}, 10);
    ASSERT_EQ(seen.steps.size(), 1);
    EXPECT_EQ(seen.steps.first().starts, QList<double>{1.25});
    EXPECT_EQ(seen.steps.first().values, QList<double>{1.5});
}

TEST(ChartGroup, ZoomsBackStepByStepAndStaysWhileTimeGoesOn)
{
    ChartGroup group;
    group.setWhole({0, 900'000});
    group.zoomTo({100'000, 500'000});
    group.zoomBy(0.5, 200'000);
    EXPECT_EQ(group.shown(), (ChartRange{150'000, 350'000}));
    group.setWhole({2'000, 902'000});
    EXPECT_EQ(group.shown(), (ChartRange{150'000, 350'000})) << "what is looked at does not run away";
    group.back();
    EXPECT_EQ(group.shown(), (ChartRange{100'000, 500'000}));
    group.back();
    EXPECT_EQ(group.shown(), (ChartRange{2'000, 902'000}));
    group.zoomTo({5'000, 5'001});
    EXPECT_FALSE(group.isZoomed()) << "nothing to see";
    group.zoomTo({100'000, 200'000});
    group.setWhole({2'000'000, 2'900'000});
    EXPECT_FALSE(group.isZoomed()) << "it has gone out of what is known";
}

TEST(ChartGroup, WhereSomebodyPointsComesBeforeWhatWasChosen)
{
    ChartGroup group;
    group.setWhole({0, 1000'000});
    TimePoint told;
    QObject::connect(&group, &ChartGroup::momentChosen, &group, [&](TimePoint time) { told = time; });
    group.choose(400'000);
    EXPECT_EQ(toMillis(told), 400'000);
    group.hover(700'000);
    EXPECT_EQ(group.cursor(), 700'000);
    group.hover({});
    EXPECT_EQ(group.cursor(), 400'000);
}

} // namespace
} // namespace visgate::ui
