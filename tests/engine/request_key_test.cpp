// SPDX-License-Identifier: GPL-3.0-or-later
// A key that came in a request lives in memory only: after a restart its deployment shows that it is needed, nothing
// leaks, and any key with the same hash takes it up again.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "core/operations/money.h"
#include "tests/support/engine_harness.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

const std::string kKey = "rpa_practice_REQUEST_9a1c";
const std::string kToken = "hf_practice_REQUEST_77d0";

std::shared_ptr<const Secret> secret(const std::string& value)
{
    return std::make_shared<const Secret>(value);
}

class RequestKey : public testing::Test {
protected:
    RequestKey() { pointTo(m_practice); }

    /// The requests' keys belong to Runpod.
    void pointTo(const PracticeProcess& practice)
    {
        const TargetAddress address = practice.address().address;
        test::actAsRunpod(m_harness.folder(), address);
        Settings settings(Paths{m_harness.folder(), {}, {}}.settings());
        settings.set(Settings::table().runpodGraphqlUrl, address.graphql.toString());
        settings.set(Settings::table().workerImage, test::imageOfNobody());
    }
    static void withOwnKey(CreateRequest& request)
    {
        request.target = AccountId::runpod();
        request.providerKey = secret(kKey);
        request.hubToken = secret(kToken);
        request.limits.idleTimeout = 2s;
    }
    bool needsKey(const DeploymentId& id)
    {
        const Deployment deployment = m_harness.deployment(id);
        return deployment.error && deployment.error->code == ErrorCode::KeyNeeded;
    }
    void restart()
    {
        m_harness.stop();
        m_practice.control("DELETE", u"/requests"_s);
        m_harness.start();
    }
    void expectNowhereOnDisk(const std::string& text)
    {
        QDirIterator files(m_harness.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            EXPECT_FALSE(file.readAll().contains(text.c_str())) << file.fileName().toStdString();
            ++looked;
        }
        EXPECT_GE(looked, 3) << "database, log, picture";
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(RequestKey, IsGoneAfterARestartAndNothingLeaks)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady(withOwnKey);
    EXPECT_TRUE(ready.keyFromRequest);
    EXPECT_EQ(ready.userHash.toStdString(), secret(kKey)->sha256Hex());
    restart();
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    const Deployment waiting = m_harness.deployment(ready.id);
    EXPECT_EQ(waiting.status, DeploymentStatus::Ready) << "the endpoint stands";
    EXPECT_EQ(waiting.waitingFor, u"key"_s);
    // Ring 1: the endpoint's own idle time-out ends the worker, nobody here can or need do it.
    EXPECT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
    EXPECT_EQ(m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble(), 0.0);
    EXPECT_TRUE(m_practice.calls(u"GET"_s, u"/rest/v2"_s).isEmpty()) << "without the key nothing is asked";
    // A wish made meanwhile is kept until then.
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    EXPECT_EQ(m_practice.endpointCount(), 1);
    ASSERT_TRUE(await(m_harness.engine().call(SetKey{KeyKind::Runpod, secret(kKey), true})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
    m_harness.stop();
    expectNowhereOnDisk(kKey);
    expectNowhereOnDisk(kToken);
}

TEST_F(RequestKey, AStoredKeyWithTheSameHashTakesItUpAgain)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady(withOwnKey);
    restart();
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    ASSERT_TRUE(await(m_harness.engine().call(SetKey{KeyKind::Runpod, secret(kKey), true})));
    ASSERT_TRUE(test::waitUntil([&] { return !needsKey(ready.id); }));
    JobInput input;
    input.prompt = u"a circle"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job);
    EXPECT_EQ(m_harness.waitForEnd(job->id).status, JobStatus::Completed);
}

TEST_F(RequestKey, AnotherRequestWithTheSameKeyTakesItUpAgain)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady(withOwnKey);
    restart();
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    const Deployment second = m_harness.deployReady(withOwnKey);
    EXPECT_EQ(second.endpointId, ready.endpointId);
    EXPECT_TRUE(test::waitUntil([&] { return !needsKey(ready.id); }));
    EXPECT_EQ(m_practice.endpointCount(), 1);
}

TEST_F(RequestKey, AKeyOfAnotherAccountDoesNot)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady(withOwnKey);
    m_harness.stop();
    const PracticeProcess other; // another account: the endpoint is not in its list
    pointTo(other);
    m_harness.start();
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    ASSERT_TRUE(await(m_harness.engine().call(SetKey{KeyKind::Runpod, secret("rpa_practice_other"), true})));
    ASSERT_TRUE(test::waitUntil([&] { return !other.calls(u"GET"_s, u"/rest/v2/serverless"_s).isEmpty(); }));
    EXPECT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    EXPECT_TRUE(other.calls(u"DELETE"_s, u"/rest/v2"_s).isEmpty());
    EXPECT_TRUE(other.calls(u"PATCH"_s, u"/rest/v2"_s).isEmpty());
    EXPECT_EQ(m_practice.endpointCount(), 1);
}

TEST_F(RequestKey, WorkersThatNeverLeaveAreRefusedForIt)
{
    m_harness.start();
    const auto refused = m_harness.create([](CreateRequest& request) {
        withOwnKey(request);
        request.limits.workersMin = 1;
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_THAT(refused.error().detail, testing::HasSubstr("workers_min"));
    EXPECT_EQ(m_harness.create([](CreateRequest& request) { request.providerKey = secret(kKey); }).error().code,
        ErrorCode::InvalidRequest)
        << "practice has an account of its own, and is never given a real key";
    const Deployment ready = m_harness.deployReady(withOwnKey);
    Engine& engine = m_harness.engine();
    EXPECT_EQ(await(engine.call(ScaleDeployment{ready.id, {1, {}, {}}})).error().code, ErrorCode::InvalidRequest);
    EXPECT_EQ(await(engine.call(SetPool{ready.id, {PoolMode::AlwaysOn, {}, {}, {}}, 1e6})).error().code,
        ErrorCode::InvalidRequest);
    EXPECT_TRUE(await(engine.call(ScaleDeployment{ready.id, {{}, 2, {}}})));
}

TEST_F(RequestKey, StopEverythingStopsItsAccountTooAndSaysWhereItsKeyIsGone)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady(withOwnKey);
    const auto stopped = await(m_harness.engine().call(StopEverything{}));
    ASSERT_TRUE(stopped);
    EXPECT_TRUE(stopped->isDone());
    ASSERT_EQ(stopped->endpoints.size(), 1) << "read with the key that came with the request";
    EXPECT_EQ(m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1), 0);

    ASSERT_TRUE(await(m_harness.engine().call(ResumeDeployment{ready.id})));
    restart();
    ASSERT_TRUE(test::waitUntil([&] { return needsKey(ready.id); }));
    const auto unread = await(m_harness.engine().call(StopEverything{}));
    ASSERT_TRUE(unread);
    EXPECT_FALSE(unread->isDone());
    ASSERT_EQ(unread->unreachable.size(), 1);
    EXPECT_TRUE(unread->unreachable.constFirst().ofRequestKey);
    EXPECT_EQ(unread->unreachable.constFirst().why.code, ErrorCode::KeyNeeded);
    EXPECT_EQ(m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1), 1);
    EXPECT_TRUE(m_harness.create()) << "practice, another account, is stopped and takes new work";

    ASSERT_TRUE(await(m_harness.engine().call(SetKey{KeyKind::Runpod, secret(kKey), true})));
    EXPECT_TRUE(test::waitUntil([&] {
        return m_practice.state()["endpoints"_L1][0]["workers"_L1]["max"_L1].toInt(-1) == 0;
    })) << "the wish was kept";
}

TEST_F(RequestKey, ARevokedKeyHoldsUpItsOwnTargetOnly)
{
    m_harness.start();
    ASSERT_TRUE(await(m_harness.engine().call(SetKey{KeyKind::Runpod, secret(kKey), true})));
    const auto created = m_harness.create([](CreateRequest& request) { request.target = AccountId::runpod(); });
    ASSERT_TRUE(created);
    ASSERT_EQ(m_harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    m_practice.fault(u"*"_s, u"/rest/v2/serverless*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 401}, {u"count"_s, 0}, {u"body"_s, u"{}"_s}});
    const auto report = await(m_harness.engine().call(StopEverything{}), 90s);
    EXPECT_TRUE(m_harness.create()) << "practice is another target";
    m_practice.clearFaults();
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->isDone());
    EXPECT_TRUE(std::any_of(report->unreachable.cbegin(), report->unreachable.cend(), [](const auto& account) {
        return account.target == AccountId::runpod() && account.why.code == ErrorCode::KeyRejected;
    }));
}

} // namespace
} // namespace visgate
