// SPDX-License-Identifier: GPL-3.0-or-later
// The callback receiver over its real port: who may report, how much, how slowly; and that everything works without it.
#include "core/api/callback_receiver.h"
#include "core/foundation/http/client.h"
#include "core/operations/deployments.h"
#include "tests/support/engine_harness.h"
#include "tests/support/fixture.h"
#include "tests/unit/foundation/raw_client.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

class CallbackTest : public testing::Test {
protected:
    CallbackTest()
    {
        m_harness.start();
        listen();
    }

    /// The receiver goes before the engine that it reports to.
    void restart()
    {
        m_receiver.reset();
        m_harness.stop();
        m_harness.start();
        listen();
    }

    void listen()
    {
        http::ServerLimits limits;
        limits.headerTimeout = 300ms;
        auto receiver = CallbackReceiver::start(
            0, [this](CallbackReport report) { return m_harness.engine().acceptCallback(std::move(report)); }, limits);
        if (!receiver)
            throw std::runtime_error(receiver.error().detail);
        m_receiver = *std::move(receiver);
        QUrl base(u"http://127.0.0.1"_s);
        base.setPort(m_receiver->port());
        m_harness.engine().setCallbackAddress(CallbackAddress{base});
    }

    Deployment deployReady(const char* model)
    {
        return m_harness.deployReady([model](CreateRequest& request) {
            request.modelId = QString::fromLatin1(model);
            request.firstInput.reset();
        });
    }

    /// With a worker that never says a word by itself.
    Deployment createSilent(const std::function<void(CreateRequest&)>& change = {})
    {
        m_practice.condition(u"stuck_initializing"_s);
        const auto created = m_harness.create(change);
        if (!created)
            throw std::runtime_error(created.error().detail);
        EXPECT_TRUE(test::waitUntil(
            [&] { return m_practice.workerCount() == 1 && !m_harness.deployment(created->id).endpointId.isEmpty(); }));
        return m_harness.deployment(created->id);
    }

    /// The worker's own environment is the only place that has it.
    std::string secretOf(const Deployment& deployment) const
    {
        const QJsonArray endpoints = m_practice.state()["endpoints"_L1].toArray();
        for (const QJsonValue& endpoint : endpoints) {
            const QJsonValue env = endpoint["env"_L1];
            if (env["VISGATE_DEPLOYMENT_ID"_L1].toString().toStdString() == deployment.id.value())
                return env["VISGATE_INTERNAL_SECRET"_L1].toString().toStdString();
        }
        return {};
    }

    http::Response post(
        const std::string& route, const DeploymentId& id, const std::string& secret, const std::string& body)
    {
        http::Client client(http::Peer{.address = "127.0.0.1", .port = m_receiver->port(), .localSocket = {}});
        http::Request request{
            "POST", "/internal/" + route + '/' + id.value(), {{"Content-Type", "application/json"}}, body, {}};
        if (!secret.empty())
            request.headers.set("X-Visgate-Internal-Secret", secret);
        auto reply = client.send(request, 20s);
        EXPECT_TRUE(reply) << reply.error().detail;
        return reply.value_or(http::Response{});
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    std::unique_ptr<CallbackReceiver> m_receiver;
};

TEST_F(CallbackTest, OnlyTheDeploymentsOwnSecretOpens)
{
    const Deployment one = deployReady("stabilityai/sdxl-turbo");
    const Deployment other = deployReady("stabilityai/sd-turbo");
    const std::string secret = secretOf(one);
    const std::string otherSecret = secretOf(other);
    ASSERT_FALSE(secret.empty());
    ASSERT_NE(secret, otherSecret);
    const http::Response good = post("deployment-ready", one.id, secret, "");
    EXPECT_EQ(good.status, 200) << good.body;
    const QJsonObject answer = QJsonDocument::fromJson(QByteArray::fromStdString(good.body)).object();
    EXPECT_EQ(answer["deployment_id"_L1].toString().toStdString(), one.id.value());
    EXPECT_EQ(answer["status"_L1].toString(), u"ready"_s);
    EXPECT_FALSE(answer["webhook_delivered"_L1].toBool(true));

    const http::Response wrong = post("deployment-ready", one.id, std::string(64, '0'), "");
    EXPECT_EQ(wrong.status, 401);
    for (const char* route : {"deployment-ready", "events", "logs"}) {
        EXPECT_EQ(post(route, one.id, otherSecret, "[]").status, 401) << route << ", another deployment's secret";
        EXPECT_EQ(post(route, one.id, "", "[]").status, 401) << route << ", none";
        EXPECT_EQ(post(route, one.id, secret.substr(1), "[]").status, 401) << route << ", a part of it";
    }
    const http::Response unknown = post("deployment-ready", DeploymentId("dep_2026_00000000"), secret, "");
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(unknown.body, wrong.body) << "a stranger cannot tell whether the deployment exists";
    EXPECT_EQ(post("deployment-ready", one.id, secret, R"({"status":"deleted"})").status, 400);
    EXPECT_EQ(post("elsewhere", one.id, secret, "").status, 404);
}

TEST_F(CallbackTest, LinesAreStoredOnceHoweverOftenTheyCome)
{
    const Deployment one = deployReady("stabilityai/sdxl-turbo");
    const std::string secret = secretOf(one);
    const std::string batch
        = R"([{"seq":1,"worker":"w1","level":"WARNING","ts":"2026-11-21T01:02:03Z","message":"first"},
        {"seq":2,"worker":"w1","message":"second"}])";
    EXPECT_EQ(post("logs", one.id, secret, batch).status, 200);
    EXPECT_EQ(post("logs", one.id, secret, batch).status, 200) << "the reply was lost, the worker says it again";
    EXPECT_EQ(post("logs", one.id, secret, R"([{"seq":3,"worker":"w1","message":"second"}])").status, 200)
        << "another line with the same words";
    restart(); // nothing of this is kept in memory only
    EXPECT_EQ(post("logs", one.id, secret, batch).status, 200);
    const auto lines = test::await(m_harness.engine().call(ReadLogs{one.id, {}, 10'000}));
    ASSERT_TRUE(lines);
    QStringList reported;
    for (const LogLine& line : *lines) {
        if (line.source == "callback")
            reported.append(QString::fromStdString(line.text));
    }
    EXPECT_EQ(reported, (QStringList{u"first"_s, u"second"_s, u"second"_s}));
    for (const char* body : {"", "{}", "[1]", R"([{"message":"no number"}])", R"([{"seq":-1,"message":"x"}])"})
        EXPECT_EQ(post("logs", one.id, secret, body).status, 400) << body;
}

/// Three failures of its worker end a deployment; the same one reported five times is one.
TEST_F(CallbackTest, EventsCountOnceByTheirNumber)
{
    const Deployment created = createSilent([](CreateRequest& request) { request.limits.failureThreshold = 3; });
    const std::string secret = secretOf(created);
    const auto failure = [](int seq) {
        return R"([{"visgate":1,"ts":"2026-11-21T01:02:03Z","type":"failed","code":"E_START","message":"x","seq":)"
            + std::to_string(seq) + "}]";
    };
    const auto looks = [this] { return m_practice.calls(u"GET"_s, u"/workers"_s).size(); };
    for (const int seq : {1, 1, 1, 1, 1, 2, 2, 2, 2, 2})
        EXPECT_EQ(post("events", created.id, secret, failure(seq)).status, 200);
    const auto before = looks();
    ASSERT_TRUE(test::waitUntil([&] { return looks() > before + 2; })) << "it goes on looking";
    EXPECT_NE(m_harness.deployment(created.id).status, DeploymentStatus::Failed);
    EXPECT_EQ(post("events", created.id, secret, failure(3)).status, 200);
    const Deployment failed = m_harness.waitFor(created.id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::WorkerCrashLoop);
    EXPECT_EQ(post("events", created.id, secret, R"([{"no":"event"}])").status, 400);
}

/// The files that the worker is tested to write; and the reply tells what the report has changed.
TEST_F(CallbackTest, WhatTheWorkerWritesIsUnderstood)
{
    const Deployment created = createSilent();
    const std::string secret = secretOf(created);
    const http::Response batch = post("events", created.id, secret, test::fixture("events_batch.json"));
    EXPECT_EQ(batch.status, 200) << batch.body;
    const auto statusAfter = [&](const char* name) {
        const http::Response reply = post("deployment-ready", created.id, secret, test::fixture(name));
        EXPECT_EQ(reply.status, 200) << name << reply.body;
        return QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object().value("status"_L1).toString();
    };
    ASSERT_EQ(m_harness.waitFor(created.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready)
        << "its batch had said so";
    EXPECT_EQ(statusAfter("status_failed.json"), u"ready"_s);
    EXPECT_EQ(statusAfter("status_loading.json"), u"ready"_s);
}

TEST_F(CallbackTest, TheReplyTellsWhatTheReportHasChanged)
{
    const Deployment created = createSilent();
    const std::string secret = secretOf(created);
    for (const auto& [file, expected] :
        {std::pair("status_loading.json", u"loading_model"_s), std::pair("status_ready.json", u"ready"_s)}) {
        const http::Response reply = post("deployment-ready", created.id, secret, test::fixture(file));
        EXPECT_EQ(QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object().value("status"_L1).toString(),
            expected);
    }
}

/// What comes late takes nothing back.
TEST_F(CallbackTest, AReadyDeploymentStaysReady)
{
    const Deployment one = deployReady("stabilityai/sdxl-turbo");
    const std::string secret = secretOf(one);
    EXPECT_EQ(post("deployment-ready", one.id, secret, R"({"status":"loading_model"})").status, 200);
    EXPECT_EQ(
        post("events", one.id, secret, R"([{"visgate":1,"seq":900,"type":"load","phase":"weights"}])").status, 200);
    EXPECT_EQ(m_harness.deployment(one.id).status, DeploymentStatus::Ready);
}

TEST_F(CallbackTest, LongBodiesAndSlowHeadersAreCutOff)
{
    const Deployment one = deployReady("stabilityai/sdxl-turbo");
    const std::string secret = secretOf(one);
    EXPECT_EQ(post("logs", one.id, secret, std::string(2 * 1024 * 1024, ' ')).status, 413);
    test::RawClient slow(m_receiver->port());
    ASSERT_TRUE(slow.send("POST /internal/logs/" + one.id.value() + " HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    const std::string said = slow.readAll();
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("200"))) << "cut, or told 408";
    test::RawClient fat(m_receiver->port());
    ASSERT_TRUE(fat.send("POST /internal/logs/x HTTP/1.1\r\nHost: x\r\nX-Fat: " + std::string(20'000, 'x')));
    EXPECT_THAT(fat.readAll(), testing::HasSubstr(" 431 "));
    EXPECT_EQ(post("deployment-ready", one.id, secret, "").status, 200) << "the others are served meanwhile";
}

TEST(CallbackOff, TheWholeJourneyWorksAndNobodyIsToldOfAReceiver)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    const auto created = harness.create();
    ASSERT_TRUE(created);
    EXPECT_EQ(harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
    EXPECT_EQ(harness.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    const QJsonArray endpoints = practice.state()["endpoints"_L1].toArray();
    for (const QJsonValue& endpoint : endpoints)
        EXPECT_FALSE(endpoint["env"_L1].toObject().contains("VISGATE_WEBHOOK"_L1));
    CallbackReport report;
    report.deployment = created->id;
    report.secret = std::make_shared<const Secret>(std::string());
    EXPECT_EQ(test::await(harness.engine().acceptCallback(report)).error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace visgate
