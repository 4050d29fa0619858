// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way over real sockets: the engine, practice in its own process, real worker processes.
#include "core/engine/context/step_probe.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "tests/support/engine_harness.h"

#include <QCryptographicHash>
#include <QFile>

#include <atomic>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::EngineHarness;
using test::PracticeProcess;

/// Counts the plans that are computed.
class PlanCount final : public StepProbe {
public:
    void at(std::string_view point) override { m_made += point == "plan.made" ? 1 : 0; }
    [[nodiscard]] int made() const { return m_made; }

private:
    std::atomic<int> m_made = 0;
};

class JourneyTest : public testing::Test {
protected:
    void startCountingPlans()
    {
        m_harness.start([this](EngineConfig& config) { config.probe = m_plans; });
    }
    [[nodiscard]] bool isCreated() const
    {
        return test::waitUntil([this] { return !m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).isEmpty(); });
    }

    const std::shared_ptr<PlanCount> m_plans = std::make_shared<PlanCount>();
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(JourneyTest, NothingIsAskedTwiceOnTheWayToAnEndpoint)
{
    startCountingPlans();
    ASSERT_TRUE(m_harness.create());
    ASSERT_TRUE(isCreated());
    const QStringList calls = m_practice.calls(QStringList{u"GET"_s, u"POST"_s}, u"/"_s);
    const qsizetype created = calls.indexOf(calls.filter(u"POST /rest/v2/serverless"_s).constFirst());
    const auto before = [&](const QString& path) { return calls.first(created).filter(path).size(); };
    // The search for a warm one, whose list the check takes as well, and the last look before one is made.
    EXPECT_LE(before(u"GET /rest/v2/serverless"_s), 2) << calls.join(u'\n').toStdString();
    EXPECT_EQ(before(u"/api/models/stabilityai/sdxl-turbo?"_s), 1) << calls.join(u'\n').toStdString();
    EXPECT_LE(before(u"/rest/v2/catalog/gpus"_s), 1) << calls.join(u'\n').toStdString();
    EXPECT_LE(before(u"/rest/v2/catalog/datacenters"_s), 1) << calls.join(u'\n').toStdString();
    EXPECT_EQ(m_plans->made(), 1) << "what the check has planned is what is created";
}

TEST_F(JourneyTest, WhatAQuoteHasPlannedIsWhatIsCreated)
{
    startCountingPlans();
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    const auto quote = test::await(m_harness.engine().call(GetQuote{request}));
    ASSERT_TRUE(quote) << quote.error().detail;
    const PreflightLine* const model = quote->preflight.line(u"model"_s);
    ASSERT_NE(model, nullptr);
    ASSERT_EQ(model->level, PreflightLevel::Ok) << "planned for what the hub says, not for what is on disk";
    const auto created = m_harness.create();
    ASSERT_TRUE(created) << created.error().detail;
    ASSERT_TRUE(isCreated());
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(created->id).gpuPlanned == quote->plan.pools(); }));
    EXPECT_EQ(m_plans->made(), 1);
}

TEST_F(JourneyTest, FromARequestToAPictureAndBackToNothing)
{
    m_harness.start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_EQ(created->status, DeploymentStatus::Validating);
    EXPECT_EQ(created->path, u"accepted_cold"_s);
    ASSERT_FALSE(created->firstJob.isEmpty());

    const Job job = m_harness.waitForEnd(created->firstJob);
    ASSERT_EQ(job.status, JobStatus::Completed)
        << m_harness.messages(created->id).join(u'\n').toStdString() << (job.error ? job.error->detail : "");
    ASSERT_EQ(job.artifacts.size(), 1);
    const Artifact& artifact = job.artifacts.constFirst();
    QFile picture(artifact.filePath);
    ASSERT_TRUE(picture.open(QIODevice::ReadOnly));
    const QByteArray bytes = picture.readAll();
    EXPECT_TRUE(bytes.startsWith("\x89PNG"));
    EXPECT_EQ(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(), artifact.sha256.toLatin1());
    EXPECT_EQ(artifact.seed, 7);
    EXPECT_THAT(artifact.label.toStdString(), testing::HasSubstr("demo model"));

    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    ASSERT_EQ(ready.status, DeploymentStatus::Ready);
    EXPECT_TRUE(ready.readyAt);
    EXPECT_FALSE(ready.gpuAllocated.isEmpty()) << "the GPU really obtained";
    EXPECT_FALSE(ready.endpointUrl.isEmpty());
    EXPECT_TRUE(ready.demoModel);
    EXPECT_THAT(ready.endpointName.toStdString(),
        testing::MatchesRegex("visgate-[0-9a-f]{10}-stabilityai--sdxl-turbo-[0-9a-f]{8}"));
    const QStringList messages = m_harness.messages(created->id);
    EXPECT_TRUE(messages.contains(u"Validating Hugging Face model"_s));
    EXPECT_TRUE(messages.contains(u"HF model validated"_s));
    EXPECT_FALSE(messages.filter(u"Selected GPU: "_s).isEmpty());
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), 1);

    EXPECT_TRUE(test::waitUntil([&] {
        const auto lines = test::await(m_harness.engine().call(ReadLogs{created->id, {}, 1000}));
        return lines && std::any_of(lines->begin(), lines->end(), [](const LogLine& line) {
            return line.source == "container" && line.text.find("ready") != std::string::npos;
        });
    })) << "the worker's own lines are kept";

    ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{created->id})));
    const Deployment deleted = m_harness.waitFor(created->id, DeploymentStatus::Deleted);
    EXPECT_EQ(deleted.status, DeploymentStatus::Deleted);
    EXPECT_TRUE(deleted.deletedAt);
    EXPECT_GT(deleted.cost.estimatedUsd, 0.0);
    EXPECT_TRUE(test::waitUntil([&] { return m_harness.deployment(created->id).cost.billedUsd.value_or(0.0) > 0.0; }))
        << "what practice booked is read after the end, too";
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

/// Nobody has to accept a licence, and no video has to be made, to practise: the demo model stands in.
TEST_F(JourneyTest, PracticeStandsInForGatedAndVideoModels)
{
    m_harness.start();
    for (const QString& model : {u"black-forest-labs/FLUX.1-dev"_s, u"Wan-AI/Wan2.1-T2V-1.3B-Diffusers"_s}) {
        const auto created = m_harness.create([&](CreateRequest& request) { request.modelId = model; });
        ASSERT_TRUE(created) << created.error().detail;
        const Job job = m_harness.waitForEnd(created->firstJob);
        ASSERT_EQ(job.status, JobStatus::Completed)
            << model.toStdString() << m_harness.messages(created->id).join(u'\n').toStdString();
        ASSERT_EQ(job.artifacts.size(), 1);
        EXPECT_THAT(job.artifacts.constFirst().label.toStdString(), testing::HasSubstr("demo model"));
    }
}

} // namespace
} // namespace visgate
