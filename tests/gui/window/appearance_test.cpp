// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QComboBox>
#include <QLabel>
#include <QTest>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Colours, TextIsReadableInEveryLook)
{
    for (const bool dark : {false, true}) {
        for (const bool highContrast : {false, true}) {
            const Colours c = coloursFor({dark, highContrast, false});
            for (const QColor& ground : {c.window, c.rail, c.surface, c.sunken}) {
                EXPECT_GE(contrastRatio(c.text, ground), 4.5);
                EXPECT_GE(contrastRatio(c.mutedText, ground), 4.5) << ground.name().toStdString();
            }
            EXPECT_GE(contrastRatio(c.onAccent, c.accent), 4.5);
            EXPECT_GE(contrastRatio(c.accentText, c.surface), 4.5);
            EXPECT_GE(contrastRatio(c.controlBorder, c.surface), 3.0);
            for (const auto tone : {Tone::Neutral, Tone::Working, Tone::Good, Tone::Warning, Tone::Bad})
                EXPECT_GE(contrastRatio(c.foreground(tone), c.ground(tone)), 4.5) << static_cast<int>(tone);
        }
    }
}

QColor groundOf(QWidget& window)
{
    return window.grab().toImage().pixelColor(window.width() - 20, 20);
}

TEST(Look, FollowsTheDesktopUntilTheUserChooses)
{
    WindowHarness harness(u"en"_s, Look::FollowSystem);
    harness.show();
    EXPECT_GT(groundOf(harness.window()).lightness(), 200);
    harness.system->prefer({true, false, false});
    EXPECT_LT(groundOf(harness.window()).lightness(), 60);
    harness.theme().setLook(Look::Light);
    EXPECT_GT(groundOf(harness.window()).lightness(), 200);
    harness.system->prefer({false, false, false});
    harness.theme().setLook(Look::Dark);
    EXPECT_LT(groundOf(harness.window()).lightness(), 60);
}

TEST(Language, SwitchesWhileTheWindowLives)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.click(u"navSettings"_s);
    EXPECT_TRUE(harness.words().contains(u"Settings"_s));
    auto* box = harness.find<QComboBox>(u"language"_s);
    box->setFocus();
    QTest::keyClicks(box, u"T"_s);
    ASSERT_EQ(box->currentText(), u"Türkçe"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"Ayarlar"_s); }));
    EXPECT_FALSE(harness.words().contains(u"Settings"_s));
}

TEST(Window, RemembersItsSize)
{
    QTemporaryDir folder;
    const QByteArray geometry("any bytes");
    UiSettings(folder.filePath(u"window.ini"_s)).setWindowGeometry(geometry);
    EXPECT_EQ(UiSettings(folder.filePath(u"window.ini"_s)).windowGeometry(), geometry);
}

} // namespace
} // namespace visgate::ui
