// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/money.h"
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"

#include <QLabel>

#include <algorithm>
#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Spend, APictureIsCountedExplainedAndStopped)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    EXPECT_TRUE(harness.find<QLabel>(u"spendModel"_s)->text().startsWith(u"estimate $"_s));
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"Waiting after a picture"_s); }, 30s))
        << harness.words().join(u'\n').toStdString();

    harness.click(u"stopEverything"_s);
    EXPECT_TRUE(
        waitUntil([&] { return harness.words().contains(u"Everything is stopped: no worker runs any more."_s); }, 60s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.practice().workerCount(), 0);
    EXPECT_EQ(harness.practice().endpointCount(), 1) << "stopped, not deleted";
}

TEST(Spend, ALimitIsStoredAndShown)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.click(u"navSpend"_s);
    QWidget* store = harness.find(u"monthStore"_s);
    EXPECT_FALSE(store->isEnabled()) << "nothing to store yet";
    harness.type(u"monthTellAt"_s, u"20"_s);
    harness.type(u"monthStopAt"_s, u"30"_s);
    harness.click(u"monthStore"_s);
    ASSERT_TRUE(waitUntil([&] { return !store->isEnabled(); }, 30s));
    const auto limits = await(harness.service().call(ListSpendLimits{}));
    ASSERT_TRUE(limits);
    const auto month = std::find_if(
        limits->begin(), limits->end(), [](const SpendLimit& limit) { return limit.scope == LimitScope::Month; });
    ASSERT_NE(month, limits->end());
    EXPECT_EQ(month->tellAtUsd, 20.0);
    EXPECT_EQ(month->stopAtUsd, 30.0);
}

TEST(Spend, ALimitIsTypedAsItsLanguageWritesIt)
{
    WindowHarness harness(u"tr"_s);
    harness.show();
    harness.click(u"navSpend"_s);
    QWidget* store = harness.find(u"monthStore"_s);
    harness.type(u"monthTellAt"_s, u"12,5"_s);
    harness.click(u"monthStore"_s);
    ASSERT_TRUE(waitUntil([&] { return !store->isEnabled(); }, 30s));
    const auto limits = await(harness.service().call(ListSpendLimits{}));
    ASSERT_TRUE(limits);
    ASSERT_EQ(limits->size(), 1);
    EXPECT_EQ(limits->first().tellAtUsd, 12.5);
}

TEST(Spend, AReachedLimitLeadsToItsField)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    SpendLimit limit;
    limit.scope = LimitScope::Month;
    limit.stopAtUsd = 0.0001;
    ASSERT_TRUE(await(harness.service().call(SetSpendLimit{limit})));
    ASSERT_TRUE(harness.says(u"The limit of $0.0001 for this month has been reached."_s))
        << harness.words().join(u'\n').toStdString();
    harness.click(u"fixDeployment"_s);
    const QWidget* field = harness.find(u"monthStopAt"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(field); })) << "the keyboard goes on where the button led";
}

} // namespace
} // namespace visgate::ui
