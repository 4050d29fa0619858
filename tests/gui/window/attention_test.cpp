// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot go on without its user says so at the top of Home and of the studio, with one button that helps.
#include "core/operations/deployments.h"
#include "core/operations/keys.h"
#include "core/operations/money.h"
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTest>

#include <algorithm>
#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// Whether all of it lies within what its scroll area shows.
bool isOnScreen(const QWidget* widget)
{
    for (const QWidget* parent = widget->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        const QRect place(widget->mapTo(parent, QPoint()), widget->size());
        if (!parent->rect().contains(place))
            return false;
    }
    return true;
}

TEST(Attention, ADearerPlanIsAskedAboutWithItsPriceAndTakenWithOneButton)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    harness.practice().condition(u"no_capacity"_s);
    harness.click(u"deploy"_s);
    ASSERT_TRUE(harness.says(u"No GPU is free at the price you agreed to."_s))
        << harness.words().join(u'\n').toStdString();
    const auto* take = harness.find<QAbstractButton>(u"fixInStudio"_s);
    EXPECT_TRUE(take->text().contains(u"$"_s)) << "the price is on the button";
    EXPECT_TRUE(take->text().contains(u"play money"_s)) << "nobody is frightened for nothing";
    EXPECT_TRUE(isOnScreen(take));
    EXPECT_TRUE(harness.words().contains(u"Waits for your answer"_s));
    EXPECT_FALSE(harness.words().contains(u"Finding a GPU"_s)) << "nobody looks for one any more";
    const auto times = harness.window().findChildren<QLabel*>(u"stageTime"_s);
    EXPECT_EQ(
        std::count_if(times.cbegin(), times.cend(), [](const QLabel* time) { return !time->text().isEmpty(); }), 2)
        << "what lies ahead has taken no time";
    harness.click(u"navHome"_s);
    EXPECT_TRUE(harness.says(u"Needs you"_s));
    EXPECT_TRUE(isOnScreen(harness.find(u"fixDeployment"_s)));
    harness.practice().control("DELETE", u"/conditions"_s);
    harness.click(u"fixDeployment"_s);
    harness.click(u"openDeployment"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    EXPECT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 90s));
}

TEST(Attention, TryingAgainTakesThePlaceOfWhatFailed)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.practice().condition(u"stuck_initializing"_s);
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.practiceSpeed = 200.0;
    request.limits.initTimeout = 2s;
    request.firstInput = JobInput();
    request.firstInput->prompt = u"a red circle"_s;
    const auto first = await(harness.service().call(CreateDeployment{request}));
    ASSERT_TRUE(first);
    ASSERT_TRUE(harness.says(u"Needs you"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.words().contains(u"Live"_s)) << "what failed does not live";
    ASSERT_TRUE(harness.says(u"The worker did not start within its time limit."_s));
    harness.practice().control("DELETE", u"/conditions"_s);
    harness.click(u"fixDeployment"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 60s));
    EXPECT_TRUE(harness.words().contains(u"The first try is stopped and deleted before this one begins."_s));
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    ASSERT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 90s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(waitUntil([&] { return harness.practice().endpointCount() == 1; }, 60s)) << "not beside it";
    EXPECT_EQ(await(harness.service().call(GetDeployment{first->id}))->status, DeploymentStatus::Deleted);
}

TEST(Attention, WhatIsInTheWayStandsBesideTheButtonAndTurnsGreenByItself)
{
    WindowHarness harness(u"en"_s);
    harness.show(QSize(900, 560));
    harness.openSheet();
    harness.click(u"targetRunpod"_s);
    const auto* blocker = harness.find(u"fixBlocker"_s);
    EXPECT_TRUE(isOnScreen(blocker)) << "not only at the end of the list";
    EXPECT_FALSE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
    harness.click(u"fixBlocker"_s);

    // The network fails just then: what was pasted is still there, and is tried again.
    harness.practice().fault(u"*"_s, u"/rest/v2/*"_s, {{u"effect"_s, u"reset_before"_s}, {u"count"_s, 0}});
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    ASSERT_TRUE(harness.says(u"cannot be reached"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.find<QLineEdit>(u"runpodKey"_s)->text(), u"rpa_practice_test_0001"_s);
    harness.practice().clearFaults();
    harness.click(u"runpodSave"_s);
    ASSERT_TRUE(harness.says(u"The key was accepted and stored."_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.find<QLineEdit>(u"runpodKey"_s)->text().isEmpty());

    harness.click(u"backToSheet"_s);
    ASSERT_TRUE(harness.says(u"The key works and may create"_s)) << "the line is green";
    EXPECT_TRUE(harness.find(u"sheetTitle"_s)->isVisible());
}

TEST(Attention, WhatIsLeftBlockedStandsOnHomeWithTheWayBackUntilItIsPutRight)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    harness.click(u"targetRunpod"_s);
    static_cast<void>(harness.find(u"fixBlocker"_s));
    harness.press(Qt::Key_Escape);
    harness.click(u"navHome"_s);
    ASSERT_TRUE(harness.says(u"is not deployed yet: No Runpod key is stored on this computer."_s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(isOnScreen(harness.find(u"backToBlocked"_s)));
    harness.click(u"backToBlocked"_s);
    EXPECT_TRUE(harness.find(u"sheetTitle"_s)->isVisible());
    EXPECT_TRUE(harness.find<QAbstractButton>(u"targetRunpod"_s)->isChecked()) << "as it was left";
    harness.press(Qt::Key_Escape);

    const auto key = std::make_shared<const Secret>(std::string("rpa_practice_test_0001"));
    ASSERT_TRUE(await(harness.service().call(SetKey{KeyKind::Runpod, key, true})));
    harness.click(u"navModels"_s);
    harness.click(u"navHome"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.words().filter(u"No Runpod key is stored"_s).isEmpty(); }, 60s))
        << harness.words().join(u'\n').toStdString();
}

TEST(Attention, NothingToDrawIsSaidBeforeItIsSent)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    auto* const prompt = harness.find<QPlainTextEdit>(u"firstPrompt"_s);
    prompt->setFocus();
    QTest::keyClick(prompt, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(prompt, Qt::Key_Delete);
    EXPECT_FALSE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
    EXPECT_TRUE(harness.words().contains(u"Say above what to draw first."_s));
    QTest::keyClicks(prompt, u"a blue square"_s);
    EXPECT_TRUE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
    JobInput nothing;
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.firstInput = nothing;
    const auto refused = await(harness.service().call(CreateDeployment{request}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(describe(refused.error()).message, u"Nothing is said about what to draw."_s);
}

TEST(Attention, ALimitUnderACentIsALimitAndTheFieldThatRaisesItIsOnTheScreen)
{
    WindowHarness harness(u"en"_s);
    harness.show(QSize(900, 480));
    harness.drawFirstPicture();
    SpendLimit limit;
    limit.scope = LimitScope::Month;
    limit.stopAtUsd = 0.0001;
    ASSERT_TRUE(await(harness.service().call(SetSpendLimit{limit})));
    harness.click(u"navHome"_s);
    ASSERT_TRUE(harness.says(u"The limit of $0.0001 for this month has been reached."_s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.says(u"Needs you"_s));
    harness.click(u"fixDeployment"_s);
    const auto* const field = harness.find<QDoubleSpinBox>(u"monthStopAt"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(field) && isOnScreen(field); }, 30s));
    EXPECT_DOUBLE_EQ(field->value(), 0.0001) << "not “no mark”";
    harness.type(u"monthStopAt"_s, u"0.0035"_s);
    harness.click(u"monthStore"_s);
    ASSERT_TRUE(waitUntil(
        [&] {
            const auto limits = await(harness.service().call(ListSpendLimits{}));
            return limits && !limits->isEmpty() && limits->constFirst().stopAtUsd == 0.0035;
        },
        30s));
}

} // namespace
} // namespace visgate::ui
