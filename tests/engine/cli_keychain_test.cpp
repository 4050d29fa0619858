// SPDX-License-Identifier: GPL-3.0-or-later
// A keychain that is locked, silent or not there, met at the command line while an endpoint of ours stands: nothing is
// said to be absent that could not be read, nothing to be stopped that was not confirmed, and the wish outlives it.
#include "tests/support/cli_harness.h"
#include "tests/support/practice_process.h"
#include "tests/support/private_keyring.h"

#include <QJsonArray>
#include <QThread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kKeptKey = "rpa_practice_PLANTED_in_a_keyring_3uTz";

class CliKeychain : public testing::Test, protected CliHarness {
protected:
    void SetUp() override
    {
        if (!m_keyring.isAvailable())
            GTEST_SKIP() << "no dbus-daemon or gnome-keyring-daemon here";
        set(u"DBUS_SESSION_BUS_ADDRESS"_s, m_keyring.address());
        set(u"DISPLAY"_s, QString()); // no dialog of another's can open
        actAsRunpod(m_practice.addresses(), test::imageOfNobody());
        m_keyring.start();
        ASSERT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, QByteArray(kKeptKey) + '\n').code, 0);
    }
    QString deploy() const
    {
        const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--wait"_s, u"--prompt"_s,
            u"a small red circle on a white background"_s, u"--json"_s});
        EXPECT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
        endOwner(); // it has the key in its memory
        return deployed.json()["deployment_id"_L1].toString();
    }
    int mostWorkers() const { return m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1); }
    bool waitForMost(int workers) const
    {
        for (int look = 0; look < 600 && mostWorkers() != workers; ++look)
            QThread::msleep(100);
        return mostWorkers() == workers;
    }
    /// Every command that has to do with the key, and what it says of one that is out of reach.
    void expectHonesty(const QString& id, const QByteArray& code) const
    {
        const Ran keys = run({u"keys"_s, u"--json"_s});
        EXPECT_EQ(keys.code, 3) << keys.out.toStdString();
        EXPECT_TRUE(keys.json()["keys"_L1][0]["present"_L1].isNull()) << "neither stored nor not stored";
        EXPECT_TRUE(keys.out.contains(code)) << keys.out.toStdString();
        const Ran words = run({u"keys"_s});
        EXPECT_THAT(words.out.toStdString(), Not(HasSubstr("not set")));
        const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--json"_s});
        EXPECT_EQ(deployed.code, 3) << deployed.out.toStdString();
        EXPECT_TRUE(deployed.out.contains(code)) << deployed.out.toStdString();
        const Ran endpoints = run({u"endpoints"_s, u"--json"_s});
        EXPECT_EQ(endpoints.code, 3) << endpoints.out.toStdString();
        EXPECT_TRUE(endpoints.json()["unasked"_L1][0]["problem"_L1].isObject()) << endpoints.out.toStdString();
        EXPECT_EQ(run({u"cleanup"_s, u"--dry-run"_s}).code, 3);
        EXPECT_THAT(run({u"doctor"_s}).out.toStdString(), Not(HasSubstr("Key runpod: not set")));

        const Ran paused = run({u"pause"_s, id, u"--json"_s});
        EXPECT_EQ(paused.code, 3) << "it does not wait for ever: " << paused.out.toStdString();
        EXPECT_TRUE(paused.out.contains(code)) << paused.out.toStdString();
        const Ran stopped = run({u"stop-everything"_s, u"--json"_s});
        EXPECT_EQ(stopped.code, 1) << stopped.out.toStdString();
        EXPECT_FALSE(stopped.json()["done"_L1].toBool(true));
        EXPECT_EQ(stopped.json()["queued_for"_L1], QJsonValue(QJsonArray{u"runpod"_s}));
        EXPECT_TRUE(stopped.out.contains(code)) << stopped.out.toStdString();
        const Ran told = run({u"stop-everything"_s});
        EXPECT_EQ(told.code, 1);
        EXPECT_THAT(told.out.toStdString(), Not(HasSubstr("Nothing runs any more")));
        EXPECT_EQ(mostWorkers(), 1) << "nothing could be done";
    }

    test::PracticeProcess m_practice;
    test::PrivateKeyring m_keyring;
};

TEST_F(CliKeychain, LockedIsSaidEverywhereAndTheWishIsDoneOnceItOpens)
{
    const QString id = deploy();
    m_keyring.lock();
    expectHonesty(id, "KEYCHAIN_LOCKED");
    const Ran unlock = run({u"keys"_s, u"unlock"_s});
    EXPECT_EQ(unlock.code, 3) << "no dialog can open here";
    EXPECT_THAT(unlock.err.toStdString(), HasSubstr("asks for its password")) << "announced before it would appear";
    m_keyring.start();
    QProcess serve;
    start(serve, {u"serve"_s});
    EXPECT_TRUE(waitForMost(0)) << "the wish was kept";
    serve.terminate();
    serve.waitForFinished(60'000);
}

TEST_F(CliKeychain, AbsentIsSaidEverywhere)
{
    const QString id = deploy();
    m_keyring.kill();
    expectHonesty(id, "KEYCHAIN_UNAVAILABLE");
}

TEST_F(CliKeychain, SilentIsSaidEverywhere)
{
    const QString id = deploy();
    m_keyring.silence();
    expectHonesty(id, "KEYCHAIN_LOCKED");
    m_keyring.answerAgain();
}

TEST_F(CliKeychain, WithoutAnyRecordItIsNotSaidThatNothingRuns)
{
    m_keyring.kill();
    const Ran absent = run({u"stop-everything"_s});
    EXPECT_EQ(absent.code, 1) << absent.out.toStdString();
    EXPECT_THAT(absent.out.toStdString(), Not(HasSubstr("Nothing runs any more")));
    EXPECT_THAT(absent.out.toStdString(), HasSubstr("whether something runs there is not known"));
    const Ran asJson = run({u"stop-everything"_s, u"--json"_s});
    EXPECT_FALSE(asJson.json()["done"_L1].toBool(true));
    EXPECT_EQ(asJson.json()["queued_for"_L1], QJsonValue(QJsonArray())) << "what is made later is not stopped by it";
    m_keyring.start();
    m_keyring.lock();
    EXPECT_EQ(run({u"stop-everything"_s}).code, 1);
    m_keyring.start();
    m_keyring.silence();
    EXPECT_EQ(run({u"stop-everything"_s}).code, 1);
    m_keyring.answerAgain();
    m_keyring.start();
    const Ran known = run({u"stop-everything"_s});
    EXPECT_EQ(known.code, 0) << known.out.toStdString();
    EXPECT_THAT(known.out.toStdString(), HasSubstr("Nothing runs any more"));
}

TEST_F(CliKeychain, AServeBegunWhileLockedFindsTheKeyOnceItOpens)
{
    m_keyring.lock();
    QProcess serve;
    start(serve, {u"serve"_s});
    waitForOwner(serve);
    EXPECT_EQ(run({u"keys"_s, u"check"_s, u"runpod"_s}).code, 3);
    m_keyring.start();
    const Ran check = run({u"keys"_s, u"check"_s, u"runpod"_s});
    EXPECT_EQ(check.code, 0) << check.err.toStdString();
    serve.terminate();
    serve.waitForFinished(60'000);
}

TEST_F(CliKeychain, ADeletionWaitsForTheKeyringAndIsDone)
{
    const QString id = deploy();
    m_keyring.lock();
    const Ran refused = run({u"delete"_s, id, u"--json"_s});
    EXPECT_EQ(refused.code, 3) << refused.out.toStdString();
    EXPECT_TRUE(refused.out.contains("KEYCHAIN_LOCKED")) << refused.out.toStdString();
    EXPECT_EQ(m_practice.endpointCount(), 1);
    m_keyring.start();
    EXPECT_EQ(run({u"delete"_s, id}).code, 0);
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

TEST_F(CliKeychain, AForgottenKeyDoesNotMakeItsAccountEmpty)
{
    deploy();
    ASSERT_EQ(run({u"keys"_s, u"forget"_s, u"runpod"_s}).code, 0);
    const Ran stopped = run({u"stop-everything"_s, u"--json"_s});
    EXPECT_EQ(stopped.code, 1) << stopped.out.toStdString();
    EXPECT_TRUE(stopped.out.contains("KEY_MISSING")) << stopped.out.toStdString();
    EXPECT_FALSE(stopped.json()["done"_L1].toBool(true));
}

} // namespace
} // namespace visgate
