// SPDX-License-Identifier: GPL-3.0-or-later
// A cloud without logs, bills, volumes and releases: everything that it can do works, and what it lacks is said.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/money.h"
#include "core/operations/volumes.h"
#include "tests/support/engine_harness.h"
#include "tests/support/memory_cloud.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;

class SecondCloud : public testing::Test {
protected:
    void SetUp() override
    {
        test::actAsRunpod(m_harness.folder(), m_practice.address().address);
        Settings settings(Paths{m_harness.folder(), {}, {}}.settings());
        settings.set(Settings::table().workerImage, test::imageOfNobody());
        start();
    }
    void start()
    {
        m_harness.start([this](EngineConfig& config) { test::addMemoryCloud(config, m_cloud); });
    }
    [[nodiscard]] static AccountId memory() { return *accountIdFromString(u"memory"_s); }
    [[nodiscard]] Deployment deployReady()
    {
        return m_harness.deployReady([](CreateRequest& request) { request.target = memory(); });
    }

    test::PracticeProcess m_practice;
    std::shared_ptr<test::MemoryCloud> m_cloud = std::make_shared<test::MemoryCloud>();
    test::EngineHarness m_harness{m_practice};
};

TEST_F(SecondCloud, ADeploymentLivesAndEndsThere)
{
    const Deployment ready = deployReady();
    EXPECT_EQ(ready.target, memory());
    ASSERT_EQ(m_cloud->endpoints().size(), 1);
    EXPECT_FALSE(m_cloud->endpoints().first().env.contains(u"RUNPOD_INIT_TIMEOUT"_s)) << "another cloud's word";
    const Job first = m_harness.job(ready.firstJob);
    EXPECT_EQ(first.status, JobStatus::Completed);
    EXPECT_EQ(first.artifacts.size(), 1);
    EXPECT_EQ(m_practice.endpointCount(), 0) << "nothing of it goes anywhere else";

    ASSERT_TRUE(await(m_harness.engine().call(PauseDeployment{ready.id})));
    EXPECT_EQ(m_cloud->endpoints().first().workersMax, 0);
    EXPECT_EQ(m_cloud->running(), 0);
    ASSERT_TRUE(await(m_harness.engine().call(ResumeDeployment{ready.id})));
    m_harness.stop();
    start();
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_TRUE(m_cloud->endpoints().isEmpty());
}

TEST_F(SecondCloud, WhatItLacksIsSaidOrLeftOut)
{
    const Deployment ready = deployReady();
    const auto releases = await(m_harness.engine().call(ListReleases{ready.id}));
    ASSERT_FALSE(releases.has_value());
    EXPECT_EQ(releases.error().code, ErrorCode::ProviderLacks);
    EXPECT_EQ(await(m_harness.engine().call(RollBack{ready.id, 1})).error().code, ErrorCode::ProviderLacks);
    const auto volumes = await(m_harness.engine().call(ListVolumes{memory()}));
    ASSERT_TRUE(volumes.has_value()) << volumes.error().detail;
    EXPECT_TRUE(volumes->isEmpty());
    EXPECT_EQ(await(m_harness.engine().call(CreateVolume{memory(), u"mine"_s, 20, {}})).error().code,
        ErrorCode::ProviderLacks);
    SpendQuery query;
    query.target = memory();
    query.to = std::chrono::system_clock::now() + 1h;
    const auto spend = await(m_harness.engine().call(GetSpend{query}));
    ASSERT_TRUE(spend.has_value()) << spend.error().detail;
    EXPECT_FALSE(spend->summary.billedUsd.has_value());
    EXPECT_GT(spend->summary.countedUsd, 0.0) << "what is not billed is estimated";
}

TEST_F(SecondCloud, StopEverythingReachesIt)
{
    const Deployment ready = deployReady();
    const auto report = await(m_harness.engine().call(StopEverything{}));
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(m_cloud->running(), 0);
    EXPECT_EQ(m_cloud->endpoints().first().workersMax, 0);
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
}

TEST_F(SecondCloud, TheAccountsAreListedAndNoOtherIsKnown)
{
    const auto accounts = await(m_harness.engine().call(ListAccounts{}));
    ASSERT_TRUE(accounts.has_value());
    QStringList names;
    for (const ProviderAccount& account : *accounts)
        names.append(toString(account.id));
    EXPECT_EQ(names, (QStringList{u"practice"_s, u"runpod"_s, u"memory"_s}));
    const auto refused
        = m_harness.create([](CreateRequest& request) { request.target = *accountIdFromString(u"moon"_s); });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::AccountUnknown);
    const AccountId base = *accountIdFromString(u"moon:base"_s);
    EXPECT_EQ(await(m_harness.engine().call(ListVolumes{base})).error().code, ErrorCode::AccountUnknown);
    EXPECT_EQ(await(m_harness.engine().call(GetModelDetails{base, u"stabilityai/sdxl-turbo"_s})).error().code,
        ErrorCode::AccountUnknown);
    SpendQuery query;
    query.target = base;
    query.to = std::chrono::system_clock::now();
    EXPECT_EQ(await(m_harness.engine().call(GetSpend{query})).error().code, ErrorCode::AccountUnknown);
}

} // namespace
} // namespace visgate
