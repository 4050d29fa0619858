// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/async.h"
#include "core/base/data_folder_lock.h"
#include "core/base/json.h"
#include "core/base/owned_thread.h"
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "tests/support/await.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <vector>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

Paths pathsIn(const QTemporaryDir& folder)
{
    return {folder.filePath(u"data"_s), folder.filePath(u"cache"_s), folder.filePath(u"run"_s)};
}

TEST(Paths, MakesFoldersThatOnlyThisUserMayEnter)
{
    const QTemporaryDir folder;
    const Paths paths = pathsIn(folder);
    ASSERT_TRUE(paths.create());
    for (const QString& made : {paths.data, paths.cache, paths.runtime, paths.logs(), paths.pictures()}) {
        const auto permissions = QFileInfo(made).permissions();
        EXPECT_FALSE(permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther)) << made.toStdString();
    }
}

TEST(Paths, SayWhichFolderCannotBeMade)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"data"_s));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const auto made = pathsIn(folder).create();
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::FileUnwritable);
    EXPECT_THAT(made.error().detail, testing::HasSubstr(folder.filePath(u"data"_s).toStdString()));
}

TEST(Paths, TwoDataFoldersNeverShareASocket)
{
    Paths one{u"/a"_s, {}, u"/run"_s};
    Paths two{u"/b"_s, {}, u"/run"_s};
    EXPECT_NE(one.socket(), two.socket());
    EXPECT_EQ(one.socket(), Paths(one).socket());
}

TEST(Paths, TheEnvironmentOverridesTheDataFolder)
{
    const QByteArray before = qgetenv("VISGATE_DATA_DIR");
    qputenv("VISGATE_DATA_DIR", "/tmp/elsewhere");
    EXPECT_EQ(Paths::fromEnvironment().data, u"/tmp/elsewhere"_s);
    if (before.isNull())
        qunsetenv("VISGATE_DATA_DIR");
    else
        qputenv("VISGATE_DATA_DIR", before);
}

TEST(DataFolderLock, HasOneOwnerAtATime)
{
    const QTemporaryDir folder;
    const Paths paths = pathsIn(folder);
    ASSERT_TRUE(paths.create());
    {
        const auto owner = DataFolderLock::take(paths);
        ASSERT_TRUE(owner);
        const auto second = DataFolderLock::take(paths);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::Conflict);
        // A child that outlives us must not hold the folder for us.
        EXPECT_EQ(QProcess::execute(u"flock"_s, {u"--nonblock"_s, paths.lock(), u"true"_s}), 1);
    }
    EXPECT_TRUE(DataFolderLock::take(paths));
    EXPECT_EQ(QProcess::execute(u"flock"_s, {u"--nonblock"_s, paths.lock(), u"true"_s}), 0);
}

TEST(Settings, StoreOnlyWhatDiffersFromTheTable)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    const SettingsTable& table = Settings::table();
    {
        Settings settings(file);
        EXPECT_EQ(settings.value(table.hubUrl), u"https://huggingface.co"_s);
        EXPECT_TRUE(settings.set(table.language, u"tr"_s));
        EXPECT_TRUE(settings.set(table.callbackReceiver, true));
        EXPECT_TRUE(settings.set(table.localApiPort, 9090));
        EXPECT_TRUE(settings.set(table.practiceSpeed, 12.5));
    }
    Settings again(file);
    EXPECT_EQ(again.value(table.language), u"tr"_s);
    EXPECT_TRUE(again.value(table.callbackReceiver));
    EXPECT_EQ(again.value(table.localApiPort), 9090);
    EXPECT_DOUBLE_EQ(again.value(table.practiceSpeed), 12.5);
    EXPECT_TRUE(again.set(table.language, QString()));
    QFile stored(file);
    ASSERT_TRUE(stored.open(QIODevice::ReadOnly));
    EXPECT_FALSE(stored.readAll().contains("language"));
}

TEST(Settings, SayWhenTheFileCannotBeWritten)
{
    Settings settings(u"/dev/null/folder/settings.ini"_s);
    EXPECT_FALSE(settings.set(Settings::table().language, u"en"_s));
}

QCoro::Task<void> sleepAndNote(Waker* waker, std::vector<int>* notes, std::chrono::milliseconds limit)
{
    co_await waker->pause(limit);
    notes->push_back(1);
    co_await waker->pause(limit);
    notes->push_back(2);
}

TEST(Waker, EndsPausesEarlyAndRemembersAWakeThatCameBefore)
{
    Waker waker;
    TaskScope scope;
    std::vector<int> notes;
    waker.wake(); // nobody sleeps yet: the first pause must not begin
    scope.add(sleepAndNote(&waker, &notes, 1h));
    EXPECT_THAT(notes, testing::ElementsAre(1));
    EXPECT_TRUE(waker.isSleeping());
    waker.wake();
    EXPECT_THAT(notes, testing::ElementsAre(1)) << "the sleeper must not run inside wake()";
    EXPECT_TRUE(test::waitUntil([&] { return notes.size() == 2; }));
    EXPECT_EQ(scope.running(), 0);
}

TEST(Waker, EndsByItselfAfterTheTime)
{
    Waker waker;
    TaskScope scope;
    std::vector<int> notes;
    scope.add(sleepAndNote(&waker, &notes, 1ms));
    EXPECT_TRUE(test::waitUntil([&] { return notes.size() == 2; }));
}

TEST(TaskScope, TellsOnceAllHaveEnded)
{
    Waker waker;
    TaskScope scope;
    std::vector<int> notes;
    scope.add(sleepAndNote(&waker, &notes, 1ms));
    bool idle = false;
    scope.whenIdle([&] { idle = true; });
    EXPECT_FALSE(idle);
    EXPECT_TRUE(test::waitUntil([&] { return idle; }));
    EXPECT_EQ(notes.size(), 2U);
}

QCoro::Task<void> sleepAndFail(Waker* waker, bool isKnownKind)
{
    co_await waker->pause(1ms);
    if (isKnownKind)
        throw std::runtime_error("a fault of the program");
    throw 42;
}

TEST(TaskScope, WaitsForNobodyWhomAnExceptionHasEnded)
{
    for (const bool isKnownKind : {true, false}) {
        Waker waker;
        TaskScope scope;
        scope.add(sleepAndFail(&waker, isKnownKind));
        EXPECT_EQ(scope.running(), 1);
        bool idle = false;
        scope.whenIdle([&] { idle = true; });
        ASSERT_TRUE(test::waitUntil([&] { return idle; }, 5s));
        EXPECT_EQ(scope.running(), 0);
    }
}

TEST(OwnedThread, RunsAnEventLoopAndEndsWithItsOwner)
{
    std::atomic<bool> ran = false;
    {
        const OwnedThread thread = startThread(u"test"_s);
        auto* const worker = new QObject;
        worker->moveToThread(thread.get());
        QObject::connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
        QMetaObject::invokeMethod(
            worker, [&] { ran = QThread::currentThread() == thread.get(); }, Qt::BlockingQueuedConnection);
    }
    EXPECT_TRUE(ran);
}

TEST(Json, RefusesWhatIsNotAnObject)
{
    EXPECT_TRUE(json::parseObject("{\"a\": 1}"));
    for (const char* text : {"", "[1]", "{", "nul", "{\"a\": 1} x"})
        EXPECT_EQ(json::parseObject(text).error().code, ErrorCode::UnexpectedReply) << text;
    EXPECT_TRUE(json::parseArray("[1]"));
    EXPECT_FALSE(json::parseArray("{}"));
}

} // namespace
} // namespace visgate
