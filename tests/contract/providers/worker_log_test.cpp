// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/worker_log.h"
#include "tests/support/await.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::waitUntil;

class WorkerLogTest : public testing::Test {
protected:
    void append(WorkerLog& log, qsizetype count)
    {
        for (qsizetype i = 0; i < count; ++i)
            log.append(u"2026-11-30T12:00:00Z"_s, u"container"_s, u"line\t%1"_s.arg(++m_written));
    }
    [[nodiscard]] qsizetype linesInFile() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : -1;
    }

    QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath(u"worker.log"_s);
    qsizetype m_written = 0;
};

TEST_F(WorkerLogTest, TheLatestLinesAreKeptAndTheFileStaysSmall)
{
    WorkerLog log(m_path);
    append(log, 3 * WorkerLog::kMostLines);
    EXPECT_LE(linesInFile(), 2 * WorkerLog::kMostLines);
    QStringList ids;
    const auto stream = log.open({}, [&](const ProviderLogLine& line) { ids.append(line.id); });
    EXPECT_TRUE(waitUntil([&] { return ids.size() == WorkerLog::kMostLines; }));
    EXPECT_EQ(ids.last(), QString::number(m_written));
    append(log, 1);
    EXPECT_TRUE(waitUntil([&] { return ids.last() == QString::number(m_written); }));
    EXPECT_FALSE(stream->ended().has_value());
    log.end();
    EXPECT_TRUE(stream->ended().has_value());
}

TEST_F(WorkerLogTest, ItIsReadAgainAsItWasExceptForATornLine)
{
    {
        WorkerLog log(m_path);
        append(log, 3);
    }
    QFile file(m_path);
    ASSERT_TRUE(file.open(QIODevice::Append));
    file.write("4\t2026-11-30T12"); // the disk was full
    file.close();
    WorkerLog log(m_path);
    QList<ProviderLogLine> lines;
    const auto stream = log.open(u"1"_s, [&](const ProviderLogLine& line) { lines.append(line); });
    EXPECT_TRUE(waitUntil([&] { return stream->ended().has_value(); }));
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines.first().id, u"2"_s);
    EXPECT_EQ(lines.first().line, u"line\t2"_s);
    EXPECT_EQ(lines.first().source, u"container"_s);
}

TEST_F(WorkerLogTest, AReaderMayGoWhileItReads)
{
    WorkerLog log(m_path);
    append(log, 10);
    int read = 0;
    std::unique_ptr<LogStream> stream;
    stream = log.open({}, [&](const ProviderLogLine&) {
        ++read;
        stream.reset();
    });
    EXPECT_TRUE(waitUntil([&] { return read > 0; }));
    append(log, 1);
    EXPECT_EQ(read, 1);
}

TEST_F(WorkerLogTest, WithoutAPlaceToWriteItIsStillRead)
{
    WorkerLog log(m_folder.path()); // a folder
    append(log, 2);
    int read = 0;
    const auto stream = log.open({}, [&](const ProviderLogLine&) { ++read; });
    EXPECT_TRUE(waitUntil([&] { return read == 2; }));
}

} // namespace
} // namespace visgate
