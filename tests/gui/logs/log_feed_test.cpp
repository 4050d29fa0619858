// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/logs/fake_log.h"
#include "tests/support/await.h"
#include "ui/common/language.h"
#include "ui/logs/log_feed.h"

#include <QCoreApplication>

#include <algorithm>
#include <gmock/gmock.h>
#include <optional>

using namespace Qt::StringLiterals;
using visgate::test::FakeLog;
using visgate::test::logLine;
using visgate::test::second;
using visgate::test::waitUntil;

namespace visgate::ui {
namespace {

const DeploymentId shownLog("dep_20231114_00000001");
const DeploymentId other("dep_20231114_00000002");

class LogFeedTest : public testing::Test {
protected:
    LogFeedTest()
    {
        QObject::connect(&m_feed, &LogFeed::arrived, &m_feed, [this](TimePoint at) { m_arrived = at; });
    }
    bool show(const QList<DeploymentId>& ids)
    {
        m_feed.setDeployments(ids);
        return settles();
    }
    bool settles()
    {
        return waitUntil([this] { return !m_feed.isLoading(); });
    }
    bool goesTo(TimePoint at)
    {
        m_arrived.reset();
        m_feed.goTo(at);
        return waitUntil([this] { return m_arrived.has_value(); }) && m_arrived == at;
    }
    [[nodiscard]] QString wordsAt(TimePoint at) const { return m_items.words(m_items.nearest(at)); }
    [[nodiscard]] QString lastWords() const { return m_items.words(m_items.rowCount() - 1); }

    Language m_language{*QCoreApplication::instance(), u"en"_s};
    FakeLog m_source;
    LogItems m_items{m_language};
    LogFeed m_feed{m_source, m_items};
    std::optional<TimePoint> m_arrived;
};

TEST_F(LogFeedTest, TheNewestLinesComeFirstAndThenWhatArrives)
{
    m_source.write(shownLog, 12'000, 0);
    ASSERT_TRUE(show({shownLog}));
    EXPECT_EQ(m_items.lineCount(), LogFeed::pageLines);
    EXPECT_EQ(lastWords(), u"line 12000"_s);
    EXPECT_TRUE(m_feed.hasOlder());
    m_source.tell(shownLog, second(12'001), "new");
    EXPECT_TRUE(waitUntil([this] { return lastWords() == u"new"_s; }));
    m_source.tell(other, second(12'002), "of nobody here");
    m_source.tell(shownLog, second(12'003), "newer");
    EXPECT_TRUE(waitUntil([this] { return lastWords() == u"newer"_s; }));
    EXPECT_EQ(m_items.lineCount(), LogFeed::pageLines + 2);
}

TEST_F(LogFeedTest, ALineThatComesWhileTheLogIsReadIsThereOnce)
{
    m_source.write(shownLog, 3, 0);
    m_feed.setDeployments({shownLog});
    m_source.tell(shownLog, second(9), "meanwhile");
    ASSERT_TRUE(settles());
    EXPECT_TRUE(waitUntil([this] { return m_items.lineCount() == 4; }));
    EXPECT_EQ(lastWords(), u"meanwhile"_s);
}

TEST_F(LogFeedTest, WhatWasNotToldIsReadFromTheStore)
{
    m_source.write(shownLog, 3, 0);
    ASSERT_TRUE(show({shownLog}));
    m_source.write(shownLog, 5, 3); // the connection was broken
    m_source.tell(shownLog, second(20), "told");
    EXPECT_TRUE(waitUntil([this] { return m_items.lineCount() == 9; }));
    EXPECT_EQ(lastWords(), u"told"_s);
}

TEST_F(LogFeedTest, AMomentOlderThanWhatIsHeldIsLoaded)
{
    m_source.write(shownLog, 40'000, 0);
    ASSERT_TRUE(show({shownLog}));
    const int reads = m_source.reads;
    ASSERT_TRUE(goesTo(second(1234)));
    EXPECT_EQ(wordsAt(second(1234)), u"line 1235"_s);
    EXPECT_LT(m_source.reads - reads, 25) << "it is looked up, not read through";
    EXPECT_LE(m_items.lineCount(), LogFeed::pageLines);
    EXPECT_FALSE(m_feed.isAtEnd());

    m_source.tell(shownLog, second(40'001), "new");
    EXPECT_TRUE(waitUntil([this] { return m_feed.newLinesNotHeld() == 1; }));
    EXPECT_NE(lastWords(), u"new"_s) << "there are lines between";
    m_feed.toEnd();
    ASSERT_TRUE(settles());
    EXPECT_EQ(lastWords(), u"new"_s);
    EXPECT_EQ(m_feed.newLinesNotHeld(), 0);
}

TEST_F(LogFeedTest, FromThereOneReadsOnBothWays)
{
    m_source.write(shownLog, 20'000, 0);
    ASSERT_TRUE(show({shownLog}));
    ASSERT_TRUE(goesTo(second(9'000)));
    for (int pages = 0; pages < 10 && m_feed.hasOlder(); ++pages) {
        m_feed.loadOlder();
        ASSERT_TRUE(settles());
    }
    EXPECT_EQ(m_items.words(0), u"line 1"_s);
    for (int pages = 0; pages < 10 && !m_feed.isAtEnd(); ++pages) {
        m_feed.loadNewer();
        ASSERT_TRUE(settles());
    }
    EXPECT_EQ(m_items.lineCount(), 20'000);
    EXPECT_EQ(lastWords(), u"line 20000"_s);
    m_source.tell(shownLog, second(20'001), "new");
    EXPECT_TRUE(waitUntil([this] { return lastWords() == u"new"_s; })) << "the end is followed again";
}

TEST_F(LogFeedTest, TheBeginningAndTheEndAreMomentsToo)
{
    m_source.write(shownLog, 20'000, 100);
    ASSERT_TRUE(show({shownLog}));
    ASSERT_TRUE(goesTo(second(0)));
    EXPECT_EQ(wordsAt(second(0)), u"line 1"_s);
    ASSERT_TRUE(goesTo(second(90'000)));
    EXPECT_EQ(wordsAt(second(90'000)), u"line 20000"_s);
    EXPECT_TRUE(m_feed.isAtEnd());
}

TEST_F(LogFeedTest, AMomentAskedForWhileTheLogIsReadIsNotForgotten)
{
    m_source.write(shownLog, 20'000, 0);
    m_feed.setDeployments({shownLog});
    ASSERT_TRUE(goesTo(second(50)));
    EXPECT_EQ(wordsAt(second(50)), u"line 51"_s);
}

/// A quiet deployment's week is not shown beside a talkative one's last hour: it would look silent before.
TEST_F(LogFeedTest, SeveralAreShownOverTheSameTime)
{
    m_source.write(shownLog, 30'000, 0);
    m_source.write(other, 100, 0);
    m_source.write(other, 10, 29'990);
    ASSERT_TRUE(show({shownLog, other}));
    const TimePoint oldest = m_items.lines().front()->line.at;
    EXPECT_EQ(m_items.lines().front()->deployment, 0);
    for (const LogEntryPtr& entry : m_items.lines())
        EXPECT_GE(entry->line.at, oldest);
    EXPECT_TRUE(std::is_sorted(m_items.lines().cbegin(), m_items.lines().cend(), isBefore));
    for (int pages = 0; pages < 30 && m_feed.hasOlder(); ++pages) {
        m_feed.loadOlder();
        ASSERT_TRUE(settles());
    }
    EXPECT_EQ(m_items.lineCount(), 30'110) << "in the end all of both are there";
}

TEST_F(LogFeedTest, OnlySoManyAreHeld)
{
    m_source.write(shownLog, 10, 0);
    ASSERT_TRUE(show({shownLog}));
    QList<LogLine> flood;
    for (int i = 0; i < LogFeed::mostLines + 100; ++i)
        flood.append(logLine(11 + i, second(10 + i), "flood " + std::to_string(i), "w1"));
    m_source.logs[shownLog] += flood;
    Q_EMIT m_source.appended(shownLog, flood);
    EXPECT_TRUE(waitUntil([this] { return lastWords() == u"flood %1"_s.arg(LogFeed::mostLines + 99); }));
    EXPECT_LE(m_items.lineCount(), LogFeed::mostLines);
    m_feed.loadOlder();
    ASSERT_TRUE(settles());
    EXPECT_EQ(m_items.words(0), u"line 1"_s) << "what had to go can be read again";
}

TEST_F(LogFeedTest, AReadThatFailsIsSaidAndCanBeRepeated)
{
    m_source.write(shownLog, 3, 0);
    m_source.failing = true;
    ASSERT_TRUE(show({shownLog}));
    ASSERT_TRUE(m_feed.error().has_value());
    EXPECT_EQ(m_feed.error()->code, ErrorCode::FileUnreadable);
    m_source.failing = false;
    m_feed.toEnd();
    ASSERT_TRUE(settles());
    EXPECT_FALSE(m_feed.error().has_value());
    EXPECT_EQ(m_items.lineCount(), 3);
}

TEST_F(LogFeedTest, AnswersOfWhatWasShownBeforeAreNotTaken)
{
    m_source.write(shownLog, 3, 0, "first ");
    m_source.write(other, 2, 0, "other ");
    m_feed.setDeployments({shownLog});
    ASSERT_TRUE(show({other}));
    EXPECT_EQ(m_items.lineCount(), 2);
    EXPECT_EQ(lastWords(), u"other 2"_s);
    ASSERT_TRUE(show({}));
    EXPECT_EQ(m_items.lineCount(), 0);
}

} // namespace
} // namespace visgate::ui
