// SPDX-License-Identifier: GPL-3.0-or-later
// Folders, sockets and ports as a real computer has them: not writable, too long, somebody else's, taken, damaged. Each
// is named together with the way out; and what Visgate leaves behind is for its user alone.
#include "tests/support/cli_harness.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTcpServer>

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using testing::HasSubstr;
using testing::Not;

class CliSurroundings : public testing::Test, protected CliHarness {
protected:
    /// A folder in the harness's own, made now.
    QString folder(const QString& name) const
    {
        QDir().mkpath(file(name));
        return file(name);
    }
};

TEST_F(CliSurroundings, AHomeThatCannotBeWrittenIsNamedWithTheWayOut)
{
    const QString home = folder(u"home"_s);
    ASSERT_EQ(::chmod(QFile::encodeName(home).constData(), 0555), 0);
    // Rights are nothing to root, but for those that it lays down.
    const QStringList under = ::geteuid() != 0
        ? QStringList()
        : QStringList{u"setpriv"_s, u"--bounding-set=-dac_override,-dac_read_search"_s};
    const QString command
        = u"env -u XDG_RUNTIME_DIR -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u VISGATE_DATA_DIR "
          "HOME=%1 $VISGATECTL %2"_s;
    const Ran listed = script(command.arg(home, u"list"_s), under);
    EXPECT_EQ(listed.code, 1) << listed.out.toStdString() << listed.err.toStdString();
    EXPECT_THAT(listed.err.toStdString(), HasSubstr(home.toStdString()));
    EXPECT_THAT(listed.err.toStdString(), HasSubstr("--data-dir"));
    const Ran doctor = script(command.arg(home, u"doctor"_s), under);
    EXPECT_THAT(doctor.out.toStdString(), Not(HasSubstr("-0.0")));
}

TEST_F(CliSurroundings, ALongTemporaryFolderDoesNotKeepTheSocketFromBeingMade)
{
    const QString deep = folder(QString(60, u'x') + u'/' + QString(60, u'y'));
    const Ran listed = script(u"unset XDG_RUNTIME_DIR; TMPDIR=%1 $VISGATECTL list --json"_s.arg(deep));
    EXPECT_EQ(listed.code, 0) << listed.out.toStdString() << listed.err.toStdString();
}

TEST_F(CliSurroundings, WhatOthersPutIntoTheSharedFolderIsNeitherFollowedNorInTheWay)
{
    const QString shared = folder(u"tmp"_s);
    const QString victim = folder(u"victim"_s);
    ASSERT_EQ(::chmod(victim.toUtf8().constData(), 0755), 0);
    const QString trap = shared + u"/visgate-%1"_s.arg(::getuid());
    ASSERT_TRUE(QFile::link(victim, trap));
    const QString command = u"unset XDG_RUNTIME_DIR; TMPDIR=%1 $VISGATECTL %2"_s;
    QProcess serve;
    set(u"TMPDIR"_s, shared);
    set(u"XDG_RUNTIME_DIR"_s, QString());
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    EXPECT_EQ(serve.state(), QProcess::Running) << "a link was in the way";
    EXPECT_EQ(script(command.arg(shared, u"list"_s)).code, 0) << "a client finds the owner";
    serve.terminate();
    serve.waitForFinished(60'000);
    EXPECT_TRUE(QDir(victim).isEmpty(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot));
    struct stat info { };
    ASSERT_EQ(::stat(victim.toUtf8().constData(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0755U) << "the link was followed";
}

TEST_F(CliSurroundings, AClientFindsAnOwnerOfAnotherRuntimeFolder)
{
    QProcess serve;
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    ASSERT_EQ(serve.state(), QProcess::Running);
    const Ran listed = script(u"XDG_RUNTIME_DIR=%1 $VISGATECTL list --json"_s.arg(folder(u"run2"_s)));
    EXPECT_EQ(listed.code, 0) << listed.err.toStdString();
    serve.terminate();
    serve.waitForFinished(60'000);
}

TEST_F(CliSurroundings, ASecondServeSaysWhoServes)
{
    QProcess serve;
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    const Ran second = run({u"serve"_s});
    EXPECT_EQ(second.code, 1);
    EXPECT_THAT(second.err.toStdString(), HasSubstr(dataFolder().toStdString()));
    EXPECT_THAT(second.err.toStdString(), Not(HasSubstr("present state")));
    serve.terminate();
    serve.waitForFinished(60'000);
}

TEST_F(CliSurroundings, ABusyPortIsNamed)
{
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost));
    const QString port = QString::number(taken.serverPort());
    const Ran practice = run({u"practice"_s, u"serve"_s, u"--data"_s, folder(u"account"_s), u"--port"_s, port});
    EXPECT_EQ(practice.code, 1);
    EXPECT_THAT(practice.err.toStdString(), HasSubstr("port " + port.toStdString()));
    EXPECT_THAT(practice.err.toStdString(), Not(HasSubstr("present state")));
}

TEST_F(CliSurroundings, ADamagedStoreNamesAFileThatExists)
{
    ASSERT_EQ(run({u"list"_s}).code, 0);
    QFile store(dataFolder() + "/visgate.db"_L1);
    ASSERT_TRUE(store.open(QIODevice::WriteOnly));
    store.write(QByteArray(8192, 'x'));
    store.close();
    const Ran listed = run({u"list"_s});
    EXPECT_EQ(listed.code, 1);
    EXPECT_THAT(listed.err.toStdString(), HasSubstr(store.fileName().toStdString()));
    EXPECT_THAT(listed.err.toStdString(), Not(HasSubstr("backups folder"))) << "there is none";
}

TEST_F(CliSurroundings, ABrokenRecipeNamesTheLine)
{
    QFile recipe(file(u"broken.visgate"_s));
    ASSERT_TRUE(recipe.open(QIODevice::WriteOnly));
    recipe.write("{\n  \"visgate_recipe\": 1,\n  \"sizes\": { \"guidance_scale\": 7,5 }\n}\n");
    recipe.close();
    const Ran shown = run({u"recipe"_s, u"show"_s, recipe.fileName()});
    EXPECT_EQ(shown.code, 1);
    EXPECT_THAT(shown.err.toStdString(), HasSubstr("line 3"));
}

TEST_F(CliSurroundings, WhatIsLeftBehindIsForItsUserAlone)
{
    const Ran deployed = script(u"umask 022; $VISGATECTL deploy stabilityai/sdxl-turbo --target practice --speed 200 "
                                "--wait --prompt 'a small red circle on a white background'"_s);
    ASSERT_EQ(deployed.code, 0) << deployed.err.toStdString();
    QDirIterator files(dataFolder(), QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        const QString name = files.next();
        struct stat info { };
        if (::lstat(name.toUtf8().constData(), &info) != 0 || S_ISLNK(info.st_mode))
            continue; // gone by now
        EXPECT_EQ(info.st_mode & 0077U, 0U) << name.toStdString();
        ++looked;
    }
    EXPECT_GE(looked, 8) << "database, settings, logs, pictures, practice";
}

TEST_F(CliSurroundings, ACrashLeavesNoMemoryOnDisk)
{
    const QString elsewhere = folder(u"other"_s);
    std::ignore = script(u"cd %1; ulimit -c unlimited; bash -c 'kill -ABRT $$'; true"_s.arg(elsewhere));
    if (QDir(elsewhere).isEmpty())
        GTEST_SKIP() << "a crash leaves no file here, whoever crashes";
    const QString here = folder(u"crash"_s);
    const Ran crashed = script(
        u"cd %1; ulimit -c unlimited; $VISGATECTL serve & p=$!; "
        "until [ \"$(sed -n 2p $VISGATE_DATA_DIR/owner.lock)\" = $p ]; do kill -0 $p || exit 1; sleep 0.05; done; "
        "kill -ABRT $p; wait $p; echo $?"_s.arg(here));
    EXPECT_THAT(crashed.out.toStdString(), HasSubstr("134"));
    EXPECT_TRUE(QDir(here).isEmpty()) << QDir(here).entryList().join(u' ').toStdString();
}

} // namespace
} // namespace visgate
