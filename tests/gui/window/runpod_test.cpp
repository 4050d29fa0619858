// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Runpod, WithoutAKeyTheRedLineLeadsToTheKeyField)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    harness.click(u"targetRunpod"_s);
    static_cast<void>(harness.find(u"fix_key"_s));
    EXPECT_FALSE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
    harness.click(u"fix_key"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    EXPECT_EQ(harness.practice().endpointCount(), 0);
}

TEST(Runpod, ConnectLeadsToTheKeyFieldAndTheKeyIsTaken)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.click(u"connectRunpod"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"This session only"_s); }, 30s))
        << harness.words().join(u'\n').toStdString();
    harness.click(u"runpodForget"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"The key was forgotten on this computer."_s); }, 30s));
}

} // namespace
} // namespace visgate::ui
