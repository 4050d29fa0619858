// SPDX-License-Identifier: GPL-3.0-or-later
// No machine free: what the engine tries next, what it says, and when it asks first.
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::EngineHarness;
using test::PracticeProcess;

class PlacedByEngine : public testing::Test {
protected:
    void SetUp() override { m_harness.start(); }

    Deployment waitForQuestion(const DeploymentId& id)
    {
        test::waitUntil([&] { return m_harness.deployment(id).question.has_value(); });
        return m_harness.deployment(id);
    }

    Result<DeployQuote> quote()
    {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        return test::await(m_harness.engine().call(GetQuote{request}));
    }

    /// Twice in a row nothing is free in the cheapest plan; its pools stand behind the others for a while.
    void haveBadLuck()
    {
        for (int i = 0; i < 2; ++i) {
            m_practice.condition(u"no_capacity"_s);
            const auto unlucky = m_harness.create([](CreateRequest& request) { request.force = true; });
            ASSERT_TRUE(unlucky);
            ASSERT_TRUE(waitForQuestion(unlucky->id).question);
            ASSERT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{unlucky->id, false})));
            m_practice.control("DELETE", u"/conditions"_s);
        }
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(PlacedByEngine, AsksBeforeADearerPlanAndGoesOnWhenItIsAccepted)
{
    m_practice.condition(u"no_capacity"_s);
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    const Deployment asks = waitForQuestion(created->id);
    ASSERT_TRUE(asks.question);
    EXPECT_EQ(asks.status, DeploymentStatus::SelectingGpu);
    EXPECT_EQ(asks.waitingFor, u"answer"_s);
    EXPECT_GT(asks.question->usdPerHourMore, 0.0);
    EXPECT_FALSE(asks.question->pools.isEmpty());
    for (const QString& pool : asks.question->pools)
        EXPECT_FALSE(created->gpuPlanned.contains(pool));
    EXPECT_EQ(m_practice.endpointCount(), 0) << "nothing runs while it waits";
    const QString said = m_harness.messages(created->id).join(u'\n');
    EXPECT_TRUE(said.contains(u"No machine is free"_s)) << said.toStdString();
    EXPECT_TRUE(said.contains(u"above the price agreed to"_s)) << said.toStdString();

    m_practice.control("DELETE", u"/conditions"_s);
    ASSERT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{created->id, true})));
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ready.status, DeploymentStatus::Ready) << m_harness.messages(created->id).join(u'\n').toStdString();
    EXPECT_FALSE(ready.question);
    EXPECT_EQ(ready.gpuPlanned, asks.question->pools);
}

TEST_F(PlacedByEngine, NothingDearerThanTheButtonSaidIsMadeUnasked)
{
    const auto quoted = quote();
    ASSERT_TRUE(quoted);
    const double seen = quoted->plan.ceilingUsdPerHour();
    // Between the look and the press the cheap machines have gone.
    for (const GpuPlanEntry& entry : quoted->plan.entries) {
        if (entry.usdPerHour < seen + 0.001)
            m_practice.control("POST", u"/stock"_s, {{u"pool"_s, entry.pool}, {u"stock"_s, u"NONE"_s}});
    }
    m_harness.stop();
    m_harness.start(); // or a minute later: the offers are asked for anew
    const auto created = m_harness.create([seen](CreateRequest& now) { now.acceptedUsdPerHour = seen; });
    ASSERT_TRUE(created);
    const Deployment asks = waitForQuestion(created->id);
    ASSERT_TRUE(asks.question) << toString(asks.status).toStdString();
    EXPECT_GT(asks.question->usdPerHour, seen);
    EXPECT_NEAR(asks.question->usdPerHour - asks.question->usdPerHourMore, seen, 1e-6) << "more than was agreed to";
    EXPECT_EQ(m_practice.endpointCount(), 0);
    ASSERT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{created->id, true})));
    EXPECT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
}

TEST_F(PlacedByEngine, WhatIsQuotedIsWhatIsMadeAlsoForWhoHadBadLuck)
{
    ASSERT_NO_FATAL_FAILURE(haveBadLuck());
    const auto quoted = quote();
    ASSERT_TRUE(quoted);
    const double seen = quoted->plan.ceilingUsdPerHour();
    const auto created = m_harness.create([seen](CreateRequest& now) { now.acceptedUsdPerHour = seen; });
    ASSERT_TRUE(created);
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ready.status, DeploymentStatus::Ready) << m_harness.messages(created->id).join(u'\n').toStdString();
    EXPECT_EQ(ready.gpuPlanned, quoted->plan.pools());
}

TEST_F(PlacedByEngine, APlanThatBadLuckHasMadeDearerThanTheQuoteAsks)
{
    const auto quoted = quote();
    ASSERT_TRUE(quoted);
    ASSERT_NO_FATAL_FAILURE(haveBadLuck());
    const auto created = m_harness.create([&quoted](CreateRequest& now) {
        now.acceptedUsdPerHour = quoted->plan.ceilingUsdPerHour();
        now.acceptedPools = quoted->plan.pools();
    });
    ASSERT_TRUE(created);
    const Deployment asks = waitForQuestion(created->id);
    ASSERT_TRUE(asks.question) << toString(asks.status).toStdString();
    EXPECT_GT(asks.question->usdPerHour, quoted->plan.ceilingUsdPerHour());
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

TEST_F(PlacedByEngine, OtherGpusThanThoseShownAskEvenAtTheSamePrice)
{
    const auto quoted = quote();
    ASSERT_TRUE(quoted);
    ASSERT_GT(quoted->plan.pools().size(), 1);
    const auto created = m_harness.create([&quoted](CreateRequest& now) {
        now.acceptedUsdPerHour = quoted->plan.ceilingUsdPerHour();
        now.acceptedPools = {quoted->plan.pools().constLast()};
    });
    ASSERT_TRUE(created);
    const Deployment asks = waitForQuestion(created->id);
    ASSERT_TRUE(asks.question) << toString(asks.status).toStdString();
    EXPECT_FALSE(asks.question->isDearer());
    EXPECT_EQ(asks.question->pools, quoted->plan.pools());
    EXPECT_EQ(m_practice.endpointCount(), 0);
    ASSERT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{created->id, true})));
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ready.gpuPlanned, quoted->plan.pools());
}

TEST_F(PlacedByEngine, ADeclinedPlanEndsWithNothingRunning)
{
    m_practice.condition(u"no_capacity"_s);
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(waitForQuestion(created->id).question);
    EXPECT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{created->id, false})));
    const Deployment failed = m_harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::NoCapacity);
    EXPECT_EQ(m_practice.endpointCount(), 0);
    const auto again = test::await(m_harness.engine().call(AnswerQuestion{created->id, true}));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
}

TEST_F(PlacedByEngine, AQuestionOutlivesTheProgram)
{
    m_practice.condition(u"no_capacity"_s);
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(waitForQuestion(created->id).question);
    m_harness.stop();
    m_harness.start();
    EXPECT_TRUE(m_harness.deployment(created->id).question);
    const auto asked = m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size();
    m_practice.control("DELETE", u"/conditions"_s);
    ASSERT_TRUE(test::await(m_harness.engine().call(AnswerQuestion{created->id, true})));
    EXPECT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), asked + 1);
}

TEST_F(PlacedByEngine, ANamedPlaceIsObeyedAndSaid)
{
    const auto created = m_harness.create([](CreateRequest& request) { request.region = u"EU-RO-1"_s; });
    ASSERT_TRUE(created);
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    ASSERT_EQ(ready.status, DeploymentStatus::Ready) << m_harness.messages(created->id).join(u'\n').toStdString();
    EXPECT_EQ(ready.region, u"EU-RO-1"_s);
    EXPECT_FALSE(ready.regionReason.isEmpty());
    EXPECT_EQ(m_practice.state()["endpoints"_L1][0]["dataCenterIds"_L1].toArray(), QJsonArray{u"EU-RO-1"_s});
}

} // namespace
} // namespace visgate
