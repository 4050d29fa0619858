// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/room.h"
#include "tests/gui/window/screens.h"
#include "tests/gui/window/window_harness.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using visgate::test::lackOfRoom;
using visgate::test::visitScreens;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// A display of 1280x800 at 100 % and at 200 %, where the window has half as many logical pixels for the same fonts.
constexpr QSize displays[]{QSize(1280, 800), QSize(640, 400)};

class Room : public testing::TestWithParam<const char*> { };

TEST_P(Room, NothingIsClippedOrLiesOverAnother)
{
    WindowHarness harness(QString::fromLatin1(GetParam()));
    harness.show();
    visitScreens(harness, [&](const char* screen) {
        for (const QSize display : displays) {
            harness.window().resize(display);
            // Words that wrap settle over several rounds of layout.
            QStringList troubles;
            static_cast<void>(QTest::qWaitFor(
                [&] {
                    troubles = lackOfRoom(harness.window());
                    return troubles.isEmpty();
                },
                2000));
            EXPECT_TRUE(troubles.isEmpty()) << screen << " at " << display.width() << ":\n"
                                            << troubles.join(u'\n').toStdString();
        }
        harness.window().resize(displays[0]);
    });
}

INSTANTIATE_TEST_SUITE_P(Languages, Room, testing::Values("en", "tr"), [](const auto& tested) { return tested.param; });

/// The walker itself finds what it looks for.
TEST(LackOfRoom, IsFound)
{
    QWidget window;
    window.resize(500, 200);
    auto* label = new QLabel(u"far too many words for forty pixels"_s, &window);
    label->setGeometry(10, 10, 40, 20);
    auto* first = new QPushButton(u"One"_s, &window);
    first->setGeometry(100, 100, 90, 40);
    window.show();
    EXPECT_EQ(lackOfRoom(window).size(), 1);
    auto* second = new QPushButton(u"Two"_s, &window);
    second->setGeometry(150, 110, 90, 40);
    second->show();
    EXPECT_EQ(lackOfRoom(window).size(), 2);
    label->setGeometry(10, 10, 480, 30);
    second->move(200, 150);
    EXPECT_TRUE(lackOfRoom(window).isEmpty());
}

} // namespace
} // namespace visgate::ui
