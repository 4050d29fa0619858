// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QMouseEvent>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// What a screen reader says of a chart's figures.
QString figures(WindowHarness& harness, const QString& chart)
{
    return harness.find(chart)->accessibleDescription();
}

QString explanation(WindowHarness& harness)
{
    return harness.find<QLabel>(u"monitorExplanation"_s)->text();
}

/// The first picture is there, and Monitor tells of it.
void openMonitor(WindowHarness& harness)
{
    harness.show();
    harness.drawFirstPicture();
    harness.press(Qt::Key_4, Qt::ControlModifier);
    static_cast<void>(harness.find(u"chartWorkers"_s));
    static_cast<void>(harness.find(u"chartRan"_s));
}

TEST(Monitor, IsMadeWhenItIsFirstShownAndSaysThatNothingHasRun)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    static_cast<void>(harness.find(u"practise"_s));
    EXPECT_EQ(harness.window().findChild<QWidget*>(u"monitorWho"_s), nullptr) << "a start pays for no chart";
    harness.press(Qt::Key_4, Qt::ControlModifier);
    static_cast<void>(harness.find(u"monitorWho"_s));
    EXPECT_TRUE(harness.says(u"Nothing has run yet"_s));
    EXPECT_EQ(harness.window().findChild<QWidget*>(u"chartWorkers"_s), nullptr);
    harness.click(u"monitorModels"_s);
    EXPECT_NE(harness.find(u"modelSearch"_s), nullptr);
    harness.press(Qt::Key_5, Qt::ControlModifier);
    EXPECT_NE(harness.find(u"stopEverything"_s), nullptr);
}

TEST(Monitor, ChartsSayWhatHappened)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    EXPECT_EQ(harness.find(u"chartWorkers"_s)->accessibleName(), u"Chart: Workers"_s);
    EXPECT_TRUE(waitUntil([&] { return explanation(harness).contains(u"Jobs: 1."_s); }, 30s))
        << explanation(harness).toStdString();
    EXPECT_TRUE(explanation(harness).contains(u"play money"_s)) << explanation(harness).toStdString();
    EXPECT_TRUE(figures(harness, u"chartWorkers"_s).contains(u"At work: "_s))
        << figures(harness, u"chartWorkers"_s).toStdString();
    EXPECT_TRUE(figures(harness, u"chartSoFar"_s).contains(u"play money"_s))
        << figures(harness, u"chartSoFar"_s).toStdString();
    // The one deployment, by the name that Home gives it, has its states as well.
    auto* who = harness.find<QComboBox>(u"monitorWho"_s);
    ASSERT_EQ(who->count(), 2);
    who->setFocus();
    harness.press(Qt::Key_Down);
    ASSERT_FALSE(who->currentData().toString().isEmpty());
    EXPECT_FALSE(who->currentText().contains(u'/')) << who->currentText().toStdString();
    const QWidget* band = harness.find(u"stageBand"_s);
    EXPECT_TRUE(waitUntil([&] { return band->accessibleDescription().contains(u"Ready"_s); }, 30s))
        << band->accessibleDescription().toStdString();
    EXPECT_TRUE(harness.find<QLabel>(u"monitorGpus"_s)->text().contains(u"planned"_s));
}

TEST(Monitor, EveryTimeCanBeChosen)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    auto* when = harness.find<QComboBox>(u"monitorWhen"_s);
    ASSERT_EQ(when->count(), 5);
    for (int step = 1; step < when->count(); ++step) {
        SCOPED_TRACE(when->itemText(step).toStdString());
        when->setFocus();
        harness.press(Qt::Key_Down);
        EXPECT_EQ(when->currentIndex(), step);
        EXPECT_TRUE(waitUntil([&] { return harness.find(u"chartRan"_s)->isVisible(); }, 30s));
        EXPECT_TRUE(waitUntil([&] { return explanation(harness).contains(u"Jobs: 1."_s); }, 30s));
    }
}

TEST(Monitor, OneCursorAndOneZoomForAllCharts)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    QWidget* workers = harness.find(u"chartWorkers"_s);
    const QWidget* perHour = harness.find(u"chartPerHour"_s);
    const int y = workers->height() / 2;
    // The range goes on with the time; the same moment stands over all charts.
    const QPoint middle(workers->width() / 2, y);
    // Sent, not moved: the display tells of a pointer that was moved whenever it likes.
    QMouseEvent pointing(QEvent::MouseMove, middle, workers->mapToGlobal(middle), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(workers, &pointing);
    const auto moment = [](const QWidget* chart) { return chart->accessibleDescription().section(u" – "_s, 0, 0); };
    EXPECT_EQ(moment(workers), moment(perHour));
    workers->setFocus();
    harness.press(Qt::Key_Home);
    const QString atStart = moment(workers);
    harness.press(Qt::Key_Right);
    EXPECT_NE(moment(workers), atStart);
    EXPECT_EQ(moment(workers), moment(perHour));

    QAbstractButton* whole = harness.window().findChild<QAbstractButton*>(u"monitorWhole"_s);
    ASSERT_NE(whole, nullptr);
    EXPECT_FALSE(whole->isVisible());
    const auto drag = [&] {
        QTest::mousePress(workers, Qt::LeftButton, {}, QPoint(workers->width() / 2, y));
        QTest::mouseRelease(workers, Qt::LeftButton, {}, QPoint(workers->width() * 3 / 4, y));
    };
    drag();
    EXPECT_TRUE(whole->isVisible());
    harness.press(Qt::Key_Escape);
    EXPECT_FALSE(whole->isVisible());
    drag();
    QTest::mouseDClick(workers, Qt::LeftButton, {}, QPoint(workers->width() / 2, y));
    EXPECT_FALSE(whole->isVisible());
    harness.press(Qt::Key_Plus);
    EXPECT_TRUE(whole->isVisible());
    harness.click(u"monitorWhole"_s);
    EXPECT_FALSE(whole->isVisible());
}

TEST(Monitor, ChartsAreTablesForWhoReadsThem)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    harness.click(u"monitorTable"_s);
    const auto* table = harness.find<QTableView>(u"chartRanTable"_s);
    EXPECT_EQ(table->accessibleName(), u"Table: Run time"_s);
    ASSERT_TRUE(waitUntil([&] { return table->model()->rowCount() == 1; }, 30s));
    EXPECT_FALSE(harness.window().findChild<QWidget*>(u"chartRan"_s)->isVisible());
    const QString time = table->model()->index(0, 1).data().toString();
    EXPECT_FALSE(time.isEmpty());
    harness.find(u"chartRanTable"_s)->setFocus();
    harness.press(Qt::Key_C, Qt::ControlModifier);
    ASSERT_EQ(harness.desktop.copied.size(), 1);
    EXPECT_TRUE(harness.desktop.copied.first().contains(time)) << harness.desktop.copied.first().toStdString();
    EXPECT_TRUE(harness.says(u"The table was copied."_s));
    harness.click(u"monitorTable"_s);
    EXPECT_NE(harness.find(u"chartRan"_s), nullptr);
}

TEST(Monitor, FiguresAndPictureAreSavedWhereTheUserWants)
{
    QTemporaryDir folder;
    const QDir place(folder.filePath(u"a dağ folder"_s));
    ASSERT_TRUE(place.mkpath(u"."_s));
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    harness.desktop.nextSavePath = place.filePath(u"ğ figures.csv"_s);
    harness.click(u"monitorCsv"_s);
    ASSERT_TRUE(harness.says(u"Saved as"_s));
    QFile csv(harness.desktop.nextSavePath);
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    const QByteArray text = csv.readAll();
    EXPECT_TRUE(text.contains("Run time,seconds,")) << text.toStdString();
    EXPECT_TRUE(text.contains("Cost per hour,USD per hour,Play money,")) << text.toStdString();
    harness.desktop.nextSavePath = place.filePath(u"ğ picture.png"_s);
    harness.click(u"monitorPicture"_s);
    ASSERT_TRUE(waitUntil([&] { return QFileInfo(harness.desktop.nextSavePath).size() > 0; }, 30s));
    ASSERT_TRUE(harness.says(u"picture.png"_s));
    const QImage picture(harness.desktop.nextSavePath);
    EXPECT_GT(picture.width(), 400);
    EXPECT_GT(picture.height(), 400);

    harness.desktop.nextSavePath = folder.filePath(u"no such folder/figures.csv"_s);
    harness.click(u"monitorCsv"_s);
    EXPECT_TRUE(harness.says(u"cannot be written"_s));
}

/// From a chart to the log and back.
TEST(Monitor, AMomentOfAChartIsFoundInTheLog)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    auto* lines = harness.find<QAbstractItemView>(u"logList"_s);
    ASSERT_TRUE(waitUntil([&] { return lines->model()->rowCount() > 3; }, 30s));
    auto* follow = harness.find<QAbstractButton>(u"followLog"_s);
    EXPECT_TRUE(follow->isChecked());
    harness.find(u"chartWorkers"_s)->setFocus();
    harness.press(Qt::Key_Home);
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return !follow->isChecked() && lines->currentIndex().row() == 0; }, 30s))
        << "the first line is nearest to the first moment";
    const auto moment = [&] { return figures(harness, u"chartWorkers"_s).section(u" – "_s, 0, 0); };
    const QString atStart = moment();
    lines->scrollToBottom();
    const QModelIndex last = lines->model()->index(lines->model()->rowCount() - 1, 0);
    QTest::mouseClick(lines->viewport(), Qt::LeftButton, {}, lines->visualRect(last).center());
    EXPECT_TRUE(waitUntil([&] { return moment() != atStart; }));
}

TEST(Monitor, FollowsLanguageAndLook)
{
    WindowHarness harness(u"en"_s);
    openMonitor(harness);
    harness.language().setWish(u"tr"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.find(u"chartWorkers"_s)->accessibleName() != u"Chart: Workers"_s; }));
    const QWidget* chart = harness.find(u"chartWorkers"_s);
    const auto corner = [&] { return chart->parentWidget()->grab().toImage().pixelColor(40, 8).lightness(); };
    EXPECT_GT(corner(), 200);
    harness.theme().setLook(Look::Dark);
    EXPECT_LT(corner(), 80);
}

TEST(Monitor, IsOneStepFromAnEndpoint)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    harness.click(u"openInMonitor"_s);
    EXPECT_FALSE(harness.find<QComboBox>(u"monitorWho"_s)->currentData().toString().isEmpty());
    EXPECT_NE(harness.find(u"stageBand"_s), nullptr);
}

} // namespace
} // namespace visgate::ui
