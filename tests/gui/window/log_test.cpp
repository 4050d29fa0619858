// SPDX-License-Identifier: GPL-3.0-or-later
// The log as it is read, searched, copied and saved in the real window.
#include "core/operations/deployments.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"
#include "ui/logs/log_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <gmock/gmock.h>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// The window with its first picture and the log opened below it.
class LogWindow {
public:
    explicit LogWindow(const QString& language) : harness(language)
    {
        harness.show();
        harness.drawFirstPicture();
        harness.click(u"toggleLog"_s);
        list = harness.find<QListView>(u"logList"_s);
        const auto page = await(harness.service().call(ListDeployments{}));
        id = page.value().deployments.first().id;
        const auto stored = await(harness.service().call(ReadLogs{id, {}, 10'000}));
        for (const LogLine& line : *stored)
            newest = std::max(newest, line.at);
        newest += 240h; // practice's clock runs ahead: what it has not said yet comes before that, too
    }

    /// Tells of a line as the engine does; later than all others.
    void tell(const std::string& text, LogLevel level = LogLevel::Info, const std::string& worker = "w-test")
    {
        LogLine line;
        line.number = LineNo(++number);
        line.at = newest += 1s;
        line.level = level;
        line.source = "container";
        line.worker = worker;
        line.text = text;
        Q_EMIT harness.service().logAppended(id, {line});
    }
    [[nodiscard]] QString words(int row) const { return list->model()->index(row, 0).data().toString(); }
    [[nodiscard]] int rows() const { return list->model()->rowCount(); }
    [[nodiscard]] bool showsLast(const QString& text) const
    {
        return waitUntil([&] { return rows() > 0 && words(rows() - 1).contains(text); }, 30s);
    }
    [[nodiscard]] bool isAtBottom() const
    {
        const auto* bar = list->verticalScrollBar();
        return bar->value() == bar->maximum();
    }
    [[nodiscard]] QString notice() const
    {
        const auto* label = harness.window().findChild<QLabel*>(u"logNotice"_s);
        return label->isVisible() ? label->text() : QString();
    }

    mutable WindowHarness harness;
    QListView* list = nullptr;
    DeploymentId id;
    TimePoint newest;
    qint64 number = 1'000'000; ///< beyond what the engine has counted
};

TEST(LogWindow, StaysWhereSomebodyReadsAndSaysWhatIsNew)
{
    LogWindow log(u"en"_s);
    for (int i = 0; i < 200; ++i)
        log.tell("filler " + std::to_string(i));
    ASSERT_TRUE(log.showsLast(u"filler 199"_s));
    EXPECT_TRUE(waitUntil([&] { return log.isAtBottom(); }, 30s));

    log.list->setFocus();
    log.harness.press(Qt::Key_Home);
    const auto* follow = log.harness.find<QCheckBox>(u"followLog"_s);
    EXPECT_FALSE(follow->isChecked()) << "who has chosen a line reads it";
    for (int i = 0; i < 10; ++i)
        log.harness.press(Qt::Key_PageDown);
    const QString top = log.list->indexAt(QPoint(1, 1)).data().toString();
    for (int i = 0; i < 3; ++i)
        log.tell("news " + std::to_string(i));
    const auto* button = log.harness.find<QPushButton>(u"newLogLines"_s);
    EXPECT_TRUE(waitUntil([&] { return button->text().section(u' ', 0, 0).toInt() >= 3; }, 30s))
        << button->text().toStdString();
    EXPECT_EQ(log.list->indexAt(QPoint(1, 1)).data().toString(), top);

    log.harness.click(u"newLogLines"_s);
    EXPECT_TRUE(waitUntil([&] { return log.isAtBottom() && follow->isChecked() && !button->isVisible(); }, 30s));
}

class LogIn : public testing::TestWithParam<const char*> { };

TEST_P(LogIn, WordsAreFoundByKeys)
{
    LogWindow log(QString::fromLatin1(GetParam()));
    for (int i = 0; i < 100; ++i)
        log.tell(i % 20 == 0 ? "NEEDLE İŞ " + std::to_string(i) : "filler " + std::to_string(i));
    ASSERT_TRUE(log.showsLast(u"filler 99"_s));
    log.list->setFocus();
    log.harness.press(Qt::Key_F, Qt::ControlModifier);
    QWidget* field = log.harness.find(u"logFind"_s);
    ASSERT_TRUE(waitUntil([&] { return log.harness.hasFocus(field); }, 30s));
    QTest::keyClicks(field, u"needle i"_s);
    const auto* label = log.harness.find<QLabel>(u"logMatches"_s);
    static const QRegularExpression place(u"(\\d)\\D+(\\d)"_s);
    const auto figures = [&] { return place.match(label->text()).capturedTexts().mid(1); };
    ASSERT_TRUE(waitUntil([&] { return figures().value(1) == u"5"_s; }, 30s)) << label->text().toStdString();
    const int begun = figures().first().toInt();
    const auto current = [&] { return log.list->currentIndex().data().toString(); };
    EXPECT_TRUE(current().contains(u"NEEDLE"_s));
    log.harness.press(Qt::Key_F3);
    const int next = begun % 5 + 1;
    EXPECT_TRUE(waitUntil([&] { return figures().value(0).toInt() == next; }, 30s)) << label->text().toStdString();
    log.harness.press(Qt::Key_F3, Qt::ShiftModifier);
    EXPECT_TRUE(waitUntil([&] { return figures().value(0).toInt() == begun; }, 30s)) << label->text().toStdString();
    EXPECT_EQ(log.list->selectionModel()->selectedIndexes().size(), 1);
    log.harness.press(Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([&] { return !field->isVisible() && log.harness.hasFocus(log.list); }, 30s));
}

TEST_P(LogIn, WhatIsCopiedIsSaid)
{
    LogWindow log(QString::fromLatin1(GetParam()));
    for (int i = 0; i < 12; ++i)
        log.tell("copied " + std::to_string(i));
    ASSERT_TRUE(log.showsLast(u"copied 11"_s));
    log.list->setFocus();
    log.harness.press(Qt::Key_End);
    log.harness.press(Qt::Key_C, Qt::ControlModifier);
    ASSERT_EQ(log.harness.desktop.copied.size(), 1);
    static const QRegularExpression whole(u"^\\d{4}-\\d\\d-\\d\\d [\\d:.]+  INFO  w-test  copied 11\n$"_s);
    EXPECT_TRUE(whole.match(log.harness.desktop.copied.first()).hasMatch())
        << log.harness.desktop.copied.first().toStdString();
    EXPECT_FALSE(log.notice().isEmpty());
    log.harness.press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(log.harness.desktop.copied.size(), 2);
    const QStringList around = log.harness.desktop.copied.last().split(u'\n', Qt::SkipEmptyParts);
    EXPECT_EQ(around.size(), 6) << around.join(u'\n').toStdString();
    EXPECT_TRUE(around.first().endsWith(u"copied 6"_s));
    log.list->clearSelection();
    log.harness.click(u"copyLog"_s);
    ASSERT_EQ(log.harness.desktop.copied.size(), 3);
    EXPECT_GT(log.harness.desktop.copied.last().count(u'\n'), 12) << "nothing chosen: all of it";
}

INSTANTIATE_TEST_SUITE_P(
    Languages, LogIn, testing::Values("en", "tr"), [](const auto& tested) { return tested.param; });

TEST(LogWindow, AFilterThatNothingPassesSaysSoAndIsCleared)
{
    LogWindow log(u"en"_s);
    log.tell("one error", LogLevel::Error, "w-broken");
    ASSERT_TRUE(log.showsLast(u"one error"_s));
    log.harness.click(u"filterLog"_s);
    auto* level = log.harness.find<QComboBox>(u"logLevel"_s);
    level->setFocus();
    log.harness.press(Qt::Key_Down);
    log.harness.press(Qt::Key_Down);
    EXPECT_EQ(level->currentText(), u"Errors"_s);
    EXPECT_TRUE(log.showsLast(u"one error"_s));
    auto* worker = log.harness.find<QComboBox>(u"logWorker"_s);
    ASSERT_GE(worker->findText(u"Visgate itself"_s), 0);
    worker->setCurrentIndex(worker->findText(u"Visgate itself"_s));
    EXPECT_TRUE(log.harness.says(u"No line matches the filter."_s));
    log.harness.click(u"emptyLogAct"_s);
    EXPECT_TRUE(waitUntil([&] { return log.list->isVisible() && log.rows() > 1; }, 30s));
    EXPECT_EQ(level->currentIndex(), 0);
    EXPECT_EQ(worker->currentIndex(), 0);
}

TEST(LogWindow, IsSavedAsAFileOrSaysWhyNot)
{
    const QTemporaryDir folder;
    LogWindow log(u"en"_s);
    log.harness.click(u"saveLog"_s); // the user cancels
    EXPECT_EQ(log.notice(), QString());
    log.harness.desktop.nextSavePath = folder.filePath(u"log.txt"_s);
    log.harness.click(u"saveLog"_s);
    ASSERT_TRUE(waitUntil([&] { return log.notice().contains(u"log.txt"_s); }, 30s)) << log.notice().toStdString();
    QFile file(log.harness.desktop.nextSavePath);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray saved = file.readAll();
    const auto stored = await(log.harness.service().call(ReadLogs{log.id, {}, 10'000}));
    ASSERT_TRUE(stored);
    EXPECT_GT(saved.count('\n'), 5);
    EXPECT_LE(saved.count('\n'), stored->size());

    log.harness.desktop.nextSavePath = folder.filePath(u"no such folder/log.txt"_s);
    log.harness.click(u"saveLog"_s);
    EXPECT_TRUE(waitUntil([&] { return log.notice().contains(u"cannot be written"_s); }, 30s))
        << log.notice().toStdString();
}

TEST(LogWindow, WhatOthersWriteIsTextAndNothingElse)
{
    LogWindow log(u"en"_s);
    log.tell("مرحبا \u202Egnp.exe");
    log.tell("\x1b[31mred\x1b[0m\nsecond line");
    log.tell("<b>bold</b> <img src='http://127.0.0.1:9/x.png'> " + std::string(50'000, 'x'));
    ASSERT_TRUE(log.showsLast(u"<b>bold</b>"_s));
    EXPECT_TRUE(log.words(log.rows() - 2).contains(u"␛[31mred␛[0m␊second line"_s));
    log.list->setFocus();
    log.harness.press(Qt::Key_End);
    const auto* whole = log.harness.find<QPlainTextEdit>(u"wholeLogLine"_s);
    EXPECT_TRUE(whole->toPlainText().startsWith(u"<b>bold</b>"_s)) << "too long for the list: read below it";
    EXPECT_LT(whole->toPlainText().size(), 50'000);
    log.harness.press(Qt::Key_Up);
    EXPECT_TRUE(waitUntil([&] { return !whole->isVisible(); }, 30s));
}

TEST(LogPanelAlone, ShowsSeveralByTimeAndGoesToAMoment)
{
    LogWindow log(u"en"_s);
    const UiContext context = log.harness.context();
    LogPanel panel(context);
    panel.resize(900, 500);
    const DeploymentId gone("dep_20991231_0000abcd");
    panel.setDeployments({log.id, gone});
    panel.show();
    auto* list = panel.findChild<QListView*>(u"logList"_s);
    ASSERT_TRUE(waitUntil([&] { return list->model()->rowCount() > 3; }, 30s)) << "one that is gone keeps none away";
    EXPECT_TRUE(panel.findChild<QLabel*>(u"logNotice"_s)->text().contains(u"dep_20991231_0000abcd"_s))
        << "but it is said";
    LogLine line;
    line.number = LineNo(1);
    line.at = log.newest + 1h;
    line.source = "container";
    line.worker = "w-other";
    line.text = "of the other one";
    Q_EMIT log.harness.service().logAppended(gone, {line});
    const auto last = [&] { return list->model()->index(list->model()->rowCount() - 1, 0).data().toString(); };
    ASSERT_TRUE(waitUntil([&] { return last().contains(u"of the other one"_s); }, 30s));
    EXPECT_TRUE(last().contains(u"dep_20991231_0000abcd"_s)) << "each line names its own: " << last().toStdString();
    EXPECT_TRUE(waitUntil([&] { return list->model()->index(0, 0).data().toString().contains(u"SDXL Turbo"_s); }, 30s));

    std::optional<TimePoint> chosen;
    QObject::connect(&panel, &LogPanel::momentChosen, &panel, [&](TimePoint at) { chosen = at; });
    panel.goTo(log.newest + 1h);
    ASSERT_TRUE(waitUntil([&] { return list->currentIndex().row() == list->model()->rowCount() - 1; }, 30s));
    EXPECT_FALSE(chosen.has_value()) << "going there is no choice of the user's";
    EXPECT_FALSE(panel.findChild<QCheckBox*>(u"followLog"_s)->isChecked());
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_EQ(chosen, log.newest + 1h);
    panel.goTo(TimePoint());
    EXPECT_TRUE(waitUntil([&] { return list->currentIndex().row() == 0; }, 30s));
}

TEST(LogPanelAlone, SaysThatThereIsNoLogYet)
{
    WindowHarness harness(u"en"_s);
    const UiContext context = harness.context();
    LogPanel panel(context);
    panel.show();
    const auto* empty = panel.findChild<QLabel*>(u"emptyLog"_s);
    EXPECT_TRUE(waitUntil([&] { return empty->isVisible() && empty->text().startsWith(u"No log yet"_s); }, 30s));
    panel.setDeployments({DeploymentId("dep_20991231_0000abcd")});
    EXPECT_TRUE(waitUntil([&] { return empty->text().startsWith(u"The log cannot be read."_s); }, 30s))
        << empty->text().toStdString();
    EXPECT_TRUE(panel.findChild<QPushButton*>(u"emptyLogAct"_s)->isVisible());
}

} // namespace
} // namespace visgate::ui
