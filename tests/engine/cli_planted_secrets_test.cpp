// SPDX-License-Identifier: GPL-3.0-or-later
// Real keys in use, and secrets in what the provider says: none is in a reply of a command or of the API, in a file, or
// in the arguments and the environment of any process.
#include "core/base/json.h"
#include "core/foundation/http/client.h"
#include "tests/support/cli_harness.h"
#include "tests/support/planted.h"
#include "tests/support/practice_process.h"
#include "tests/support/private_keyring.h"

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
    void SetUp() override
    {
        if (!m_keyring.isAvailable())
            GTEST_SKIP() << "dbus-daemon and gnome-keyring-daemon are not installed";
        m_keyring.start();
        set(u"DBUS_SESSION_BUS_ADDRESS"_s, m_keyring.address());
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
        setting(u"callback/enabled"_s, true);
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"})
            set(QLatin1String(name), file(QLatin1String(name)));
    }

    Ran look(const QStringList& arguments, const QByteArray& input = {}) const
    {
        Ran ran = run(arguments, input);
        test::expectNone(ran.out + ran.err, m_texts, arguments.join(u' '));
        return ran;
    }

    /// Looks through the arguments and the environment of all processes of our programs. How many were workers. These
    /// know what opens the callback from their environment, as the provider sets it.
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
                    test::expectNone(text.readAll(), m_entered, program + u' ' + name);
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
        m_practice.answer(u"GET"_s, u"*/logs*"_s, 200, stream, {{u"content_type"_s, u"text/event-stream"_s}});
    }

    /// From here on a secret of the program's own.
    QByteArray known(const QByteArray& secret)
    {
        m_ours.push_back(secret.toStdString());
        m_texts = m_entered = test::plantedTexts(m_ours, test::strangersSecrets());
        return secret + '\n';
    }

    /// The keys of which one is kept: refused or tried only, then replaced by another.
    void enterKeys()
    {
        const auto set
            = [this](const QStringList& command, const QByteArray& key) { return look(command, known(key)).code; };
        const QStringList account{u"keys"_s, u"set"_s, u"runpod"_s};
        EXPECT_NE(set(account, "rpa_7RefusedAccountKey4OfOurs9QzXv2"), 0);
        EXPECT_EQ(set(account, "rpa_practice_8REPLACEDu3Fg7HjK"), 0);
        EXPECT_EQ(set(account, "rpa_practice_PLANTED4OfOurs9QzXv2"), 0);
        const QStringList hub{u"keys"_s, u"set"_s, u"hf"_s};
        EXPECT_NE(set(hub, "hf_3RefusedHubTokenOfOursAbCdEf8xYw"), 0);
        EXPECT_EQ(set(hub, "hf_practice_6REPLACEDr4Ty1UiO"), 0);
        EXPECT_EQ(set(hub, "hf_practice_PLANTED7OfOurs3LmKw5"), 0);
        const QStringList tried{u"keys"_s, u"try"_s, u"runpod"_s};
        EXPECT_NE(set(tried, "Zq4/tried+key=9\"xW\\7mK2Lp8"), 0);
        EXPECT_EQ(set(tried, "rpa_practice_5TRIEDz8Xc3VbN"), 0);
        for (const char* key : {"rps_5ReplacedVolumeSecret1mNpQ", "rps_1KeptVolumeSecretOfOurs7jKl"})
            EXPECT_EQ(set({u"cache"_s, u"key"_s, u"user_volumes"_s}, key), 0);
        for (const char* key :
            {"0f3a9c5b7e1d24680f3a9c5b7e1d2468a1b2c3d4", "wJ4lrXPLANTED/K7MDENG+bPxRfiCYEX9kEy0a1b2"})
            EXPECT_EQ(set({u"storage"_s, u"set"_s, u"--endpoint"_s, u"https://127.0.0.1:1"_s, u"--region"_s, u"any-1"_s,
                              u"--bucket"_s, u"pictures"_s, u"--key-id"_s, u"user_practice"_s},
                          key),
                0);
    }

    /// Other programs' requests, each with a key and a token of its own; two deployments come of them.
    void comeAsGuests()
    {
        const QDir sockets(file(u"run/visgate"_s));
        http::Client api(http::Peer{.address = {},
            .port = 0,
            .localSocket
            = sockets.filePath(sockets.entryList({u"owner-*.sock"_s}, QDir::System).value(0)).toStdString()});
        const auto post = [&](const char* route, const QByteArray& key, const QByteArray& token) {
            known(key);
            known(token);
            http::Request request{"POST", route, {{"Content-Type", "application/json"}},
                json::compact(
                    QJsonObject{{u"hf_model_id"_s, u"stabilityai/sd-turbo"_s}, {u"target"_s, u"runpod"_s},
                        {u"user_runpod_key"_s, QString::fromUtf8(key)}, {u"hf_token"_s, QString::fromUtf8(token)}})
                    .toStdString(),
                {}};
            const auto reply = api.send(request, std::chrono::seconds(120));
            EXPECT_TRUE(reply && (reply->status == 200 || reply->status == 202))
                << (reply ? reply->body : std::string());
            if (reply)
                test::expectNone(QByteArray::fromStdString(reply->body), m_texts, QLatin1String(route));
        };
        post("/v1/preflight", "rpa_practice_1GUESTc5Vf8BgT", "hf_practice_1GUESTa2Sx7DcR");
        post("/v1/preflight", "rpa_6RefusedGuest0TsRuW3", "hf_6RefusedGuest5YhNbG8");
        post("/v1/deployments", "rpa_practice_4GUESTw7Er2TyU", "hf_practice_4GUESTq8Wz5XcV");
        post("/v1/deployments", "rpa_practice_3GUESTn6Mk1LpO", "hf_practice_3GUESTb9Hg4FdS");
    }

    void learnWhatOpensTheCallback()
    {
        std::vector<std::string> all = m_ours;
        const QJsonArray endpoints = m_practice.state()["endpoints"_L1].toArray();
        for (const QJsonValue& endpoint : endpoints)
            all.push_back(endpoint["env"_L1]["VISGATE_INTERNAL_SECRET"_L1].toString().toStdString());
        EXPECT_GE(all.size(), m_ours.size() + 3);
        m_texts = test::plantedTexts(all, test::strangersSecrets());
    }

    std::vector<std::string> m_ours;
    std::vector<test::PlantedText> m_texts;
    std::vector<test::PlantedText> m_entered; ///< without what opens the callback
    test::PracticeProcess m_practice;
    test::PrivateKeyring m_keyring;
};

TEST_F(CliPlantedSecrets, AreInNoReplyFileArgumentOrEnvironment)
{
    QProcess serve;
    start(serve, {u"serve"_s, u"--verbose"_s});
    waitForOwner(serve);
    enterKeys();
    comeAsGuests();
    EXPECT_GE(m_ours.size(), 20U);
    EXPECT_GE(m_texts.size(), 10U);

    // A worker that works: it and all others are looked at while they run.
    QProcess deploy;
    start(deploy, {u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--wait"_s, u"--verbose"_s, u"--json"_s});
    int workers = 0;
    while (!deploy.waitForFinished(20))
        workers += lookThroughProcesses();
    EXPECT_GT(workers, 0);
    test::expectNone(deploy.readAllStandardOutput() + deploy.readAllStandardError(), m_texts, u"deploy"_s);

    learnWhatOpensTheCallback();
    plantInLogs();
    m_practice.condition(u"stuck_initializing"_s);
    const Ran failed
        = look({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--wait"_s, u"--prompt"_s, u"a circle"_s, u"--json"_s});
    EXPECT_NE(failed.code, 0);
    EXPECT_THAT((failed.out + failed.err).toStdString(), testing::HasSubstr("the model did not load"));
    const QJsonArray listed = look({u"list"_s, u"--json"_s}).json()["deployments"_L1].toArray();
    ASSERT_EQ(listed.size(), 4);
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
