// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/deployments.h"
#include "tests/gui/window/window_harness.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

Deployment onlyDeployment(WindowHarness& harness)
{
    const auto page = await(harness.service().call(ListDeployments{1, {}}));
    return page && !page->deployments.isEmpty() ? page->deployments.first() : Deployment{};
}

TEST(Endpoint, WorkersAreScaledAndTheVersionBeforeIsBroughtBack)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    const auto deployment = [&] { return onlyDeployment(harness); };
    harness.practice().edit(deployment().endpointId.value(), {{u"disk"_s, 77}});
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    EXPECT_FALSE(harness.find(u"applyWorkers"_s)->isEnabled()) << "nothing to apply yet";
    harness.type(u"workersMax"_s, u"2"_s);
    harness.click(u"applyWorkers"_s);
    ASSERT_TRUE(waitUntil([&] { return deployment().limits.workersMax == 2; }, 30s));
    ASSERT_TRUE(harness.says(u"Version 2, in use"_s));
    harness.click(u"rollBack_1"_s);
    EXPECT_TRUE(harness.says(u"Version 3, in use"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(deployment().limits.workersMax, 2) << "limits are not configuration";
}

TEST(Endpoint, KeptWarmForAWhileAlwaysAndNotAtAllEachWithItsPrice)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    harness.click(u"keepWarmDeployment"_s);
    EXPECT_TRUE(harness.hasFocus(harness.find(u"warmChoice"_s))) << "the keyboard goes on where the button led";
    EXPECT_TRUE(harness.says(u"It sleeps when nobody uses it."_s));
    EXPECT_FALSE(harness.find(u"applyWarm"_s)->isEnabled()) << "it sleeps already";

    harness.press(Qt::Key_Down);
    ASSERT_TRUE(harness.says(u"Keep warm, at most $"_s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"applyWarm"_s);
    ASSERT_TRUE(waitUntil([&] { return onlyDeployment(harness).warm; }, 30s));
    EXPECT_TRUE(harness.says(u"Kept warm until "_s));
    const TimePoint until = onlyDeployment(harness).pool.keepUntil.value_or(TimePoint());
    const auto left = until - std::chrono::system_clock::now();
    EXPECT_TRUE(left > 25min && left <= 30min);

    harness.find(u"warmChoice"_s)->setFocus();
    harness.press(Qt::Key_End);
    ASSERT_TRUE(harness.says(u"Keep always warm, $"_s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"applyWarm"_s);
    const auto least = [&] { return harness.practice().state()["endpoints"_L1][0]["workers"_L1]["min"_L1].toInt(-1); };
    ASSERT_TRUE(waitUntil([&] { return least() == 1; }, 30s));
    EXPECT_TRUE(harness.says(u"Always kept warm."_s));

    harness.find(u"warmChoice"_s)->setFocus();
    harness.press(Qt::Key_Home);
    harness.press(Qt::Key_Down);
    harness.click(u"applyWarm"_s);
    ASSERT_TRUE(waitUntil([&] { return least() == 0; }, 30s)) << "half an hour, not always and half an hour";
    EXPECT_EQ(onlyDeployment(harness).pool.mode, PoolMode::OnDemand);
    EXPECT_TRUE(harness.says(u"Kept warm until "_s));

    harness.find(u"warmChoice"_s)->setFocus();
    harness.press(Qt::Key_Home);
    harness.click(u"applyWarm"_s);
    EXPECT_TRUE(harness.says(u"It sleeps when nobody uses it."_s));
    EXPECT_TRUE(waitUntil([&] { return harness.practice().workerCount() == 0; }, 60s));
}

TEST(Endpoint, WarmHoursNeedADay)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    harness.click(u"keepWarmDeployment"_s);
    for (int step = 0; step < 3; ++step)
        harness.press(Qt::Key_Down);
    ASSERT_TRUE(harness.says(u"a month"_s)) << harness.words().join(u'\n').toStdString();
    for (int day = 1; day <= 5; ++day)
        harness.click(u"warmDay_%1"_s.arg(day));
    ASSERT_TRUE(harness.says(u"Choose a day at least."_s));
    EXPECT_FALSE(harness.find(u"applyWarm"_s)->isEnabled());
    harness.click(u"warmDay_6"_s);
    harness.click(u"applyWarm"_s);
    ASSERT_TRUE(waitUntil([&] { return onlyDeployment(harness).pool.mode == PoolMode::ScheduledWarm; }, 30s));
    const PoolPolicy pool = onlyDeployment(harness).pool;
    EXPECT_EQ(pool.windows, (QList<WarmWindow>{{.days = 0b0100000, .fromMinute = 9 * 60, .toMinute = 17 * 60}}));
    EXPECT_FALSE(pool.zone.isEmpty());
}

} // namespace
} // namespace visgate::ui
