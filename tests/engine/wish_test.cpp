// SPDX-License-Identifier: GPL-3.0-or-later
// A wish, what was sent for it and what the provider has confirmed are three facts: what is shown as done was
// confirmed, and what was not is finished by the next owner of the data folder.
#include "core/operations/deployments.h"
#include "core/operations/volumes.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::CliHarness;
using test::EngineHarness;
using test::PracticeProcess;
using test::Ran;

const QJsonObject kRefused{{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 0}};

class Wishes : public testing::Test {
protected:
    void deployReady()
    {
        m_harness.start();
        m_id = m_harness.deployReady([](CreateRequest& request) { request.limits.initTimeout = 24h; }).id;
    }
    [[nodiscard]] QJsonObject atPractice() const { return m_practice.state()["endpoints"_L1][0].toObject(); }
    [[nodiscard]] int minAtPractice() const { return atPractice()["workers"_L1]["min"_L1].toInt(-1); }
    [[nodiscard]] int maxAtPractice() const { return atPractice()["workers"_L1]["max"_L1].toInt(-1); }
    void refuseChanges() { m_practice.fault(u"PATCH"_s, u"/rest/v2/serverless/*"_s, kRefused); }
    /// The process ends with the wish on its way; the next one finds the provider well again.
    void changeOwner()
    {
        m_harness.stop();
        m_practice.clearFaults();
        m_harness.start();
    }
    void expectConfirmed()
    {
        EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(m_id).unconfirmed.isEmpty(); }))
            << m_harness.deployment(m_id).unconfirmed.join(u' ').toStdString() << '\n'
            << m_harness.messages(m_id).join(u'\n').toStdString();
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    DeploymentId m_id;
};

TEST_F(Wishes, AlwaysOnIsShownOnceItIsConfirmedAndFinishedByTheNextOwner)
{
    deployReady();
    const PoolPolicy always{PoolMode::AlwaysOn, {}, {}, {}};
    const auto price = await(m_harness.engine().call(GetWarmPrice{m_id, always}));
    ASSERT_TRUE(price);
    refuseChanges();
    const auto set = await(m_harness.engine().call(SetPool{m_id, always, price->usdPerMonth}));
    ASSERT_TRUE(set);
    EXPECT_FALSE(set->warm) << "nobody has confirmed it";
    EXPECT_THAT(set->unconfirmed, testing::Contains(u"warm"_s));
    ASSERT_TRUE(test::waitUntil([&] { return !m_practice.calls(u"PATCH"_s, u"/rest/v2/serverless/"_s).isEmpty(); }))
        << "it was sent";
    EXPECT_FALSE(m_harness.deployment(m_id).warm);
    changeOwner();
    EXPECT_TRUE(test::waitUntil([&] { return minAtPractice() == 1; }))
        << m_harness.messages(m_id).join(u'\n').toStdString();
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(m_id).warm; }));
    expectConfirmed();
    // And its end: as long as it is not confirmed it may cost money, and that is what is shown.
    refuseChanges();
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, {}, std::nullopt})));
    const Deployment ending = m_harness.deployment(m_id);
    EXPECT_TRUE(ending.warm);
    EXPECT_THAT(ending.unconfirmed, testing::Contains(u"warm"_s));
    changeOwner();
    EXPECT_TRUE(test::waitUntil([&] { return minAtPractice() == 0; }));
    EXPECT_TRUE(test::waitUntil([&] { return !m_harness.deployment(m_id).warm; }));
    expectConfirmed();
}

TEST_F(Wishes, AWarmTimeIsShownOnceItsIdleTimeOutIsConfirmed)
{
    deployReady();
    refuseChanges();
    PoolPolicy policy;
    policy.keepUntil = std::chrono::system_clock::now() + 30min;
    const auto set = await(m_harness.engine().call(SetPool{m_id, policy, std::nullopt}));
    ASSERT_TRUE(set);
    EXPECT_FALSE(set->warm);
    EXPECT_THAT(set->unconfirmed, testing::Contains(u"warm"_s));
    changeOwner();
    EXPECT_TRUE(test::waitUntil([&] { return atPractice()["workers"_L1]["idleTimeout"_L1].toInt() > 1000; }));
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(m_id).warm; }));
    expectConfirmed();
}

TEST_F(Wishes, WhatTheProviderHasParkedIsWokenByTheNextOwner)
{
    deployReady();
    m_practice.control("POST", u"/park"_s, {{u"endpoint"_s, atPractice()["id"_L1].toString()}});
    ASSERT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Parked).status, DeploymentStatus::Parked);
    refuseChanges();
    const auto resumed = m_harness.engine().call(ResumeDeployment{m_id});
    ASSERT_TRUE(test::waitUntil([&] { return m_harness.deployment(m_id).unconfirmed.contains(u"resume"_s); }));
    changeOwner();
    EXPECT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Ready, 60s).status, DeploymentStatus::Ready);
    EXPECT_EQ(maxAtPractice(), 1);
    expectConfirmed();
}

TEST_F(Wishes, NewLimitsOfWhatIsParkedAnswerAtOnce)
{
    deployReady();
    m_practice.control("POST", u"/park"_s, {{u"endpoint"_s, atPractice()["id"_L1].toString()}});
    ASSERT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Parked).status, DeploymentStatus::Parked);
    ScaleRequest limits;
    limits.workersMax = 2;
    const auto scaled = await(m_harness.engine().call(ScaleDeployment{m_id, limits}));
    ASSERT_TRUE(scaled);
    EXPECT_EQ(maxAtPractice(), 0) << "they hold from when it is wanted back";
    ASSERT_TRUE(await(m_harness.engine().call(ResumeDeployment{m_id})));
    EXPECT_EQ(maxAtPractice(), 2);
}

TEST_F(Wishes, AReturnToAnEarlierReleaseIsFinishedByTheNextOwner)
{
    deployReady();
    m_practice.edit(m_harness.deployment(m_id).endpointId.value(), {{u"disk"_s, 77}});
    const int disk = atPractice()["disk"_L1].toInt();
    refuseChanges();
    const auto wished = m_harness.engine().call(RollBack{m_id, 1});
    ASSERT_TRUE(test::waitUntil([&] { return m_harness.deployment(m_id).unconfirmed.contains(u"roll_back"_s); }));
    EXPECT_EQ(atPractice()["disk"_L1].toInt(), disk);
    changeOwner();
    EXPECT_TRUE(test::waitUntil([&] { return atPractice()["disk"_L1].toInt() != disk; }))
        << m_harness.messages(m_id).join(u'\n').toStdString();
    expectConfirmed();
    const auto history = await(m_harness.engine().call(ListReleases{m_id}));
    ASSERT_TRUE(history);
    EXPECT_EQ(history->current, 3) << "once, not again and again";
}

TEST_F(Wishes, AVolumeWhoseReplyIsLostIsFoundByItsNameAndBoughtOnce)
{
    m_harness.start();
    m_practice.fault(u"POST"_s, u"/rest/v2/network-volumes"_s, {{u"effect"_s, u"reset_after"_s}});
    const auto bought
        = await(m_harness.engine().call(CreateVolume{AccountId::practice(), u"mine"_s, 20, u"EU-RO-1"_s}));
    ASSERT_TRUE(bought) << bought.error().detail;
    const auto volumes = await(m_harness.engine().call(ListVolumes{AccountId::practice()}));
    ASSERT_TRUE(volumes);
    ASSERT_EQ(volumes->size(), 1);
    EXPECT_EQ(volumes->constFirst().id, bought->id);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/network-volumes"_s).size(), 1);
}

TEST_F(Wishes, DeletingWhileAnEndpointIsBeingWokenPutsItBackToSleep)
{
    deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(PauseDeployment{m_id})));
    ASSERT_EQ(maxAtPractice(), 0);
    // The provider wakes it, and its answer is late: in between the user changes their mind.
    m_practice.fault(
        u"PATCH"_s, u"/rest/v2/serverless/*"_s, {{u"effect"_s, u"delay"_s}, {u"delay_ms"_s, 1500}, {u"count"_s, 1}});
    const auto second = m_harness.create([](CreateRequest& request) { request.limits.initTimeout = 24h; });
    ASSERT_TRUE(second);
    ASSERT_TRUE(test::waitUntil([&] { return maxAtPractice() == 1; })) << "it is being woken";
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{second->id})));
    ASSERT_EQ(m_harness.waitFor(second->id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 1) << "the first one's";
    EXPECT_EQ(maxAtPractice(), 0) << "as it was found";
    EXPECT_EQ(m_harness.deployment(m_id).status, DeploymentStatus::Paused);
}

TEST_F(Wishes, AnEndpointWithOtherLimitsByNowIsNotAdoptedForThisOne)
{
    deployReady();
    ScaleRequest limits;
    limits.workersMax = 3;
    limits.idleTimeout = 60s;
    ASSERT_TRUE(await(m_harness.engine().call(ScaleDeployment{m_id, limits})));
    const auto second = m_harness.create([](CreateRequest& request) { request.limits.initTimeout = 24h; });
    ASSERT_TRUE(second);
    EXPECT_EQ(m_harness.waitFor(second->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready)
        << m_harness.messages(second->id).join(u'\n').toStdString();
    const Deployment made = m_harness.deployment(second->id);
    EXPECT_NE(made.endpointId, m_harness.deployment(m_id).endpointId);
    EXPECT_NE(made.endpointName, m_harness.deployment(m_id).endpointName) << "no two of one name";
    EXPECT_EQ(made.workers.max, 1);
    EXPECT_EQ(m_practice.endpointCount(), 2);
}

TEST_F(Wishes, AnEndpointElsewhereIsNotAdoptedWhereAPlaceIsAskedFor)
{
    deployReady();
    const auto second = m_harness.create([](CreateRequest& request) {
        request.limits.initTimeout = 24h;
        request.region = u"EU-RO-1"_s;
    });
    ASSERT_TRUE(second);
    EXPECT_TRUE(test::waitUntil([&] { return !m_harness.deployment(second->id).endpointId.isEmpty(); }))
        << m_harness.messages(second->id).join(u'\n').toStdString();
    EXPECT_NE(m_harness.deployment(second->id).endpointId, m_harness.deployment(m_id).endpointId);
}

/// Over real processes, as its user meets it: the command ends, and a process in the background takes over.
TEST(CliWishes, KeptWarmIsSaidOnceTheProviderHasConfirmedIt)
{
    const CliHarness cli;
    const Ran deployed = cli.run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a red circle"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.err.toStdString();
    const QString id = deployed.json().value("deployment_id"_L1).toString();
    const auto least
        = [&] { return cli.control("GET", u"/state"_s)["endpoints"_L1][0]["workers"_L1]["min"_L1].toInt(); };

    const Ran warm = cli.run({u"warm"_s, id, u"--always"_s, u"--yes"_s});
    ASSERT_EQ(warm.code, 0) << warm.err.toStdString();
    const int confirmed = least();
    EXPECT_EQ(warm.out.contains("It is kept warm."), confirmed == 1) << warm.out.toStdString();
    EXPECT_EQ(warm.out.contains("not yet confirmed"), confirmed == 0) << warm.out.toStdString();
    EXPECT_TRUE(test::waitUntil([&] { return least() == 1; })) << "whoever takes over finishes it";
    EXPECT_TRUE(test::waitUntil([&] { return cli.run({u"warm"_s, id}).out.contains("It is kept warm."); }));

    const Ran over = cli.run({u"warm"_s, id, u"--off"_s});
    ASSERT_EQ(over.code, 0) << over.err.toStdString();
    const bool isSaidOver = over.out.contains("It sleeps when it is not used.");
    EXPECT_TRUE(!isSaidOver || least() == 0) << "its end was confirmed";
    EXPECT_TRUE(test::waitUntil([&] { return least() == 0; }));
    EXPECT_EQ(cli.run({u"delete"_s, id}).code, 0);
}

TEST_F(Wishes, AVolumeWhoseGrowthIsNotConfirmedIsNamedAsSuchAndGrownByTheNextOwner)
{
    m_harness.start();
    const auto bought
        = await(m_harness.engine().call(CreateVolume{AccountId::practice(), u"mine"_s, 20, u"EU-RO-1"_s}));
    ASSERT_TRUE(bought);
    m_practice.fault(u"PATCH"_s, u"/rest/v2/network-volumes/*"_s, {{u"effect"_s, u"hang"_s}, {u"count"_s, 0}});
    const auto growing = m_harness.engine().call(GrowVolume{AccountId::practice(), bought->id, 50});
    ASSERT_TRUE(test::waitUntil([&] { return !m_practice.calls(u"PATCH"_s, u"/network-volumes/"_s).isEmpty(); }));
    const auto during = await(m_harness.engine().call(ListVolumes{AccountId::practice()}));
    ASSERT_TRUE(during && during->size() == 1);
    EXPECT_EQ(during->constFirst().unconfirmed, QStringList{u"grow"_s});
    EXPECT_EQ(during->constFirst().sizeGb, 20);
    changeOwner();
    QList<ModelVolume> after;
    EXPECT_TRUE(test::waitUntil([&] {
        after = await(m_harness.engine().call(ListVolumes{AccountId::practice()})).value_or(QList<ModelVolume>());
        return after.size() == 1 && after.constFirst().unconfirmed.isEmpty();
    }));
    ASSERT_EQ(after.size(), 1);
    EXPECT_EQ(after.constFirst().sizeGb, 50);
}

TEST_F(Wishes, AVolumeWhoseDeletionReplyIsLostIsDeleted)
{
    m_harness.start();
    const auto bought
        = await(m_harness.engine().call(CreateVolume{AccountId::practice(), u"mine"_s, 20, u"EU-RO-1"_s}));
    ASSERT_TRUE(bought);
    // It is sent again, as it may be; no answer ever comes.
    m_practice.fault(u"DELETE"_s, u"/rest/v2/network-volumes/*"_s, {{u"effect"_s, u"reset_after"_s}, {u"count"_s, 0}});
    EXPECT_TRUE(await(m_harness.engine().call(DeleteVolume{AccountId::practice(), bought->id})));
    EXPECT_TRUE(m_practice.state()["volumes"_L1].toArray().isEmpty());
}

} // namespace
} // namespace visgate
