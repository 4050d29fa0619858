// SPDX-License-Identifier: GPL-3.0-or-later
// Real keys in use, and secrets in what the provider says: none is in a reply of a command or of the API, in a file, or
// in the arguments and the environment of any process.
#include "core/base/json.h"
#include "tests/support/cli_harness.h"
#include "tests/support/planted.h"
#include "tests/support/practice_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tuple>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliPlantedSecrets : public testing::Test, protected CliHarness {
protected:
    CliPlantedSecrets() : CliHarness(Keychain::OfTheSession) { }
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus, so no keychain (tests/support/with_session brings one)";
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"})
            set(QLatin1String(name), file(QLatin1String(name)));
    }
    void TearDown() override
    {
        for (const QString& name : {u"runpod"_s, u"hf"_s})
            std::ignore = run({u"keys"_s, u"forget"_s, name});
        std::ignore = run({u"storage"_s, u"forget"_s});
    }

    Ran look(const QStringList& arguments, const QByteArray& input = {}) const
    {
        Ran ran = run(arguments, input);
        test::expectNone(ran.out + ran.err, m_texts, arguments.join(u' '));
        return ran;
    }

    /// Looks through the arguments and the environment of all processes of our programs. How many were workers.
    int lookThroughProcesses() const
    {
        int workers = 0;
        const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString& process : processes) {
            const QString program = QFileInfo(u"/proc/%1/exe"_s.arg(process)).symLinkTarget();
            if (!program.startsWith(QCoreApplication::applicationDirPath()))
                continue;
            workers += program.endsWith(u"/visgate-worker"_s) ? 1 : 0;
            for (const QString& name : {u"cmdline"_s, u"environ"_s}) {
                QFile text(u"/proc/%1/%2"_s.arg(process, name));
                if (text.open(QIODevice::ReadOnly))
                    test::expectNone(text.readAll(), m_texts, program + u' ' + name);
            }
        }
        return workers;
    }

    void plantInLogs() const
    {
        QByteArray stream;
        int seq = 0;
        for (const test::PlantedText& planted : m_texts) {
            const QByteArray event
                = json::compact(QJsonObject{{u"visgate"_s, 1}, {u"seq"_s, ++seq}, {u"type"_s, u"failed"_s},
                    {u"ts"_s, u"2026-11-21T01:02:03Z"_s}, {u"code"_s, u"E_LOAD"_s}, {u"message"_s, planted.text}});
            for (const QByteArray& line : {event, planted.text.toUtf8()})
                stream += "id: " + QByteArray::number(++seq) + "\ndata: "
                    + json::compact(QJsonObject{{u"ts"_s, u"2026-11-21T01:02:03Z"_s}, {u"source"_s, u"container"_s},
                        {u"line"_s, QString::fromUtf8(line)}})
                    + "\n\n";
        }
        m_practice.fault(u"GET"_s, u"*/logs*"_s,
            {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"content_type"_s, u"text/event-stream"_s},
                {u"count"_s, 0}, {u"body"_s, QString::fromUtf8(stream)}});
    }

    const QByteArray m_key = "rpa_practice_PLANTED4OfOurs9QzXv2";
    const QByteArray m_token = "hf_practice_PLANTED7OfOurs3LmKw5";
    const QByteArray m_storage = "wJ4lrXPLANTED/K7MDENG+bPxRfiCYEX9kEy0a1b2";
    std::vector<test::PlantedText> m_texts = [this] {
        std::vector<test::Plant> all{
            {m_key.toStdString(), true}, {m_token.toStdString(), true}, {m_storage.toStdString(), true}};
        for (const test::Plant& plant : test::plants()) {
            if (!plant.isOurs) // the others of ours are not known to this program
                all.push_back(plant);
        }
        return test::plantedTexts(all);
    }();
    test::PracticeProcess m_practice;
};

TEST_F(CliPlantedSecrets, AreInNoReplyFileArgumentOrEnvironment)
{
    QProcess serve;
    start(serve, {u"serve"_s, u"--verbose"_s});
    waitForOwner(serve);
    ASSERT_EQ(look({u"keys"_s, u"set"_s, u"runpod"_s}, m_key + '\n').code, 0);
    ASSERT_EQ(look({u"keys"_s, u"set"_s, u"hf"_s}, m_token + '\n').code, 0);
    ASSERT_EQ(look({u"storage"_s, u"set"_s, u"--endpoint"_s, u"https://127.0.0.1:1"_s, u"--region"_s, u"any-1"_s,
                       u"--bucket"_s, u"pictures"_s, u"--key-id"_s, u"user_practice"_s},
                  m_storage + '\n')
                  .code,
        0);

    // A worker that works: it and all others are looked at while they run.
    QProcess deploy;
    start(deploy, {u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--wait"_s, u"--verbose"_s, u"--json"_s});
    int workers = 0;
    while (!deploy.waitForFinished(20))
        workers += lookThroughProcesses();
    EXPECT_GT(workers, 0);
    test::expectNone(deploy.readAllStandardOutput() + deploy.readAllStandardError(), m_texts, u"deploy"_s);

    plantInLogs();
    m_practice.condition(u"stuck_initializing"_s);
    const Ran failed
        = look({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--wait"_s, u"--prompt"_s, u"a circle"_s, u"--json"_s});
    EXPECT_NE(failed.code, 0);
    EXPECT_THAT((failed.out + failed.err).toStdString(), testing::HasSubstr("the model did not load"));
    const QJsonArray listed = look({u"list"_s, u"--json"_s}).json()["deployments"_L1].toArray();
    ASSERT_EQ(listed.size(), 2);
    const QString id = listed[0]["deployment_id"_L1].toString();
    for (const QStringList& command : QList<QStringList>{{u"list"_s}, {u"show"_s, id}, {u"logs"_s, id}, {u"jobs"_s},
             {u"endpoints"_s}, {u"releases"_s, id}, {u"doctor"_s}, {u"keys"_s}, {u"spend"_s}, {u"storage"_s},
             {u"storage"_s, u"test"_s}, {u"cache"_s, u"list"_s}, {u"keys"_s, u"check"_s, u"runpod"_s},
             {u"recipe"_s, u"export"_s, id}, {u"preflight"_s, u"stabilityai/sdxl-turbo"_s}, {u"delete"_s, id}}) {
        look(command + QStringList{u"--json"_s, u"--verbose"_s});
        look(command);
    }
    const Ran told = look({u"logs"_s, id});
    EXPECT_GE(told.out.count("the model did not load"), static_cast<qsizetype>(m_texts.size()));
    EXPECT_TRUE(told.out.contains("[redacted]"));
    const Ran replies
        = script(u"for r in deployments deployments/%1 deployments/%1/logs deployments/%1/events jobs spend "
                 "private/keys private/health private/endpoints; do curl -s -m 60 --unix-socket "
                 "$XDG_RUNTIME_DIR/visgate/owner-*.sock http://x/v1/$r; done"_s.arg(id));
    EXPECT_THAT(replies.out.toStdString(), testing::HasSubstr(id.toStdString()));
    test::expectNone(replies.out, m_texts, u"the API"_s);

    std::ignore = lookThroughProcesses();
    EXPECT_GE(test::expectNoneInFiles(file(u"."_s), m_texts), 5) << "database and journal, logs, settings";
    serve.terminate();
    serve.waitForFinished(60'000);
    test::expectNone(serve.readAllStandardOutput() + serve.readAllStandardError(), m_texts, u"serve"_s);
    EXPECT_GE(test::expectNoneInFiles(file(u"."_s), m_texts), 4);
}

} // namespace
} // namespace visgate
