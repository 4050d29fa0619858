// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/logs/fake_log.h"
#include "tests/support/await.h"
#include "tests/support/seed.h"
#include "ui/common/language.h"
#include "ui/logs/log_items.h"
#include "ui/logs/log_text.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>

#include <algorithm>
#include <gmock/gmock.h>
#include <random>

using namespace Qt::StringLiterals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using visgate::test::logEntry;
using visgate::test::logLine;
using visgate::test::second;
using visgate::test::waitUntil;

namespace visgate::ui {
namespace {

class LogItemsTest : public testing::Test {
protected:
    /// "words" or "words×3" of each row.
    [[nodiscard]] QStringList rows() const
    {
        QStringList result;
        for (int row = 0; row < m_items.rowCount(); ++row) {
            const int count = m_items.row(row).count;
            result << m_items.words(row) + (count > 1 ? u"×%1"_s.arg(count) : QString());
        }
        return result;
    }
    void take(int number, int at, const std::string& text, const std::string& worker = "w1", int deployment = 0)
    {
        m_items.take({logEntry(deployment, logLine(number, second(at), text, worker))});
    }
    bool finds(const QString& words)
    {
        m_items.find(words);
        return waitUntil([this] { return !m_items.isSearching(); });
    }

    Language m_language{*QCoreApplication::instance(), u"en"_s};
    LogItems m_items{m_language};
    QAbstractItemModelTester m_tester{&m_items, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(LogItemsTest, LinesOfSeveralDeploymentsStandByTime)
{
    m_items.setNames({u"First"_s, u"Second"_s});
    m_items.take({logEntry(0, logLine(1, second(1), "a", "w1")), logEntry(0, logLine(2, second(5), "c", "w1"))});
    m_items.take({logEntry(1, logLine(1, second(3), "b", "w9")), logEntry(1, logLine(2, second(7), "d", "w9"))});
    EXPECT_EQ(rows(), QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    EXPECT_THAT(m_items.index(1).data().toString().toStdString(), HasSubstr("Second"))
        << "by name, not by colour alone";
    EXPECT_THAT(m_items.index(1).data().toString().toStdString(), HasSubstr("w9"));
}

TEST_F(LogItemsTest, ALateLineTakesItsPlace)
{
    take(1, 10, "a");
    take(2, 30, "c");
    take(3, 20, "b"); // was written earlier than it arrived
    take(4, 5, "before all");
    EXPECT_EQ(rows(), QStringList({u"before all"_s, u"a"_s, u"b"_s, u"c"_s}));
    take(3, 20, "b");
    EXPECT_EQ(m_items.lineCount(), 4) << "came twice, from the store and by signal";
}

TEST_F(LogItemsTest, NeighboursThatSayTheSameAreOneRow)
{
    for (int i = 1; i <= 8; ++i)
        take(i, i, "Selected GPU", {});
    EXPECT_EQ(rows(), QStringList(u"Selected GPU×8"_s));
    EXPECT_THAT(m_items.index(0).data().toString().toStdString(), HasSubstr("×8"));
    take(9, 9, "Selected GPU", "w2");
    EXPECT_EQ(m_items.rowCount(), 2) << "somebody else says it";
    take(10, 4, "Selected GPU", {});
    EXPECT_EQ(m_items.row(0).count, 9);
}

TEST_F(LogItemsTest, ALateLinePartsARow)
{
    for (int i = 1; i <= 4; ++i)
        take(i, 10 * i, "same");
    take(5, 25, "other");
    EXPECT_EQ(rows(), QStringList({u"same×2"_s, u"other"_s, u"same×2"_s}));
    take(6, 41, "same");
    EXPECT_EQ(rows(), QStringList({u"same×2"_s, u"other"_s, u"same×3"_s}));
}

TEST_F(LogItemsTest, AFilterShowsWhatItLetsThrough)
{
    LogLine warning = logLine(2, second(2), "beware", "w2");
    warning.level = LogLevel::Warning;
    warning.stage = "loading_model";
    LogLine error = logLine(4, second(4), "broken", "callback:w1");
    error.level = LogLevel::Error;
    take(1, 1, "same");
    m_items.take({logEntry(0, warning), logEntry(0, error)});
    take(3, 3, "same");
    EXPECT_EQ(m_items.rowCount(), 4);
    m_items.setFilter({LogLevel::Warning});
    EXPECT_EQ(rows(), QStringList({u"beware"_s, u"broken"_s}));
    EXPECT_THAT(m_items.index(1).data().toString().toStdString(), HasSubstr("Error")) << "not by colour alone";
    m_items.setFilter({LogLevel::Debug, u"w1"_s});
    EXPECT_EQ(rows(), QStringList({u"same×2"_s, u"broken"_s}))
        << "neighbours now; what it posted itself is the same worker's";
    m_items.setFilter({LogLevel::Debug, {}, u"loading_model"_s});
    EXPECT_EQ(rows(), QStringList(u"beware"_s));
    EXPECT_EQ(m_items.workers(), QStringList({u"w1"_s, u"w2"_s}));
    EXPECT_EQ(m_items.stages(), QStringList(u"loading_model"_s));
    m_items.setFilter({});
    EXPECT_EQ(m_items.rowCount(), 4);
}

/// The four letters i are one to whoever looks for a word, in every language.
TEST_F(LogItemsTest, WordsAreFoundWithoutRegardToCase)
{
    take(1, 1, "İŞÇİ hazır");
    take(2, 2, "nothing of it");
    take(3, 3, "isci HAZIR");
    ASSERT_TRUE(finds(u"hazır"_s));
    EXPECT_EQ(m_items.matchCount(), 2);
    ASSERT_TRUE(finds(u"işçi"_s));
    EXPECT_EQ(m_items.matchCount(), 1);
    ASSERT_TRUE(finds(u"HAZIR"_s));
    EXPECT_EQ(m_items.matchAfter(0, true), 2);
    EXPECT_EQ(m_items.matchAfter(2, true), 0) << "goes on at the other end";
    EXPECT_EQ(m_items.matchAfter(0, false), 2);
    EXPECT_EQ(m_items.matchNumber(2), 2);
    take(4, 4, "hazIr again");
    EXPECT_EQ(m_items.matchCount(), 3) << "what arrives is looked at too";
    static_cast<void>(m_items.dropOldest(1));
    EXPECT_EQ(m_items.matchCount(), 2);
    LogItems::Entries page;
    for (int i = 0; i < 3'000; ++i)
        page.push_back(logEntry(0, logLine(100 + i, second(-5'000 + i), i % 3 == 0 ? "hazır" : "other", "w1")));
    m_items.take(page);
    ASSERT_TRUE(waitUntil([this] { return !m_items.isSearching(); }));
    EXPECT_EQ(m_items.matchCount(), 1'002) << "an earlier page is looked at as well";
    ASSERT_TRUE(finds(u"nowhere"_s));
    EXPECT_EQ(m_items.matchAfter(0, true), -1);
    EXPECT_EQ(folded(u"İIıi"_s), u"iiii"_s);
}

TEST_F(LogItemsTest, WhatIsDroppedIsCountedOutOfItsRow)
{
    for (int i = 1; i <= 3; ++i)
        take(i, i, "a");
    for (int i = 4; i <= 6; ++i)
        take(i, i, "b");
    EXPECT_EQ(m_items.dropOldest(2).size(), 2U);
    EXPECT_EQ(rows(), QStringList({u"a"_s, u"b×3"_s}));
    EXPECT_EQ(m_items.dropNewest(1).size(), 1U);
    EXPECT_EQ(rows(), QStringList({u"a"_s, u"b×2"_s}));
    EXPECT_EQ(m_items.dropNewest(10).size(), 3U);
    EXPECT_EQ(m_items.rowCount(), 0);
}

TEST_F(LogItemsTest, TheNearestLineToAMoment)
{
    EXPECT_EQ(m_items.nearest(second(1)), -1);
    take(1, 10, "a");
    take(2, 20, "b");
    take(3, 100, "c");
    EXPECT_EQ(m_items.nearest(second(0)), 0);
    EXPECT_EQ(m_items.nearest(second(14)), 0);
    EXPECT_EQ(m_items.nearest(second(16)), 1);
    EXPECT_EQ(m_items.nearest(second(70)), 2);
    EXPECT_EQ(m_items.nearest(second(1000)), 2);
}

TEST_F(LogItemsTest, WhatOthersWriteStandsOnOneLineAsPlainText)
{
    const std::string veryLong(200'000, 'x');
    take(1, 1, "\x1b[31mred\x1b[0m\r\nnext");
    take(2, 2, "<b>bold</b> & <img src='http://x/'>");
    take(3, 3, "user\u202Egnp.exe \u2066isolated");
    take(4, 4, "مرحبا بالعالم");
    take(5, 5, veryLong);
    take(6, 6, std::string("\xff\xfe broken \0 zero", 17));
    take(7, 7, "");
    EXPECT_EQ(m_items.words(0), u"␛[31mred␛[0m␍␊next"_s);
    EXPECT_EQ(m_items.words(1), u"<b>bold</b> & <img src='http://x/'>"_s);
    EXPECT_EQ(m_items.words(2), u"usergnp.exe isolated"_s) << "what would turn the line around is left out";
    EXPECT_EQ(m_items.words(3), u"مرحبا بالعالم"_s);
    EXPECT_EQ(m_items.words(4).size(), qsizetype(veryLong.size()));
    EXPECT_FALSE(m_items.words(5).contains(QChar(0)));
    EXPECT_EQ(m_items.words(6), QString());
    const QString copied = LogText(m_language.format(), {}).line(*m_items.row(0).first);
    EXPECT_FALSE(copied.contains(QChar(0x1b))) << "it may be pasted into a terminal";
}

TEST_F(LogItemsTest, CopiesTellTimeWorkerAndWhatStandsAround)
{
    for (int i = 1; i <= 20; ++i)
        take(i, i, "line " + std::to_string(i), "w7");
    const LogText text(m_language.format(), m_items.names());
    const QString one = textOfRows({m_items.row(9)}, text);
    EXPECT_THAT(one.toStdString(), testing::ContainsRegex("2023-11-1[0-9] [0-9:.]+  INFO  w7  line 10\n"));
    const QStringList around = textAroundRows(m_items, {9}, 5, text).split(u'\n', Qt::SkipEmptyParts);
    ASSERT_EQ(around.size(), 11);
    EXPECT_TRUE(around.first().endsWith(u"line 5"_s));
    EXPECT_TRUE(around.at(5).startsWith(u"> "_s)) << around.at(5).toStdString();
    EXPECT_TRUE(around.last().endsWith(u"line 15"_s));
    const QStringList ends = textAroundRows(m_items, {0, 19}, 5, text).split(u'\n', Qt::SkipEmptyParts);
    EXPECT_EQ(ends.size(), 13) << "six lines at each end, and what is left out";
}

/// However lines arrive, the rows are those of all of them put in at once.
TEST_F(LogItemsTest, TheRowsDoNotDependOnTheOrderOfArrival)
{
    std::mt19937 random(test::seed());
    for (int round = 0; round < 40; ++round) {
        LogItems::Entries all;
        for (int i = 1; i <= 300; ++i) {
            const int deployment = static_cast<int>(random() % 2);
            const int at = static_cast<int>(random() % 100);
            LogLine line = logLine(i, second(at), "text " + std::to_string(random() % 2), "w");
            line.level = random() % 4 == 0 ? LogLevel::Error : LogLevel::Info;
            all.push_back(logEntry(deployment, line));
        }
        LogItems whole(m_language);
        const LogFilter filter{round % 2 == 0 ? LogLevel::Debug : LogLevel::Error};
        whole.setFilter(filter);
        whole.take(all);
        LogItems untested(m_language);
        // The tester looks at every row after every change: for a few rounds that is enough.
        LogItems& items = round < 2 ? m_items : untested;
        items.clear();
        items.setFilter(filter);
        std::shuffle(all.begin(), all.end(), random);
        for (auto from = all.begin(); from != all.end();) {
            const auto to = from + std::min<std::ptrdiff_t>(all.end() - from, 1 + static_cast<int>(random() % 90));
            items.take(LogItems::Entries(from, to));
            from = to;
        }
        ASSERT_EQ(items.rowCount(), whole.rowCount()) << "round " << round;
        for (int row = 0; row < whole.rowCount(); ++row) {
            ASSERT_EQ(items.row(row).first, whole.row(row).first) << "round " << round << ", row " << row;
            ASSERT_EQ(items.row(row).last, whole.row(row).last) << "round " << round << ", row " << row;
            ASSERT_EQ(items.row(row).count, whole.row(row).count) << "round " << round << ", row " << row;
        }
    }
}

} // namespace
} // namespace visgate::ui
