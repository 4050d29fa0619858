// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(SettingsScreen, OpensTheFolderOfTheLogs)
{
    WindowHarness harness(u"tr"_s);
    harness.show();
    harness.click(u"navSettings"_s);
    ASSERT_TRUE(harness.says(u"Günlük klasörünü aç"_s));
    harness.click(u"logFolder"_s);
    EXPECT_EQ(harness.desktop.shown, QStringList{harness.context().logFolder + u"/visgate.log"_s});
}

} // namespace
} // namespace visgate::ui
