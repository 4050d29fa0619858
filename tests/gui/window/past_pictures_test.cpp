// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a deployment stay: in a row, after a restart of the window, while it is paused.
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSpinBox>
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

const auto blueSquare = u"a large blue square on a yellow background"_s;

DeploymentId theDeployment(WindowHarness& harness)
{
    const auto page = await(harness.service().call(ListDeployments{}));
    return page && page->deployments.size() == 1 ? page->deployments.first().id : DeploymentId();
}

/// Newest first.
QList<Job> jobsOf(WindowHarness& harness)
{
    return await(harness.service().call(ListJobs{theDeployment(harness)})).value_or(QList<Job>());
}

/// Of any window of the test, whether it is on the screen or not.
QString nameOfPicture(const QWidget& window)
{
    return window.findChild<QLabel*>(u"picture"_s)->accessibleName();
}

int countIn(const QWidget& window)
{
    return window.findChild<QListView*>(u"pastPictures"_s)->model()->rowCount();
}

void clickIn(const QWidget& window, const QString& name)
{
    auto* const button = window.findChild<QAbstractButton*>(name);
    ASSERT_NE(button, nullptr) << name.toStdString();
    ASSERT_TRUE(waitUntil([&] { return button->isVisible() && button->isEnabled(); }, 30s)) << name.toStdString();
    QTest::mouseClick(button, Qt::LeftButton);
}

void choosePicture(const QWidget& window, int row)
{
    auto* const strip = window.findChild<QListView*>(u"pastPictures"_s);
    ASSERT_TRUE(waitUntil([&] { return strip->isVisible(); }, 30s));
    const QModelIndex index = strip->model()->index(row, 0);
    strip->scrollTo(index);
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, Qt::NoModifier, strip->visualRect(index).center());
}

/// Draws with these words by the keyboard's shortcut and waits until that picture is shown.
void drawNext(WindowHarness& harness, const QString& words)
{
    ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
    const int before = countIn(harness.window());
    harness.type(u"nextPrompt"_s, words);
    harness.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return countIn(harness.window()) > before; }, 90s));
    ASSERT_TRUE(waitUntil([&] { return nameOfPicture(harness.window()).contains(words); }, 30s));
}

TEST(PastPictures, StayAndAreDrawnAgainAfterTheWindowWasOpenedAgain)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    EXPECT_FALSE(harness.window().findChild<QWidget*>(u"pastPictures"_s)->isVisible()) << "one is shown large";
    drawNext(harness, blueSquare);
    ASSERT_EQ(countIn(harness.window()), 2);
    const QList<Job> jobs = jobsOf(harness);
    ASSERT_EQ(jobs.size(), 2);
    const Job& first = jobs.constLast();
    ASSERT_NE(first.artifacts.constFirst().seed, jobs.constFirst().artifacts.constFirst().seed);

    // A window that knows nothing yet, as after a start: Studio itself shows what was drawn last.
    MainWindow again(harness.context());
    again.resize(1280, 800);
    again.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&again));
    clickIn(again, u"navStudio"_s);
    ASSERT_TRUE(waitUntil([&] { return nameOfPicture(again).contains(blueSquare); }, 30s))
        << nameOfPicture(again).toStdString();
    ASSERT_TRUE(waitUntil([&] { return countIn(again) == 2; }, 30s));

    choosePicture(again, 1);
    ASSERT_TRUE(waitUntil([&] { return nameOfPicture(again).contains(first.input.prompt); }, 30s));
    clickIn(again, u"useSettings"_s);
    EXPECT_EQ(again.findChild<QPlainTextEdit*>(u"nextPrompt"_s)->toPlainText(), first.input.prompt);
    EXPECT_TRUE(again.findChild<QCheckBox*>(u"keepSeed"_s)->isChecked());
    clickIn(again, u"drawAnother"_s);
    ASSERT_TRUE(waitUntil([&] { return countIn(again) == 3; }, 90s));
    const QList<Job> all = jobsOf(harness);
    ASSERT_EQ(all.size(), 3);
    const Artifact& repeated = all.constFirst().artifacts.constFirst();
    EXPECT_EQ(repeated.seed, first.artifacts.constFirst().seed);
    EXPECT_NE(repeated.filePath, first.artifacts.constFirst().filePath);
    EXPECT_EQ(QImage(repeated.filePath), QImage(first.artifacts.constFirst().filePath)) << "the same picture";
    EXPECT_TRUE(waitUntil([&] { return countIn(harness.window()) == 3; }, 30s)) << "and in the other window, live";
}

TEST(PastPictures, TwoAtOnceAreTwoOfTheRow)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
    auto* const count = harness.find<QSpinBox>(u"pictureCount"_s);
    count->setFocus();
    for (int step = 0; step < 9; ++step)
        QTest::keyClick(count, Qt::Key_Up);
    EXPECT_EQ(count->value(), 4) << "as many as the demo model draws";
    QTest::keyClick(count, Qt::Key_Down);
    QTest::keyClick(count, Qt::Key_Down);
    ASSERT_EQ(count->value(), 2);
    const auto* const draw = harness.find<QAbstractButton>(u"drawAnother"_s);
    EXPECT_TRUE(waitUntil([&] { return draw->accessibleName().contains(u"play money in all"_s); }, 30s))
        << draw->accessibleName().toStdString();
    harness.click(u"drawAnother"_s);
    ASSERT_TRUE(waitUntil([&] { return countIn(harness.window()) == 3; }, 90s));
    const Job both = jobsOf(harness).constFirst();
    EXPECT_EQ(both.input.count, 2);
    ASSERT_EQ(both.artifacts.size(), 2);
    EXPECT_EQ(both.artifacts.at(1).seed, both.artifacts.at(0).seed + 1);
    EXPECT_TRUE(harness.says(u"for 2 pictures together"_s)) << harness.words().join(u'\n').toStdString();
    // The second one is repeated by its own seed.
    choosePicture(harness.window(), 1);
    EXPECT_TRUE(harness.says(QString::number(both.artifacts.at(1).seed)));
    harness.click(u"useSeed"_s);
    EXPECT_EQ(harness.find<QLineEdit>(u"seed"_s)->text(), QString::number(both.artifacts.at(1).seed));
}

TEST(PastPictures, WhatIsSaidOfOneGoesWithIt)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    const auto saysLeftOut = [&] { return harness.words().contains(u"They were left out of the picture."_s); };
    drawNext(harness, u"a large blue square full of wanderlust"_s);
    EXPECT_TRUE(waitUntil(saysLeftOut, 30s));
    drawNext(harness, blueSquare);
    EXPECT_TRUE(waitUntil([&] { return !saysLeftOut(); }, 30s)) << "this one was understood";
    choosePicture(harness.window(), 1);
    EXPECT_TRUE(waitUntil(saysLeftOut, 30s)) << "that one was not";

    // The file that is saved is named after its words, not after a number of ours.
    choosePicture(harness.window(), 0);
    ASSERT_TRUE(waitUntil([&] { return nameOfPicture(harness.window()).contains(blueSquare); }, 30s));
    harness.click(u"savePicture"_s);
    const QString name = QFileInfo(harness.desktop.suggestedPath).fileName();
    EXPECT_TRUE(name.startsWith(blueSquare + u" - SDXL Turbo - "_s)) << name.toStdString();
    EXPECT_TRUE(name.endsWith(u".png"_s)) << name.toStdString();
}

TEST(PastPictures, OneWhoseFileWasDeletedSaysSo)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    const QString file = jobsOf(harness).constFirst().artifacts.constFirst().filePath;
    drawNext(harness, blueSquare);
    ASSERT_TRUE(QFile::remove(file));
    choosePicture(harness.window(), 1);
    EXPECT_TRUE(harness.says(u"The file of this picture was deleted"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.find(u"savePicture"_s)->isEnabled());
    choosePicture(harness.window(), 0);
    EXPECT_TRUE(waitUntil([&] { return harness.find(u"savePicture"_s)->isEnabled(); }, 30s));
}

TEST(PastPictures, AreSeenWhileTheDeploymentIsPaused)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    ASSERT_TRUE(await(harness.service().call(PauseDeployment{theDeployment(harness)})));
    harness.click(u"navHome"_s);
    ASSERT_TRUE(harness.says(u"Paused by you"_s));
    harness.click(u"openDeployment"_s);
    EXPECT_TRUE(harness.says(u"Picture: "_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.words().contains(u"No picture yet"_s));
    EXPECT_FALSE(harness.window().findChild<QWidget*>(u"drawAnother"_s)->isVisible());
}

/// Whether each line of its words is as wide as there is room, and no word is missing.
bool showsAllOfIt(const QAbstractButton& button)
{
    const QStringList lines = button.text().split(u'\n');
    return lines.join(u" – "_s) == button.accessibleName()
        && std::all_of(lines.cbegin(), lines.cend(),
            [&button](const QString& line) { return button.fontMetrics().horizontalAdvance(line) < button.width(); });
}

/// The price goes below the words where there is no room beside them; nothing of either is cut off.
TEST(PastPictures, ThePriceFitsIntoASmallTurkishWindow)
{
    for (const QSize size : {QSize(1024, 640), QSize(640, 480)}) {
        WindowHarness harness(u"tr"_s);
        harness.show(size);
        harness.drawFirstPicture();
        ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
        auto* const count = harness.find<QSpinBox>(u"pictureCount"_s);
        const auto* const draw = harness.find<QAbstractButton>(u"drawAnother"_s);
        ASSERT_TRUE(waitUntil([&] { return draw->accessibleName().contains(u'$'); }, 30s));
        for (const int pictures : {1, 4}) {
            count->setValue(pictures);
            EXPECT_TRUE(waitUntil([&] { return showsAllOfIt(*draw); }, 30s))
                << draw->text().toStdString() << " in " << draw->width();
        }
    }
}

} // namespace
} // namespace visgate::ui
