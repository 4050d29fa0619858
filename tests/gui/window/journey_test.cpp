// SPDX-License-Identifier: GPL-3.0-or-later
// The first journey as a person makes it: the real window on the real engine, practice and worker.
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QLabel>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate {
namespace {

/// The picture that the panel shows; null until there is one.
QImage picture(WindowHarness& harness)
{
    auto* panel = harness.find<QLabel>(u"picture"_s);
    return panel->pixmap().toImage();
}

bool pictureCame(WindowHarness& harness)
{
    return waitUntil([&] { return !picture(harness).isNull(); }, 90s);
}

/// The demo model was asked for a red circle on white.
void expectRedCircle(const QImage& image)
{
    ASSERT_FALSE(image.isNull());
    const QColor centre = image.pixelColor(image.width() / 2, image.height() / 2);
    const QColor corner = image.pixelColor(image.width() / 20, image.height() / 20);
    EXPECT_GT(centre.red(), 150) << centre.name().toStdString();
    EXPECT_LT(centre.green(), 110) << centre.name().toStdString();
    EXPECT_GT(corner.green(), 180) << corner.name().toStdString();
}

TEST(Journey, TwoClicksAndNothingTypedMakeAPicture)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.click(u"practise"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s));
    EXPECT_TRUE(deploy->text().contains(u"$"_s)) << deploy->text().toStdString();
    EXPECT_TRUE(deploy->text().contains(u"play money"_s)) << deploy->text().toStdString();
    harness.click(u"deploy"_s);
    ASSERT_TRUE(pictureCame(harness));
    EXPECT_EQ(harness.clicks(), 2);
    expectRedCircle(picture(harness));
    EXPECT_EQ(harness.find<QLabel>(u"pictureCaption"_s)->text(), u"demo model (shapes), standing in for SDXL Turbo"_s);
}

TEST(Journey, TheKeyboardAloneMakesAPicture)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    QWidget* practise = harness.find(u"practise"_s);
    for (int step = 0; step < 20 && !harness.hasFocus(practise); ++step)
        harness.press(Qt::Key_Tab);
    ASSERT_TRUE(harness.hasFocus(practise));
    harness.press(Qt::Key_Return);
    QWidget* deploy = harness.find(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(deploy); }, 30s)) << "the price button takes the focus";
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(pictureCame(harness));
}

} // namespace
} // namespace visgate
