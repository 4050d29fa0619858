// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QTimer>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

class Removal : public testing::Test {
protected:
    Removal()
    {
        harness.show();
        harness.drawFirstPicture();
        harness.click(u"navHome"_s);
        harness.click(u"removeDeployment"_s);
        undo = harness.find(u"undoRemoval"_s);
    }

    [[nodiscard]] bool cardIsShown() { return harness.window().findChild<QWidget*>(u"removeDeployment"_s) != nullptr; }
    [[nodiscard]] QTimer* undoTime() { return harness.window().findChild<QTimer*>(u"undoTime"_s); }

    WindowHarness harness{u"en"_s};
    QWidget* undo = nullptr;
};

TEST_F(Removal, CanBeUndoneForTenSeconds)
{
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(undo); }, 5s)) << "one key undoes it";
    EXPECT_EQ(undoTime()->intervalAsDuration(), 10s);
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return cardIsShown() && !undo->isVisible(); }, 30s));
    EXPECT_FALSE(undoTime()->isActive());
    EXPECT_TRUE(harness.practice().calls(u"DELETE"_s, u"serverless"_s).isEmpty());
    EXPECT_EQ(harness.practice().endpointCount(), 1);
}

TEST_F(Removal, PutsItAwayWhenTheTimeHasRunOutAndItCanBeBroughtBack)
{
    EXPECT_EQ(harness.practice().endpointCount(), 1) << "nothing is sent while it can be undone";
    undoTime()->start(0);
    ASSERT_TRUE(waitUntil([&] { return harness.words().contains(u"Bring back"_s); }, 30s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(waitUntil([&] { return harness.practice().workerCount() == 0; }, 30s));
    EXPECT_EQ(harness.practice().endpointCount(), 1) << "kept for a day, asleep";

    harness.click(u"pauseDeployment"_s); // "Bring back"
    EXPECT_TRUE(waitUntil([&] { return !harness.words().contains(u"Bring back"_s); }, 60s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.practice().endpointCount(), 1);
}

TEST_F(Removal, CanBeMadeFinalAtOnce)
{
    undoTime()->start(0);
    ASSERT_TRUE(waitUntil([&] { return harness.words().contains(u"Delete now"_s); }, 30s));
    harness.click(u"removeDeployment"_s); // "Delete now"
    EXPECT_TRUE(waitUntil([&] { return harness.practice().endpointCount() == 0; }, 30s));
    EXPECT_NE(harness.find(u"practise"_s), nullptr) << "nothing left: the empty Home";
}

TEST_F(Removal, HappensWhenTheWindowCloses)
{
    harness.window().close();
    EXPECT_TRUE(waitUntil([&] { return harness.practice().workerCount() == 0; }, 30s));
    EXPECT_TRUE(waitUntil([&] { return !harness.window().isVisible(); }, 30s));
}

} // namespace
} // namespace visgate::ui
