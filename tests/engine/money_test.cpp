// SPDX-License-Identifier: GPL-3.0-or-later
// The third ring over real sockets: what is spent is counted and explained, limits stop it and outlive the program,
// and "Stop everything" means everything.
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/money.h"
#include "core/store/database.h"
#include "core/store/spend_repository.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <chrono>
#include <cmath>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;
using test::waitUntil;

class MoneyTest : public testing::Test {
protected:
    SpendReport spend(const DeploymentId& id = {})
    {
        SpendQuery query;
        query.target = AccountId::practice();
        query.to = std::chrono::system_clock::now() + 1h;
        query.from = query.to - 48h;
        query.deployment = id;
        auto report = await(m_harness.engine().call(GetSpend{query}));
        if (!report)
            throw std::runtime_error(report.error().detail);
        return *report;
    }

    /// What the workers on disk cost, while the program runs.
    double writtenUsdPerHour(const DeploymentId& id) const
    {
        const auto database = Database::open(m_harness.folder() + "/visgate.db"_L1, Database::Access::ReadOnly);
        if (!database)
            throw std::runtime_error(database.error().detail);
        CostMeter meter;
        meter.resume(SpendRepository(**database).workers(id).value_or(QList<CostMeter::Worker>()));
        return meter.usdPerHourNow();
    }

    double charged() const { return m_practice.state()["money"_L1]["spent"_L1].toDouble(); }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(MoneyTest, AKeyThatMayNotListVolumesIsNotAskedEachTime)
{
    m_harness.start();
    m_practice.fault(
        u"GET"_s, u"/rest/v2/network-volumes"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 403}, {u"count"_s, 0}});
    ASSERT_TRUE(await(m_harness.engine().call(ListGpuOffers{AccountId::practice()}))) << "the account is open";
    EXPECT_EQ(spend().volumes, std::nullopt);
    const auto asked = m_practice.calls(u"GET"_s, u"/network-volumes"_s).size();
    EXPECT_GT(asked, 0);
    EXPECT_EQ(spend().volumes, std::nullopt);
    EXPECT_EQ(m_practice.calls(u"GET"_s, u"/network-volumes"_s).size(), asked);
}

TEST_F(MoneyTest, WhatAPictureCostIsCountedExplainedAndBilled)
{
    m_harness.start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
    ASSERT_TRUE(waitUntil([&] { return m_practice.workerCount() == 0; }, 60s)) << "it goes to sleep";
    ASSERT_TRUE(waitUntil([&] { return spend().summary.usdPerHourNow == 0.0; }, 60s));
    const SpendReport report = spend();
    const SpendSummary& sum = report.summary;
    EXPECT_EQ(sum.pictures, 1);
    ASSERT_TRUE(sum.billedUsd) << "what practice has booked is read";
    EXPECT_NEAR(*sum.billedUsd, charged(), 1e-6);
    // Seconds are rounded up at both ends of a life of a few of them.
    EXPECT_NEAR(sum.estimatedUsd, charged(), std::max(0.35 * charged(), 0.0012));
    double causes = 0.0;
    for (const CostShare& share : sum.causes)
        causes += share.usd;
    EXPECT_NEAR(causes, sum.estimatedUsd, 1e-9) << "every cent has its cause";
    EXPECT_TRUE(std::any_of(sum.causes.begin(), sum.causes.end(),
        [](const CostShare& share) { return share.cause == CostCause::Idle && share.usd > 0.0; }));
    EXPECT_GT(report.forecast.usdPerPicture, 0.0);
    const Deployment shown = m_harness.deployment(created->id);
    EXPECT_NEAR(shown.cost.estimatedUsd, sum.estimatedUsd, 1e-6);

    const double before = sum.estimatedUsd;
    m_harness.stop();
    m_harness.start();
    EXPECT_NEAR(spend().summary.estimatedUsd, before, 1e-9) << "a restart neither loses nor doubles a cent";
}

TEST_F(MoneyTest, ADayLimitTellsThenStopsAndOutlivesTheProgram)
{
    m_harness.start();
    QStringList told;
    QObject::connect(&m_harness.engine(), &Engine::limitPassed,
        [&](const LimitState& state) { told.append(toString(state.level)); });
    ASSERT_TRUE(await(m_harness.engine().call(SetSpendLimit{{LimitScope::Day, {}, 0.0001, std::nullopt}})));
    const auto created = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = 600s; });
    ASSERT_TRUE(created);
    ASSERT_TRUE(waitUntil([&] { return !told.isEmpty(); }, 60s));
    ASSERT_TRUE(await(m_harness.engine().call(SetSpendLimit{{LimitScope::Day, {}, 0.0001, 0.0004}})));
    ASSERT_TRUE(waitUntil(
        [&] {
            const DeploymentStatus status = m_harness.deployment(created->id).status;
            return status == DeploymentStatus::Paused || status == DeploymentStatus::Failed;
        },
        60s));
    EXPECT_TRUE(waitUntil([&] { return m_practice.workerCount() == 0; }, 30s)) << m_practice.remains().toStdString();
    EXPECT_EQ(told.join(u' ').toStdString(), "tell stop");
    const Deployment stopped = m_harness.deployment(created->id);
    ASSERT_TRUE(stopped.error);
    EXPECT_EQ(stopped.error->code, ErrorCode::DayLimitReached);
    EXPECT_FALSE(m_harness.messages(created->id).filter(u"limit reached (day)"_s).isEmpty()) << "the log says it";

    m_harness.stop();
    m_harness.start();
    const auto refused = m_harness.create();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::DayLimitReached);
    JobInput input;
    input.prompt = u"a blue square"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{created->id, input}));
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code, ErrorCode::DayLimitReached);
    const auto states = await(m_harness.engine().call(ListLimitStates{}));
    ASSERT_TRUE(states);
    EXPECT_TRUE(std::any_of(states->begin(), states->end(), [](const LimitState& state) {
        return state.target.isPractice() && state.level == LimitLevel::Stop && state.spentUsd >= 0.0004;
    }));

    ASSERT_TRUE(await(m_harness.engine().call(SetSpendLimit{{LimitScope::Day, {}, std::nullopt, 10.0}})));
    EXPECT_TRUE(m_harness.create([](CreateRequest& request) { request.firstInput.reset(); }))
        << "with more room it goes on";
}

TEST_F(MoneyTest, ADeploymentsOwnLimitLeavesTheOthersAlone)
{
    m_harness.start();
    const auto cheap = m_harness.create();
    ASSERT_TRUE(cheap);
    ASSERT_EQ(m_harness.waitForEnd(cheap->firstJob).status, JobStatus::Completed);
    ASSERT_EQ(m_harness.waitFor(cheap->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    const auto other = m_harness.create([](CreateRequest& request) { request.force = true; });
    ASSERT_TRUE(other);
    ASSERT_EQ(m_harness.waitFor(other->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    ASSERT_TRUE(waitUntil([&] { return m_harness.deployment(cheap->id).cost.estimatedUsd > 0.0002; }, 30s));
    ASSERT_TRUE(
        await(m_harness.engine().call(SetSpendLimit{{LimitScope::Deployment, cheap->id, std::nullopt, 0.0002}})));
    EXPECT_EQ(m_harness.waitFor(cheap->id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    EXPECT_EQ(m_harness.deployment(cheap->id).error->code, ErrorCode::DeploymentLimitReached);
    EXPECT_EQ(m_harness.deployment(other->id).status, DeploymentStatus::Ready);
    const auto resumed = await(m_harness.engine().call(ResumeDeployment{cheap->id}));
    ASSERT_FALSE(resumed);
    EXPECT_EQ(resumed.error().code, ErrorCode::DeploymentLimitReached);
    ASSERT_TRUE(
        await(m_harness.engine().call(SetSpendLimit{{LimitScope::Deployment, cheap->id, std::nullopt, std::nullopt}})));
    EXPECT_TRUE(await(m_harness.engine().call(ResumeDeployment{cheap->id})));
    EXPECT_FALSE(m_harness.deployment(cheap->id).error);
}

TEST_F(MoneyTest, TheSameGpuHasTheSamePriceAfterReopening)
{
    m_harness.start();
    const auto created = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = 600s; });
    ASSERT_TRUE(created);
    ASSERT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
    const auto now = [&] { return m_harness.deployment(created->id).cost.usdPerHourNow; };
    const double charged = m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble() * 3600.0;
    ASSERT_GT(charged, 0.0);
    ASSERT_TRUE(waitUntil([&] { return std::abs(now() - charged) < 1e-6; }, 60s)) << now();
    EXPECT_NEAR(writtenUsdPerHour(created->id), charged, 1e-6) << "what a power cut would leave";
    // Prices cannot be asked for when it is opened again.
    m_practice.fault(u"GET"_s, u"/rest/v2/catalog*"_s, {{u"effect"_s, u"reset_before"_s}, {u"count"_s, 0}});
    m_harness.stop();
    m_harness.start();
    EXPECT_NEAR(now(), charged, 1e-6) << "before the first look";
    const auto seen = m_harness.deployment(created->id).workersSeenAt;
    ASSERT_TRUE(waitUntil([&] { return m_harness.deployment(created->id).workersSeenAt != seen; }, 60s));
    EXPECT_NEAR(now(), charged, 1e-6) << "and after it";
    EXPECT_NEAR(spend().summary.usdPerHourNow, charged, 1e-6);
}

TEST_F(MoneyTest, AnEndpointThatIsTakenOverIsNotFree)
{
    m_harness.start();
    const auto first = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = 600s; });
    ASSERT_TRUE(first);
    ASSERT_EQ(m_harness.waitForEnd(first->firstJob).status, JobStatus::Completed);
    const double charged = m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble() * 3600.0;
    // Another data folder knows neither its plan nor a price.
    EngineHarness other(m_practice);
    other.start();
    m_practice.fault(u"GET"_s, u"/rest/v2/catalog*"_s, {{u"effect"_s, u"reset_before"_s}, {u"count"_s, 0}});
    const auto taken = other.create([](CreateRequest& request) { request.limits.idleTimeout = 600s; });
    ASSERT_TRUE(taken);
    EXPECT_EQ(m_practice.endpointCount(), 1);
    EXPECT_TRUE(
        waitUntil([&] { return std::abs(other.deployment(taken->id).cost.usdPerHourNow - charged) < 1e-6; }, 60s))
        << other.deployment(taken->id).cost.usdPerHourNow;
}

TEST_F(MoneyTest, WhatWasPutAwayDoesNotPayForWhoGoesOn)
{
    m_harness.start();
    const auto lasting = [](CreateRequest& request) { request.limits.idleTimeout = 600s; };
    const auto first = m_harness.create(lasting);
    ASSERT_TRUE(first);
    ASSERT_EQ(m_harness.waitForEnd(first->firstJob).status, JobStatus::Completed);
    const auto second = m_harness.create(lasting);
    ASSERT_TRUE(second);
    ASSERT_EQ(m_harness.waitForEnd(second->firstJob).status, JobStatus::Completed);
    ASSERT_EQ(m_practice.endpointCount(), 1) << "they share it";
    const auto rate = [&](const DeploymentId& id) { return m_harness.deployment(id).cost.usdPerHourNow; };
    ASSERT_TRUE(waitUntil([&] { return rate(first->id) > 0.0; }, 60s)) << "the one that was there first pays";
    EXPECT_EQ(rate(second->id), 0.0);
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{first->id, 3600s})));
    EXPECT_TRUE(waitUntil([&] { return rate(second->id) > 0.0 && rate(first->id) == 0.0; }, 60s))
        << rate(first->id) << " and " << rate(second->id);
    // Handed over, nothing is counted twice.
    const auto soFar = [&] {
        return m_harness.deployment(first->id).cost.countedUsd + m_harness.deployment(second->id).cost.countedUsd;
    };
    EXPECT_TRUE(waitUntil([&] { return std::abs(soFar() - charged()) < 0.002; }, 60s))
        << soFar() << " of " << charged();
}

class StopEverythingTest : public MoneyTest {
protected:
    /// So many endpoints, each with a container that runs, costs, and never comes up.
    void deploy(int count)
    {
        m_practice.condition(u"stuck_initializing"_s);
        m_practice.control("POST", u"/account"_s, {{u"quota"_s, 60}, {u"credit"_s, 1000}});
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(m_harness.create([](CreateRequest& request) { request.force = true; }));
        ASSERT_TRUE(waitUntil([&] { return running() == count; }, 90s)) << m_practice.remains().toStdString();
    }

    int running() const
    {
        return qRound(m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble() > 0.0
                ? double(m_practice.workerCount())
                : 0.0);
    }
};

TEST_F(StopEverythingTest, TwentyEndpointsRunNothingWithinTenSeconds)
{
    m_harness.start();
    deploy(20);
    const auto begin = std::chrono::steady_clock::now();
    const auto report = await(m_harness.engine().call(StopEverything{}));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(report);
    EXPECT_EQ(report->endpoints.size(), 20);
    EXPECT_TRUE(report->isDone());
    EXPECT_EQ(m_practice.workerCount(), 0);
    EXPECT_LE(took.count(), 10.0);
    std::printf("stopped 20 endpoints in %.1f s\n", took.count());
    const QJsonArray endpoints = m_practice.state()["endpoints"_L1].toArray();
    for (const QJsonValue& endpoint : endpoints)
        EXPECT_EQ(endpoint["workers"_L1]["max"_L1].toInt(-1), 0);
    EXPECT_TRUE(m_harness.create()) << "what comes later is a new wish";
}

TEST_F(StopEverythingTest, OfflineTheWishIsKeptOverARestartAndDoneWhenTheLineIsBack)
{
    m_harness.start();
    deploy(2);
    m_practice.fault(u"*"_s, u"/rest/v2/serverless*"_s, {{u"effect"_s, u"reset_before"_s}, {u"count"_s, 0}});
    const auto report = await(m_harness.engine().call(StopEverything{}), 90s);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->isDone());
    ASSERT_EQ(report->unreachable.size(), 1) << "it says what it waits for";
    EXPECT_EQ(report->unreachable.constFirst().target, AccountId::practice());
    const auto refused = m_harness.create();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StopUnderWay);
    EXPECT_EQ(m_practice.workerCount(), 2);
    m_harness.stop();
    m_harness.start();
    EXPECT_EQ(m_practice.workerCount(), 2) << "still out of reach";
    m_practice.clearFaults();
    EXPECT_TRUE(waitUntil([&] { return m_practice.workerCount() == 0; }, 60s)) << m_practice.remains().toStdString();
    EXPECT_TRUE(waitUntil([&] { return m_harness.create().has_value(); }, 60s)) << "and it is over";
}

} // namespace
} // namespace visgate
