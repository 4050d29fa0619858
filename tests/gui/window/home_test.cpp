// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Home, NamesWhatOthersMadeInTheAccountAndLeavesItAlone)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    EXPECT_FALSE(harness.words().contains(u"Not ours"_s)) << "there is nothing to tell";
    harness.practice().makeElsewhere(u"somebody-elses"_s, 3);
    const auto says = [&](const QString& words) { return harness.words().join(u'\n').contains(words); };
    ASSERT_TRUE(waitUntil([&] { return says(u"somebody-elses"_s); }, 60s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(says(u"Not ours"_s));
    EXPECT_TRUE(says(u"Practice  ·  not made by Visgate  ·  up to 3 workers"_s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(says(u"Costs when it is used"_s));
    EXPECT_EQ(harness.practice().endpointCount(), 2);
}

} // namespace
} // namespace visgate::ui
