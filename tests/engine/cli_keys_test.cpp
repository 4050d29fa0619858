// SPDX-License-Identifier: GPL-3.0-or-later
// Keys at the command line, end to end: typed in, kept in the desktop's real keychain, checked with the service, used
// by a later process, forgotten.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tuple>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

constexpr const char* kKey = "rpa_practice_PLANTED_at_the_terminal_5tYq";
constexpr const char* kToken = "hf_practice_PLANTED_at_the_terminal_8wRz";

class CliKeys : public testing::Test, protected CliHarness {
protected:
    CliKeys() : CliHarness(Keychain::OfTheSession) { }
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus, so no keychain (tests/support/with_session brings one)";
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
    }
    void TearDown() override
    {
        for (const QString& name : {u"runpod"_s, u"hf"_s})
            std::ignore = run({u"keys"_s, u"forget"_s, name});
    }
    QJsonObject stateOf(const QString& name) const
    {
        const Ran ran = run({u"keys"_s, u"--json"_s});
        EXPECT_EQ(ran.code, 0) << ran.out.toStdString() << ran.err.toStdString();
        const QJsonArray keys = ran.json()["keys"_L1].toArray();
        for (const QJsonValue& key : keys) {
            if (key["key"_L1].toString() == name)
                return key.toObject();
        }
        return {};
    }
    Ran deploy(const char* model) const
    {
        Ran deployed = run({u"deploy"_s, QString::fromLatin1(model), u"--wait"_s, u"--prompt"_s,
            u"a large blue square on a white background"_s, u"--json"_s});
        EXPECT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
        EXPECT_FALSE(deployed.out.contains(kKey) || deployed.err.contains(kKey));
        EXPECT_FALSE(deployed.out.contains(kToken) || deployed.err.contains(kToken));
        return deployed;
    }
    void remove(const Ran& deployed) const
    {
        const QString id = deployed.json()["deployment_id"_L1].toString();
        // A reply that repeats the keys, as careless services do, must not carry them into a log.
        m_practice.fault(u"GET"_s, u"/rest/v2/serverless*"_s,
            {{u"effect"_s, u"status"_s}, {u"status"_s, 400}, {u"count"_s, 1},
                {u"body"_s, u"{\"detail\":\"%1 %2\"}"_s.arg(QLatin1String(kKey), QLatin1String(kToken))}});
        EXPECT_EQ(run({u"delete"_s, id}).code, 0);
        const Ran logs = run({u"logs"_s, id});
        EXPECT_FALSE(logs.out.contains(kKey) || logs.out.contains(kToken));
    }
    void expectNowhereOnDisk() const
    {
        QDirIterator files(dataFolder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        QStringList looked;
        while (files.hasNext()) {
            QFile looking(files.next());
            const QString name = QDir(dataFolder()).relativeFilePath(looking.fileName());
            if (!looking.open(QIODevice::ReadOnly))
                continue; // a socket
            const QByteArray bytes = looking.readAll();
            EXPECT_FALSE(bytes.contains(kKey) || bytes.contains(kToken)) << name.toStdString();
            looked.append(name);
        }
        for (const QString& name : {u"visgate.db"_s, u"logs/visgate.log"_s, u"settings.ini"_s})
            EXPECT_TRUE(looked.contains(name)) << name.toStdString();
    }
    /// What the provider's side got to see beyond the Authorization header, which it does not note.
    QByteArray received() const { return QJsonDocument(m_practice.state()).toJson() + m_practice.rawRequests(); }

    test::PracticeProcess m_practice;
};

TEST_F(CliKeys, AKeyIsSetCheckedUsedAndForgotten)
{
    EXPECT_FALSE(stateOf(u"runpod"_s)["present"_L1].toBool(true));
    EXPECT_EQ(run({u"keys"_s, u"check"_s, u"runpod"_s}).code, 3);
    const Ran token = run({u"keys"_s, u"check"_s, u"hf"_s});
    EXPECT_EQ(token.code, 3) << "none was refused";
    EXPECT_THAT(token.err.toStdString(), testing::HasSubstr("No Hugging Face token is stored on this computer."));

    const Ran set = run({u"keys"_s, u"set"_s, u"runpod"_s, u"--json"_s}, QByteArray(kKey) + '\n');
    ASSERT_EQ(set.code, 0) << set.out.toStdString() << set.err.toStdString();
    EXPECT_FALSE(set.json()["session_only"_L1].toBool(true));
    EXPECT_FALSE(set.out.contains(kKey) || set.err.contains(kKey)) << "it is not shown";
    EXPECT_TRUE(stateOf(u"runpod"_s)["present"_L1].toBool()) << "another process finds it";
    EXPECT_FALSE(stateOf(u"runpod"_s)["backend"_L1].toString().isEmpty()) << "where it lies is named";
    EXPECT_EQ(run({u"keys"_s, u"check"_s, u"runpod"_s}).code, 0);

    const Ran offers = run({u"gpus"_s, u"--json"_s});
    ASSERT_EQ(offers.code, 0) << offers.out.toStdString();
    EXPECT_EQ(offers.json()["gpus"_L1][0]["source"_L1].toString(), u"live"_s) << "the key is used";

    ASSERT_EQ(run({u"keys"_s, u"forget"_s, u"runpod"_s}).code, 0);
    EXPECT_FALSE(stateOf(u"runpod"_s)["present"_L1].toBool(true));
    EXPECT_EQ(run({u"keys"_s, u"check"_s, u"runpod"_s}).code, 3);
    const Ran snapshot = run({u"gpus"_s, u"--json"_s});
    ASSERT_EQ(snapshot.code, 0) << snapshot.out.toStdString();
    EXPECT_THAT(snapshot.json()["gpus"_L1][0]["source"_L1].toString().toStdString(),
        testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
        << "without a key the dated list answers";
}

TEST_F(CliKeys, BothAreAtWorkAndFoundNowhere)
{
    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, QByteArray(kKey) + '\n').code, 0);
    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"hf"_s}, QByteArray(kToken) + '\n').code, 0);
    remove(deploy("stabilityai/sdxl-turbo"));
    expectNowhereOnDisk();
    EXPECT_FALSE(received().contains(kKey)) << "the account's key reached a worker or a body";
    EXPECT_FALSE(received().contains(kToken)) << "an open model's worker needs no token";

    // A gated model's worker is given the token, and nothing else keeps it.
    m_practice.control("POST", u"/licence"_s, {{u"model"_s, u"black-forest-labs/FLUX.1-dev"_s}});
    remove(deploy("black-forest-labs/FLUX.1-dev"));
    expectNowhereOnDisk();
    EXPECT_FALSE(received().contains(kKey)) << "the account's key reached a worker or a body";
}

TEST_F(CliKeys, ADeletionThatLacksTheKeyNamesItAndIsDoneOnceItIsThere)
{
    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, QByteArray(kKey) + '\n').code, 0);
    const QString id = deploy("stabilityai/sdxl-turbo").json()["deployment_id"_L1].toString();
    ASSERT_EQ(run({u"keys"_s, u"forget"_s, u"runpod"_s}).code, 0);

    const Ran refused = run({u"delete"_s, id, u"--json"_s});
    EXPECT_EQ(refused.code, 3) << refused.out.toStdString() << refused.err.toStdString();
    EXPECT_TRUE(refused.out.contains("KEY_MISSING")) << refused.out.toStdString();
    EXPECT_EQ(m_practice.endpointCount(), 1);

    ASSERT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, QByteArray(kKey) + '\n').code, 0);
    EXPECT_EQ(run({u"delete"_s, id}).code, 0);
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

} // namespace
} // namespace visgate
