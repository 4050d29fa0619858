// SPDX-License-Identifier: GPL-3.0-or-later
// What is lost on the way is found again: replies, restarts, workers; and every way out ends at nothing running.
#include "core/engine/context/step_probe.h"
#include "core/operations/accounts.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/providers/provider.h"
#include "tests/support/engine_harness.h"
#include "tests/support/probed_provider.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <gmock/gmock.h>
#include <thread>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

class Recovery : public testing::Test {
protected:
    void removeAndExpectNothing(const DeploymentId& id)
    {
        ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{id})));
        EXPECT_EQ(m_harness.waitFor(id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
        EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
    }
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

/// A fault of the program, once, in a task that nobody guards.
class Fault final : public StepProbe {
public:
    void at(std::string_view point) override
    {
        if (point == "workers.before" && !m_happened.exchange(true))
            throw std::runtime_error("a fault of the program");
    }
    [[nodiscard]] bool hasHappened() const { return m_happened; }

private:
    std::atomic<bool> m_happened = false;
};

TEST_F(Recovery, AFaultOfTheProgramDoesNotKeepItFromQuitting)
{
    const auto fault = std::make_shared<Fault>();
    m_harness.start([&](EngineConfig& config) { test::probeWith(config, fault); });
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(test::waitUntil([&] { return fault->hasHappened(); }));
    std::promise<void> quit;
    std::thread watchdog([quitting = quit.get_future()] {
        if (quitting.wait_for(600s) != std::future_status::ready) {
            std::fputs("the engine does not end\n", stderr);
            std::_Exit(1);
        }
    });
    m_harness.stop();
    quit.set_value();
    watchdog.join();
    m_harness.start();
    EXPECT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    removeAndExpectNothing(created->id);
}

TEST_F(Recovery, ALostCreateReplyIsFoundByName)
{
    m_practice.fault(u"POST"_s, u"/rest/v2/serverless"_s, {{u"effect"_s, u"reset_after"_s}});
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    EXPECT_EQ(m_practice.endpointCount(), 1);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), 1) << "it is not asked for twice";
    EXPECT_FALSE(m_harness.messages(ready.id).filter(u"found by its name"_s).isEmpty());
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, ACreateCallThatNeverArrivedIsRepeatedUntilThereIsOne)
{
    m_practice.fault(u"POST"_s, u"/rest/v2/serverless"_s, {{u"effect"_s, u"reset_before"_s}});
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    EXPECT_EQ(m_practice.endpointCount(), 1);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, ALostDeleteReplyAndRefusalsOnTheWayOut)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    m_practice.fault(u"DELETE"_s, u"/rest/v2/serverless/*"_s, {{u"effect"_s, u"reset_after"_s}});
    m_practice.fault(
        u"GET"_s, u"/rest/v2/serverless/*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 3}});
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, ARestartInTheMiddleContinuesWhereItWas)
{
    m_harness.start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(test::waitUntil([&] { return m_practice.endpointCount() == 1; }));
    m_harness.stop();
    m_harness.start();
    const Deployment ready = m_harness.waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ready.status, DeploymentStatus::Ready) << m_harness.messages(created->id).join(u'\n').toStdString();
    EXPECT_EQ(m_harness.waitForEnd(ready.firstJob).status, JobStatus::Completed);
    EXPECT_EQ(m_practice.endpointCount(), 1);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, AFirstPictureThatCannotBeMadeDoesNotKeepItFromBecomingReady)
{
    m_harness.start();
    // A size that models have, but not this one: its worker alone knows.
    const auto created = m_harness.create([](CreateRequest& request) { request.firstInput->width = 511; });
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Failed);
    EXPECT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    removeAndExpectNothing(created->id);
}

TEST_F(Recovery, AWishToDeleteSurvivesARestart)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    m_practice.fault(
        u"DELETE"_s, u"/rest/v2/serverless/*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 500}, {u"count"_s, 4}});
    ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{ready.id})));
    m_harness.stop();
    m_harness.start();
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(Recovery, PauseIsConfirmedByReadingBackAndResumeBringsItBack)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(test::await(m_harness.engine().call(PauseDeployment{ready.id})));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Paused);
    EXPECT_EQ(m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble(), 0.0) << "nothing is billed any more";
    JobInput input;
    input.prompt = u"a circle"_s;
    EXPECT_EQ(test::await(m_harness.engine().call(SubmitJob{ready.id, input})).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(test::await(m_harness.engine().call(ResumeDeployment{ready.id})));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Ready);
    const auto job = test::await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job);
    EXPECT_EQ(m_harness.waitForEnd(job->id).status, JobStatus::Completed);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, WhatTheProviderParkedIsNoticedAndWoken)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    m_practice.control("POST", u"/park"_s, {{u"endpoint"_s, QString::fromStdString(ready.endpointId.value())}});
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Parked).status, DeploymentStatus::Parked);
    ASSERT_TRUE(test::await(m_harness.engine().call(ResumeDeployment{ready.id})));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Ready);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, AnEndpointThatSomebodyElseRemovedIsSaidToBeGone)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    const auto provider
        = test::practiceConfig({}, m_practice.address())
              .makeProvider(AccountId::practice(), m_practice.address().address, m_practice.address().key);
    ASSERT_TRUE(test::await(provider->deleteEndpoint(ready.endpointId)));
    const Deployment gone = m_harness.waitFor(ready.id, DeploymentStatus::Failed);
    ASSERT_TRUE(gone.error);
    EXPECT_EQ(gone.error->code, ErrorCode::EndpointVanished);
}

TEST_F(Recovery, WithoutAFirstPictureADebugJobProvesThatItLoads)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady([](CreateRequest& request) { request.firstInput.reset(); });
    EXPECT_TRUE(ready.firstJob.isEmpty());
    EXPECT_FALSE(ready.gpuAllocated.isEmpty());
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, BadInputFailsTheJobAndNotTheDeployment)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    JobInput input;
    input.prompt = u"a circle"_s;
    input.height = 7;
    const auto refused = test::await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_FALSE(refused) << "what no worker draws is not sent";
    EXPECT_EQ(refused.error().code, ErrorCode::InputOutOfRange);
    input.width = 511;
    input.height = 513;
    const auto job = test::await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job) << job.error().detail;
    const Job ended = m_harness.waitForEnd(job->id);
    EXPECT_EQ(ended.status, JobStatus::Failed);
    ASSERT_TRUE(ended.error);
    EXPECT_EQ(ended.error->code, ErrorCode::JobFailed);
    EXPECT_THAT(ended.error->detail, testing::HasSubstr("width"));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Ready);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, TheSameSetUpSharesAnEndpointAndForcedOnesDoNot)
{
    m_harness.start();
    const Deployment first = m_harness.deployReady();
    const Deployment twin = m_harness.deployReady();
    EXPECT_EQ(first.endpointId, twin.endpointId);
    EXPECT_THAT(twin.path.toStdString(), testing::AnyOf("adopted", "warm_ready"));
    const Deployment forced = m_harness.deployReady([](CreateRequest& request) { request.force = true; });
    EXPECT_NE(forced.endpointId, first.endpointId);
    EXPECT_EQ(m_practice.endpointCount(), 2);
    // Deleting one of two that share leaves the endpoint to the other.
    ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{first.id})));
    EXPECT_EQ(m_harness.waitFor(first.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 2);
    ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{forced.id})));
    m_harness.waitFor(forced.id, DeploymentStatus::Deleted);
    removeAndExpectNothing(twin.id);
}

TEST_F(Recovery, CallbacksCountOnlyWithTheDeploymentsOwnSecret)
{
    m_harness.start();
    m_harness.engine().setCallbackAddress(CallbackAddress{QUrl(u"http://127.0.0.1:9"_s)});
    const Deployment ready = m_harness.deployReady();
    CallbackReport report;
    report.deployment = ready.id;
    report.secret = std::make_shared<const Secret>("0000");
    EXPECT_EQ(test::await(m_harness.engine().acceptCallback(report)).error().code, ErrorCode::NotFound);
    // The worker's own environment is the only place that has the secret.
    QString secret;
    for (const QJsonValue& endpoint : m_practice.state()["endpoints"_L1].toArray())
        secret = endpoint["env"_L1]["VISGATE_INTERNAL_SECRET"_L1].toString();
    ASSERT_FALSE(secret.isEmpty());
    report.secret = std::make_shared<const Secret>(secret.toStdString());
    const auto answer = test::await(m_harness.engine().acceptCallback(report));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, DeploymentStatus::Ready);
    report.body = "{\"status\":\"deleted\"}";
    EXPECT_EQ(test::await(m_harness.engine().acceptCallback(report)).error().code, ErrorCode::InvalidRequest);
    // A late report does not take a ready deployment back.
    report.body = "{\"status\":\"loading_model\"}";
    ASSERT_TRUE(test::await(m_harness.engine().acceptCallback(report)));
    EXPECT_EQ(m_harness.deployment(ready.id).status, DeploymentStatus::Ready);
    removeAndExpectNothing(ready.id);
}

TEST_F(Recovery, CleanUpFindsWhatNoRecordKnows)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    m_harness.stop();
    for (const QString& suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(m_harness.folder() + "/visgate.db"_L1 + suffix);
    m_harness.start(); // all records lost, the endpoint lives on
    const auto listed = test::await(m_harness.engine().call(CleanUp{{}}));
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->size(), 1);
    EXPECT_EQ(listed->constFirst().owner, EndpointOwner::OtherApp) << "nobody here knows whose it is";
    EXPECT_EQ(m_practice.endpointCount(), 1) << "a dry run";
    ASSERT_TRUE(test::await(m_harness.engine().call(CleanUp{{.all = true, .apply = true}})));
    EXPECT_EQ(m_practice.endpointCount(), 1) << "it may be a colleague's";
    ASSERT_TRUE(test::await(m_harness.engine().call(CleanUp{{.others = true, .apply = true}})));
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(Recovery, PlantedKeysAreFoundNowhere)
{
    const std::string key = "rpa_practice_PLANTED_b7Qx91";

    m_harness.start([&](EngineConfig& config) {
        const PracticeAddress planted = m_practice.address(key);
        config.startPractice
            = [planted](double, const http::CancelToken&) -> Result<PracticeAddress> { return planted; };
    });
    const Deployment ready = m_harness.deployReady();
    m_practice.fault(u"GET"_s, u"/rest/v2/serverless*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 400}, {u"count"_s, 1},
            {u"body"_s, u"{\"detail\":\"bad key %1\"}"_s.arg(QString::fromStdString(key))}});
    removeAndExpectNothing(ready.id);
    m_harness.stop();
    QDirIterator files(m_harness.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        EXPECT_FALSE(bytes.contains(key.c_str())) << file.fileName().toStdString();
        ++looked;
    }
    EXPECT_GE(looked, 3) << "database, log, picture";
    const QByteArray dump = QJsonDocument(m_practice.state()).toJson() + m_practice.rawRequests();
    EXPECT_FALSE(dump.contains(key.c_str())) << "the provider key reached a worker or a body";
}

} // namespace
} // namespace visgate
