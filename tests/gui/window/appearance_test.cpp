// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStyleOptionButton>
#include <QStyleOptionComboBox>
#include <QStyleOptionSpinBox>
#include <QTest>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

double luminance(const QColor& colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

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
            for (const QColor& series : c.series)
                EXPECT_GE(contrastRatio(series, c.surface), 3.0) << series.name().toStdString();
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

/// How many pixels of `part` stand out from the colour of its edge as a drawing has to.
int drawnPixels(QWidget& widget, const QRect& part)
{
    const QImage image = widget.grab(part).toImage();
    const QColor ground = image.pixelColor(0, image.height() / 2);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += contrastRatio(image.pixelColor(x, y), ground) >= 3.0 ? 1 : 0;
    }
    return count;
}

TEST(Look, BoxesHaveTheirArrowsAndTicks)
{
    WindowHarness harness(u"en"_s, Look::Light);
    QWidget place;
    auto* layout = new QVBoxLayout(&place);
    auto* combo = new QComboBox;
    auto* spin = new QSpinBox;
    auto* check = new QCheckBox;
    combo->addItem(u"one"_s);
    spin->setRange(0, 10);
    spin->setValue(5);
    check->setChecked(true);
    for (QWidget* const widget :
        {static_cast<QWidget*>(combo), static_cast<QWidget*>(spin), static_cast<QWidget*>(check)})
        layout->addWidget(widget);
    place.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&place));
    for (const Look look : {Look::Light, Look::Dark, Look::HighContrast}) {
        harness.theme().setLook(look);
        SCOPED_TRACE(toString(look).toStdString());
        QStyleOptionComboBox ofCombo;
        ofCombo.initFrom(combo);
        ofCombo.subControls = QStyle::SC_All;
        EXPECT_GT(drawnPixels(*combo,
                      combo->style()
                          ->subControlRect(QStyle::CC_ComboBox, &ofCombo, QStyle::SC_ComboBoxArrow, combo)
                          .adjusted(2, 2, -2, -2)),
            10);
        QStyleOptionSpinBox ofSpin;
        ofSpin.initFrom(spin);
        ofSpin.subControls = QStyle::SC_All;
        for (const auto button : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
            EXPECT_GT(
                drawnPixels(*spin,
                    spin->style()->subControlRect(QStyle::CC_SpinBox, &ofSpin, button, spin).adjusted(2, 2, -4, -2)),
                4);
        }
        QStyleOptionButton ofCheck;
        ofCheck.initFrom(check);
        EXPECT_GT(
            drawnPixels(*check,
                check->style()->subElementRect(QStyle::SE_CheckBoxIndicator, &ofCheck, check).adjusted(3, 3, -3, -3)),
            10);
    }
}

TEST(Look, TheStyleSheetsImagesNeedNoPlugIn)
{
    WindowHarness harness(u"en"_s, Look::Light);
    static const QRegularExpression url(uR"(url\(([^)]+)\))"_s);
    QStringList images;
    for (const Look look : {Look::Light, Look::Dark}) {
        harness.theme().setLook(look);
        for (auto found = url.globalMatch(qApp->styleSheet()); found.hasNext();)
            images.append(found.next().captured(1));
    }
    EXPECT_GE(images.size(), 8);
    for (const QString& name : std::as_const(images)) {
        QFile file(name);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        EXPECT_FALSE(QImage::fromData(file.readAll(), "PNG").isNull()) << name.toStdString();
    }
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
