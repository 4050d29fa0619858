// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/logs/fake_log.h"
#include "tests/support/await.h"
#include "ui/common/language.h"
#include "ui/logs/log_save_bar.h"
#include "ui/logs/log_saver.h"

#include <QCoreApplication>
#include <QDate>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <gmock/gmock.h>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using visgate::test::FakeLog;
using visgate::test::second;
using visgate::test::waitUntil;

namespace visgate::ui {
namespace {

const DeploymentId savedLog("dep_20231114_00000001");
const DeploymentId secondLog("dep_20231114_00000002");

class LogSaverTest : public testing::Test {
protected:
    void save(const QList<DeploymentId>& ids, const QStringList& names, const QString& path)
    {
        m_saver = std::make_unique<LogSaver>(m_source, ids, LogText(m_language.format(), names));
        QObject::connect(
            m_saver.get(), &LogSaver::saved, m_saver.get(), [this](const QString&, qint64 lines) { m_saved = lines; });
        QObject::connect(m_saver.get(), &LogSaver::failed, m_saver.get(), [this](const Error& e) { m_failed = e; });
        QObject::connect(m_saver.get(), &LogSaver::cancelled, m_saver.get(), [this] { m_wasCancelled = true; });
        QObject::connect(m_saver.get(), &LogSaver::progressed, m_saver.get(), [this](double share) {
            m_shares.append(share);
            if (m_stops)
                m_saver->cancel();
        });
        m_saver->begin(path);
    }
    static QStringList linesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)
                                              : QStringList();
    }

    Language m_language{*QCoreApplication::instance(), u"en"_s};
    QTemporaryDir m_folder;
    FakeLog m_source;
    std::unique_ptr<LogSaver> m_saver;
    std::optional<qint64> m_saved;
    std::optional<Error> m_failed;
    QList<double> m_shares;
    bool m_wasCancelled = false;
    bool m_stops = false; ///< after the first page
};

TEST_F(LogSaverTest, EveryStoredLineIsInTheFile)
{
    m_source.write(savedLog, 9'001, 0);
    const QString path = m_folder.filePath(u"log.txt"_s);
    save({savedLog}, {u"SDXL Turbo"_s}, path);
    m_source.tell(savedLog, second(10'000), "too late");
    ASSERT_TRUE(waitUntil([this] { return m_saved.has_value(); }));
    const QStringList lines = linesOf(path);
    ASSERT_GE(lines.size(), 9'001);
    EXPECT_EQ(*m_saved, lines.size());
    EXPECT_TRUE(lines.first().endsWith(u"w1  line 1"_s)) << lines.first().toStdString();
    EXPECT_TRUE(lines.at(9'000).endsWith(u"line 9001"_s));
    EXPECT_DOUBLE_EQ(m_shares.last(), 1.0);
    EXPECT_GT(m_shares.size(), 2) << "it was told how far it is";
}

TEST_F(LogSaverTest, SeveralLogsAreOneByTime)
{
    m_source.write(savedLog, 5'000, 0, "first ");
    m_source.write(secondLog, 6'000, 2'500, "other ");
    const QString path = m_folder.filePath(u"log.txt"_s);
    save({savedLog, secondLog}, {u"One"_s, u"Two"_s}, path);
    ASSERT_TRUE(waitUntil([this] { return m_saved.has_value(); }));
    const QStringList lines = linesOf(path);
    ASSERT_EQ(lines.size(), 11'000);
    QStringList times;
    for (const QString& line : lines)
        times << line.left(23);
    EXPECT_TRUE(std::is_sorted(times.cbegin(), times.cend()));
    EXPECT_TRUE(lines.first().contains(u"  One  "_s)) << lines.first().toStdString();
    EXPECT_TRUE(lines.last().contains(u"  Two  "_s));
}

TEST_F(LogSaverTest, WhoStopsItKeepsWhatWasThere)
{
    const QString path = m_folder.filePath(u"log.txt"_s);
    QFile before(path);
    ASSERT_TRUE(before.open(QIODevice::WriteOnly) && before.write("before\n") > 0);
    before.close();
    m_source.write(savedLog, 20'000, 0);
    m_stops = true;
    save({savedLog}, {u"One"_s}, path);
    ASSERT_TRUE(waitUntil([this] { return m_wasCancelled; }));
    m_saver.reset();
    EXPECT_EQ(linesOf(path), QStringList(u"before"_s));
    EXPECT_FALSE(m_saved.has_value());
}

TEST_F(LogSaverTest, AFailureSaysWhy)
{
    m_source.write(savedLog, 3, 0);
    save({savedLog}, {u"One"_s}, m_folder.filePath(u"no such folder/log.txt"_s));
    ASSERT_TRUE(waitUntil([this] { return m_failed.has_value(); }));
    EXPECT_EQ(m_failed->code, ErrorCode::FileUnwritable);
    EXPECT_THAT(m_failed->detail, testing::HasSubstr("no such folder"));
    m_failed.reset();
    m_source.failing = true;
    save({savedLog}, {u"One"_s}, m_folder.filePath(u"log.txt"_s));
    ASSERT_TRUE(waitUntil([this] { return m_failed.has_value(); }));
    EXPECT_EQ(m_failed->code, ErrorCode::FileUnreadable);
    EXPECT_FALSE(QFile::exists(m_folder.filePath(u"log.txt"_s)));
}

TEST_F(LogSaverTest, AnEmptyLogIsAnEmptyFile)
{
    const QString path = m_folder.filePath(u"log.txt"_s);
    save({savedLog}, {u"One"_s}, path);
    ASSERT_TRUE(waitUntil([this] { return m_saved.has_value(); }));
    EXPECT_EQ(*m_saved, 0);
    EXPECT_TRUE(QFile::exists(path));
}

TEST(LogFileName, IsOneOnEverySystem)
{
    const QDate date(2026, 12, 1);
    EXPECT_EQ(logFileName(u"SDXL Turbo"_s, date), u"SDXL Turbo 2026-12-01.txt"_s);
    EXPECT_EQ(logFileName(u"../a:b\\c*?<>|\""_s, date), u"-a-b-c------ 2026-12-01.txt"_s);
    EXPECT_EQ(logFileName(QString(), date), u"2026-12-01.txt"_s);
    EXPECT_LT(logFileName(QString(1000, u'x'), date).size(), 120);
}

} // namespace
} // namespace visgate::ui
