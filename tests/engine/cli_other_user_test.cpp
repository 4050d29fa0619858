// SPDX-License-Identifier: GPL-3.0-or-later
// Another user of the same computer: what is private stays closed, what they put in the way is stepped round or named,
// and the program works on.
#include "tests/support/cli_harness.h"

#include <QDir>
#include <QFile>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using testing::HasSubstr;

/// Says what the owner's socket answers; "refused" where it cannot be reached or says nothing.
constexpr const char* kAskSocket = R"(
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(60)
try:
    s.connect(sys.argv[1])
    s.sendall(b"POST /v1/private/operations/list_keys HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    said = s.recv(100)
except OSError as error:
    said = b""
print(said.decode() or "refused")
)";

class CliOtherUser : public testing::Test, protected CliHarness {
protected:
    void SetUp() override
    {
        if (::geteuid() != 0)
            GTEST_SKIP() << "another user can only be played by root";
        open(u"."_s, 0755); // only what the program itself closes is to be in the way
        open(u"run"_s, 0755);
        open(u"data"_s, 0755);
        QFile python(file(u"ask.py"_s));
        ASSERT_TRUE(python.open(QIODevice::WriteOnly));
        python.write(kAskSocket);
        python.close();
        open(u"ask.py"_s, 0644);
    }

    void open(const QString& name, mode_t mode) const
    {
        ASSERT_EQ(::chmod(QFile::encodeName(file(name)).constData(), mode), 0) << name.toStdString();
    }
    Ran asNobody(const QString& text) const
    {
        return script(u"cd /; "_s + text, {u"setpriv"_s, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s});
    }
    QString socketPath() const
    {
        const QDir runtime(file(u"run/visgate"_s));
        return runtime.filePath(runtime.entryList({u"owner-*.sock"_s}, QDir::System | QDir::Files).value(0));
    }
};

TEST_F(CliOtherUser, NeitherReadsTheDataNorSpeaksToTheOwner)
{
    ASSERT_FALSE(practice().isEmpty());
    QProcess serve;
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    ASSERT_EQ(run({u"list"_s}).code, 0) << "it answers by now";
    ASSERT_TRUE(QFile::exists(socketPath())) << socketPath().toStdString();
    const QString ask = u"python3 %1 %2"_s.arg(file(u"ask.py"_s), socketPath());
    EXPECT_THAT(script(ask).out.toStdString(), HasSubstr("200 OK")) << "its own user is answered";
    for (const char* name : {"visgate.db", "settings.ini", "owner.lock", "logs", "practice/practice.json"}) {
        const Ran read = asNobody(u"cat %1/%2 2>&1; ls %1/%2"_s.arg(dataFolder(), QLatin1String(name)));
        EXPECT_NE(read.code, 0) << name << read.out.toStdString();
        EXPECT_THAT(read.out.toStdString(), HasSubstr("Permission denied")) << name;
    }
    EXPECT_EQ(asNobody(ask).out.trimmed(), "refused");
    // Somebody opens the doors to all: the socket knows who speaks.
    open(u"run/visgate"_s, 0777);
    ASSERT_EQ(::chmod(QFile::encodeName(socketPath()).constData(), 0777), 0);
    EXPECT_EQ(asNobody(ask).out.trimmed(), "refused");
    EXPECT_THAT(script(ask).out.toStdString(), HasSubstr("200 OK")) << "and goes on answering its own";
    EXPECT_EQ(run({u"list"_s}).code, 0);
    serve.terminate();
    serve.waitForFinished(60'000);
}

TEST_F(CliOtherUser, EntersPracticeByNoneOfItsDoors)
{
    const QJsonObject addresses = practice();
    const QString base = u"http://127.0.0.1:%1"_s.arg(addresses["port"_L1].toInt());
    const auto status = [&](const QString& what) {
        return asNobody(u"curl -s -o /dev/null -w '%{http_code}' "_s + what).out.toStdString();
    };
    const QString asGuest = u"-H 'Authorization: Bearer rpa_practice_guessed_0001' "_s;
    for (const char* door : {"/rest/v2/serverless", "/queue/v2/x/health", "/graphql", "/__practice__/state",
             "/s3/eu-ro-1/", "/api/models", "/v2/", "/hub/api/models"}) {
        SCOPED_TRACE(door);
        EXPECT_THAT(status(base + QLatin1String(door)), testing::MatchesRegex("40[1345]"));
        EXPECT_THAT(status(asGuest + base + QLatin1String(door)), testing::MatchesRegex("40[1345]"));
        EXPECT_THAT(
            status(asGuest + u"-X POST -d '{}' "_s + base + QLatin1String(door)), testing::MatchesRegex("40[1345]"));
    }
    EXPECT_EQ(run({u"gpus"_s, u"--target"_s, u"practice"_s}).code, 0) << "it is open to its own user";
}

/// The folder for sockets and the data folder, made by somebody else before we come.
TEST_F(CliOtherUser, PutsNoFolderInOurWay)
{
    const QString shared = file(u"tmp"_s);
    ASSERT_TRUE(QDir().mkpath(shared));
    open(u"tmp"_s, 01777);
    const QString trap = shared + u"/visgate-%1"_s.arg(::getuid());
    ASSERT_EQ(asNobody(u"mkdir -m 0777 %1 && echo here > %1/first"_s.arg(trap)).code, 0);
    const Ran listed = script(u"unset XDG_RUNTIME_DIR; TMPDIR=%1 $VISGATECTL list"_s.arg(shared));
    EXPECT_EQ(listed.code, 0) << listed.err.toStdString();
    EXPECT_EQ(QDir(trap).entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{u"first"_s});

    ASSERT_EQ(asNobody(u"mkdir -m 0777 %1/theirs"_s.arg(shared)).code, 0);
    const Ran refused = script(u"$VISGATECTL list --data-dir %1/theirs"_s.arg(shared));
    EXPECT_EQ(refused.code, 1) << refused.out.toStdString();
    EXPECT_THAT(refused.err.toStdString(), HasSubstr((shared + "/theirs"_L1).toStdString()));
    EXPECT_EQ(refused.err.count('\n'), 2) << "a sentence and its remedy: " << refused.err.toStdString();
    EXPECT_TRUE(QDir(shared + "/theirs"_L1).isEmpty(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot));
}

/// Neither a crash nor a debugger of the same user gets at the memory of what holds keys, or of what it starts.
TEST_F(CliOtherUser, NoProcessOfTheProgramLeavesADump)
{
    if (asNobody(u"test -x $VISGATECTL"_s).code != 0)
        GTEST_SKIP() << "the programs lie in a folder that another user may not enter";
    ASSERT_TRUE(QDir().mkpath(file(u"home/run"_s)));
    ASSERT_EQ(::chown(QFile::encodeName(file(u"home"_s)).constData(), 65534, 65534), 0);
    ASSERT_EQ(::chown(QFile::encodeName(file(u"home/run"_s)).constData(), 65534, 65534), 0);
    set(u"VISGATE_DATA_DIR"_s, file(u"home/data"_s));
    set(u"XDG_RUNTIME_DIR"_s, file(u"home/run"_s));
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        set(QLatin1String(name), file(u"home"_s));
    // A process that just begins is not closed yet: whose memory it is counts at the end, its limits, which it is born
    // with, at any time.
    const Ran seen
        = script(u"ulimit -c unlimited; cd /; n='setpriv --reuid=65534 --regid=65534 --clear-groups'; "
                 "scan() { for p in /proc/[0-9]*; do e=$(readlink $p/exe) && case $e in ${VISGATECTL%/*}/visgate*) "
                 "u=$(awk '/^Uid:/ {print $2}' $p/status); [ \"$u\" = 65534 ] && [ $p != /proc/$d ] && "
                 "l=$(awk '/core file/ {print $5 $6}' $p/limits) && [ -n \"$l\" ] && echo ${e##*/} $l $($1 $p/mem);; "
                 "esac; done; }; "
                 "$n $VISGATECTL serve >&2 & s=$!; "
                 "until [ \"$(sed -n 2p $VISGATE_DATA_DIR/owner.lock)\" ]; do kill -0 $s || exit 1; sleep 0.05; done; "
                 "$n $VISGATECTL deploy stabilityai/sdxl-turbo --target practice --speed 200 --wait >&2 & d=$!; "
                 "while kill -0 $d; do scan :; done; wait $d || exit 2; d=; scan 'stat -c %u'; "
                 "$n $VISGATECTL stop-everything --target practice >&2; kill $s; wait $s; true"_s);
    EXPECT_EQ(seen.code, 0) << seen.err.toStdString();
    EXPECT_THAT(seen.out.toStdString(), HasSubstr("visgate-worker 00"));
    EXPECT_GE(seen.out.count("visgatectl 00 "), 2) << "the owner and practice: " << seen.out.toStdString();
    const QByteArrayList processes = seen.out.trimmed().split('\n');
    for (const QByteArray& process : processes) {
        EXPECT_EQ(process.split(' ').value(1), "00") << "soft and hard limit: " << process.toStdString();
#ifndef __SANITIZE_ADDRESS__ // which reads its own process
        if (process.count(' ') == 2 && process.startsWith("visgatectl")) {
            EXPECT_EQ(process.split(' ').value(2), "0") << "only root may look into it: " << process.toStdString();
        }
#endif
    }
}

} // namespace
} // namespace visgate
