// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a deployment that stands: other limits, putting away and bringing back, sharing, earlier releases.
#include "core/foundation/http/client.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/support/engine_harness.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

class Lifecycle : public testing::Test {
protected:
    void start()
    {
        m_harness.start([this](EngineConfig& config) { config.clock = m_clock; });
    }
    std::string log(const DeploymentId& id) { return m_harness.messages(id).join(u'\n').toStdString(); }
    /// The endpoint as practice has it.
    QJsonObject endpoint(const EndpointId& id)
    {
        for (const QJsonValue& entry : m_practice.state()["endpoints"_L1].toArray()) {
            if (entry["id"_L1].toString() == QString::fromStdString(id.value()))
                return entry.toObject();
        }
        return {};
    }
    int maxAtPractice(const Deployment& deployment)
    {
        return endpoint(deployment.endpointId)["workers"_L1]["max"_L1].toInt(-1);
    }
    void removeAndExpectNothing(const DeploymentId& id)
    {
        ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{id})));
        EXPECT_EQ(m_harness.waitFor(id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted) << log(id);
        EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
    }

    std::shared_ptr<test::ShiftedClock> m_clock = std::make_shared<test::ShiftedClock>();
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(Lifecycle, NewLimitsAreReadBackAndARefusalChangesNothing)
{
    start();
    const Deployment ready = m_harness.deployReady();
    Engine& engine = m_harness.engine();
    const auto scaled = await(engine.call(ScaleDeployment{ready.id, {std::nullopt, 3, 30s}}));
    ASSERT_TRUE(scaled) << scaled.error().detail;
    EXPECT_EQ(scaled->limits.workersMax, 3);
    EXPECT_EQ(scaled->limits.idleTimeout, 30s);
    EXPECT_EQ(scaled->workers.max, 3) << "as the provider has it";
    EXPECT_EQ(maxAtPractice(ready), 3);
    EXPECT_EQ(endpoint(ready.endpointId)["workers"_L1]["idleTimeout"_L1].toInt(), 30);
    EXPECT_THAT(log(ready.id), testing::HasSubstr("New limits: 0 to 3 workers, idle time-out 30 s"));

    EXPECT_EQ(
        await(engine.call(ScaleDeployment{ready.id, {4, std::nullopt, {}}})).error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(await(engine.call(ScaleDeployment{ready.id, {{}, 0, {}}})).error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(await(engine.call(ScaleDeployment{ready.id, {{}, {}, 2h}})).error().code, ErrorCode::InvalidRequest);
    m_practice.control("POST", u"/account"_s, {{u"quota"_s, 4}});
    const auto refused = await(engine.call(ScaleDeployment{ready.id, {{}, 5, {}}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::WorkerQuotaExceeded);
    EXPECT_EQ(m_harness.deployment(ready.id).limits.workersMax, 3) << "as before";
    EXPECT_EQ(maxAtPractice(ready), 3);

    // Asleep it keeps them for when it is wanted back, over a restart as well.
    ASSERT_TRUE(await(engine.call(PauseDeployment{ready.id})));
    ASSERT_TRUE(await(engine.call(ScaleDeployment{ready.id, {{}, 2, {}}})));
    EXPECT_EQ(maxAtPractice(ready), 0);
    m_harness.stop();
    start();
    ASSERT_TRUE(await(m_harness.engine().call(ResumeDeployment{ready.id})));
    EXPECT_EQ(maxAtPractice(ready), 2);
    removeAndExpectNothing(ready.id);
}

TEST_F(Lifecycle, WhatIsRemovedIsKeptAtNoCostAndComesBack)
{
    start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{ready.id, 24h})));
    const Deployment kept = m_harness.waitFor(ready.id, DeploymentStatus::Paused);
    ASSERT_EQ(kept.status, DeploymentStatus::Paused) << log(ready.id);
    ASSERT_TRUE(kept.deleteAt);
    EXPECT_NEAR(std::chrono::duration<double>(*kept.deleteAt - m_clock->now()).count(), 86'400.0, 60.0);
    EXPECT_EQ(maxAtPractice(ready), 0);
    EXPECT_EQ(m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble(), 0.0);

    m_clock->pass(23h);
    m_harness.stop();
    start(); // a day has not passed: it is still there
    const auto restored = await(m_harness.engine().call(RestoreDeployment{ready.id}));
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(restored->status, DeploymentStatus::Ready);
    EXPECT_FALSE(restored->deleteAt);
    EXPECT_EQ(maxAtPractice(ready), 1);
    EXPECT_EQ(await(m_harness.engine().call(RestoreDeployment{ready.id})).error().code, ErrorCode::Conflict);
    m_clock->pass(48h);
    JobInput input;
    input.prompt = u"a circle"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job);
    EXPECT_EQ(m_harness.waitForEnd(job->id).status, JobStatus::Completed);
    removeAndExpectNothing(ready.id);
}

TEST_F(Lifecycle, WhatWasKeptLongEnoughIsDeleted)
{
    start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{ready.id, 24h})));
    ASSERT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    m_clock->pass(24h);
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted)
        << log(ready.id);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(Lifecycle, ItIsDeletedEvenIfTheProgramWasOffWhenItsTimeWasOver)
{
    start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{ready.id, 24h})));
    m_harness.stop(); // at once: the endpoint may not even be paused yet
    m_clock->pass(25h);
    start();
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted)
        << log(ready.id);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(Lifecycle, TheSameSetUpBringsBackWhatWasPutAway)
{
    start();
    const Deployment first = m_harness.deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{first.id, 24h})));
    ASSERT_EQ(m_harness.waitFor(first.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    const Deployment second = m_harness.deployReady();
    EXPECT_EQ(second.endpointId, first.endpointId);
    EXPECT_NE(second.path, u"accepted_cold"_s) << "nothing was made for it";
    EXPECT_EQ(maxAtPractice(second), 1);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), 1) << "nothing new was created";
    EXPECT_EQ(m_harness.waitFor(first.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted)
        << "its record ends; the endpoint is the second one's";
    EXPECT_EQ(m_practice.endpointCount(), 1);
    removeAndExpectNothing(second.id);
}

TEST_F(Lifecycle, WhatHasNothingToKeepIsDeletedAtOnce)
{
    m_practice.fault(u"GET"_s, u"*/api/models/*"_s, {{u"effect"_s, u"delay"_s}, {u"delay_ms"_s, 400}, {u"count"_s, 1}});
    start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{created->id, 24h})));
    EXPECT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
    EXPECT_EQ(await(m_harness.engine().call(KeepDeployment{created->id, 24h})).error().code, ErrorCode::Conflict);
}

TEST_F(Lifecycle, ASharedEndpointGoesOnForTheOtherAndStopsWithTheLast)
{
    start();
    const Deployment first = m_harness.deployReady();
    const Deployment second = m_harness.deployReady();
    ASSERT_EQ(first.endpointId, second.endpointId);
    // One is put away: the endpoint stays up for the other.
    ASSERT_TRUE(await(m_harness.engine().call(KeepDeployment{first.id, 24h})));
    ASSERT_EQ(m_harness.waitFor(first.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    EXPECT_EQ(maxAtPractice(second), 1);
    JobInput input;
    input.prompt = u"a circle"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{second.id, input}));
    ASSERT_TRUE(job);
    EXPECT_EQ(m_harness.waitForEnd(job->id).status, JobStatus::Completed);
    // New limits of one are the other's, too.
    ASSERT_TRUE(await(m_harness.engine().call(ScaleDeployment{second.id, {{}, 2, {}}})));
    EXPECT_EQ(m_harness.deployment(first.id).limits.workersMax, 2);
    // The other is deleted: the endpoint is only kept now, so nothing may start.
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{second.id})));
    ASSERT_EQ(m_harness.waitFor(second.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 1);
    EXPECT_EQ(maxAtPractice(first), 0);
    ASSERT_TRUE(await(m_harness.engine().call(RestoreDeployment{first.id})));
    EXPECT_EQ(maxAtPractice(first), 2);
    removeAndExpectNothing(first.id);
}

TEST_F(Lifecycle, EverythingOfADeletedDeploymentStaysReadable)
{
    start();
    const Deployment ready = m_harness.deployReady();
    removeAndExpectNothing(ready.id);
    m_harness.stop();
    start();
    const Deployment deleted = m_harness.deployment(ready.id);
    EXPECT_EQ(deleted.status, DeploymentStatus::Deleted);
    EXPECT_FALSE(deleted.logs.isEmpty());
    EXPECT_EQ(deleted.gpuAllocated, ready.gpuAllocated);
    const auto jobs = await(m_harness.engine().call(ListJobs{ready.id}));
    ASSERT_TRUE(jobs);
    ASSERT_EQ(jobs->size(), 1);
    EXPECT_TRUE(QFile::exists(jobs->constFirst().artifacts.value(0).filePath));
    const auto lines = await(m_harness.engine().call(ReadLogs{ready.id, {}, 1000}));
    ASSERT_TRUE(lines);
    EXPECT_FALSE(lines->isEmpty());
    EXPECT_EQ(await(m_harness.engine().call(ListReleases{ready.id})).error().code, ErrorCode::Conflict);
    EXPECT_EQ(await(m_harness.engine().call(ScaleDeployment{ready.id, {{}, 2, {}}})).error().code, ErrorCode::Conflict);
}

TEST_F(Lifecycle, AnEarlierReleaseComesBackAndTheLogSaysSo)
{
    start();
    const Deployment ready = m_harness.deployReady();
    const QJsonObject env = endpoint(ready.endpointId)["env"_L1].toObject();
    const int disk = endpoint(ready.endpointId)["disk"_L1].toInt();
    QJsonObject changed = env;
    changed.insert(u"HF_TOKEN"_s, u"hf_planted_7f31"_s);
    changed.insert(u"VISGATE_FAILURE_THRESHOLD"_s, u"9"_s);
    m_practice.edit(ready.endpointId.value(), {{u"disk"_s, disk + 25}, {u"env"_s, changed}});
    m_practice.edit(ready.endpointId.value(), {{u"workers"_s, QJsonObject{{u"max"_s, 2}}}});

    Engine& engine = m_harness.engine();
    const auto history = await(engine.call(ListReleases{ready.id}));
    ASSERT_TRUE(history) << history.error().detail;
    ASSERT_EQ(history->releases.size(), 2) << "scaling makes none";
    EXPECT_EQ(history->current, 2);
    const QString words = inWords(changesBetween(*history, 1, 2)).join(u'\n');
    EXPECT_TRUE(words.contains(u"Worker disk (GB) changed from %1 to %2"_s.arg(disk).arg(disk + 25)))
        << words.toStdString();
    EXPECT_TRUE(words.contains(u"VISGATE_FAILURE_THRESHOLD changed from 3 to 9"_s)) << words.toStdString();
    EXPECT_TRUE(words.contains(u"HF_TOKEN"_s)) << "that there is one now is told";
    EXPECT_FALSE(words.contains(u"hf_planted"_s)) << "what it is, not";

    EXPECT_EQ(await(engine.call(RollBack{ready.id, 2})).error().code, ErrorCode::InvalidRequest) << "the present one";
    EXPECT_EQ(await(engine.call(RollBack{ready.id, 7})).error().code, ErrorCode::NotFound);
    const auto rolledBack = await(engine.call(RollBack{ready.id, 1}));
    ASSERT_TRUE(rolledBack) << rolledBack.error().detail;
    EXPECT_EQ(rolledBack->current, 3);
    EXPECT_TRUE(changesBetween(*rolledBack, 1, 3).isEmpty()) << "the same configuration again";
    EXPECT_EQ(endpoint(ready.endpointId)["env"_L1].toObject(), env);
    EXPECT_EQ(endpoint(ready.endpointId)["disk"_L1].toInt(), disk);
    EXPECT_EQ(endpoint(ready.endpointId)["workers"_L1]["max"_L1].toInt(), 2) << "limits are not configuration";
    EXPECT_THAT(log(ready.id), testing::HasSubstr("Rolled back to release 1, which is release 3 now"));
    EXPECT_THAT(log(ready.id), testing::HasSubstr("VISGATE_FAILURE_THRESHOLD changed from 9 to 3"));
    removeAndExpectNothing(ready.id);
}

} // namespace
} // namespace visgate
