// SPDX-License-Identifier: GPL-3.0-or-later
// The private socket as its two sides meet it: the API's routes answer, RemoteService asks.
#include "core/api/api_server.h"
#include "core/foundation/http/client.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "core/operations/money.h"
#include "core/service/remote_service.h"
#include "tests/support/await.h"
#include "tests/unit/service/fake_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::await;
using test::FakeService;
using test::FakeWorld;

class RemoteServiceTest : public testing::Test {
protected:
    RemoteServiceTest()
    {
        m_world.deployment.id = DeploymentId("dep_2026_0123abcd");
        m_world.deployment.modelId = u"org/model"_s;
        m_world.job.id = JobId("job_20260102_0123abcd");
        m_world.job.deployment = m_world.deployment.id;
        LogLine line;
        line.number = LineNo(1);
        line.text = "hello";
        m_world.lines = {line};
        auto server = ApiServer::start(m_socket, [this] {
            auto service = std::make_unique<FakeService>(m_world);
            m_served = service.get();
            return service;
        });
        EXPECT_TRUE(server) << server.error().detail;
        m_server = *std::move(server);
    }

    http::Response send(const char* method, const std::string& target, const std::string& body = {},
        const std::string& type = "application/json")
    {
        http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket.toStdString()});
        http::Request request{method, target, {}, body, {}};
        if (!body.empty())
            request.headers.set("Content-Type", type);
        auto response = client.send(request, 10s);
        EXPECT_TRUE(response) << response.error().detail;
        return response.value_or(http::Response{});
    }

    static QJsonObject json(const http::Response& response)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
    }

    QTemporaryDir m_folder;
    QString m_socket = m_folder.filePath(u"owner.sock"_s);
    FakeWorld m_world;
    FakeService* m_served = nullptr;
    std::unique_ptr<ApiServer> m_server;
};

TEST_F(RemoteServiceTest, CallsReachTheServiceAndAnswersComeBack)
{
    RemoteService remote(m_socket);
    CreateRequest create;
    create.modelId = u"org/model"_s;
    create.target = AccountId::practice();
    create.practiceSpeed = 60.0;
    create.firstInput = JobInput{};
    create.firstInput->prompt = u"kırmızı"_s;
    create.firstInput->seed = 5;
    create.limits.idleTimeout = 9s;
    const auto created = await(remote.call(CreateDeployment{create}));
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_EQ(created->id, m_world.deployment.id);
    ASSERT_TRUE(m_world.created);
    EXPECT_EQ(m_world.created->modelId, create.modelId);
    EXPECT_EQ(m_world.created->target, create.target);
    EXPECT_EQ(m_world.created->practiceSpeed, create.practiceSpeed);
    EXPECT_EQ(m_world.created->firstInput, create.firstInput);
    EXPECT_EQ(m_world.created->limits, create.limits);

    const auto page = await(remote.call(ListDeployments{5, {}}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total, 7);
    EXPECT_EQ(page->nextCursor, u"next"_s);
    EXPECT_EQ(page->deployments.size(), 1);
    const auto lines = await(remote.call(ReadLogs{m_world.deployment.id, {}, 10}));
    ASSERT_TRUE(lines);
    EXPECT_EQ(lines->constFirst().text, "hello");
    const auto key
        = await(remote.call(SetKey{KeyKind::Runpod, std::make_shared<const Secret>(std::string("rpa_x")), true}));
    ASSERT_TRUE(key);
    EXPECT_TRUE(key->sessionOnly);
    EXPECT_EQ(m_world.key, "rpa_x");
    EXPECT_EQ(await(remote.call(GetWorkerImage{})).value_or(WorkerImage()).own, u"image@sha256:1"_s);
    EXPECT_EQ(await(remote.call(ListJobs{{}}))->constFirst().id, m_world.job.id);
    EXPECT_TRUE(await(remote.call(DeleteDeployment{m_world.deployment.id})));
    EXPECT_TRUE(m_world.deleted);
    EXPECT_EQ(await(remote.call(GetHealth{}))->secretBackend, u"fake"_s);
}

TEST_F(RemoteServiceTest, MoneyIsToldAndLimitedFromAfar)
{
    RemoteService remote(m_socket);
    SpendQuery query;
    query.target = AccountId::practice();
    query.from = TimePoint(std::chrono::hours(480'000));
    query.to = query.from + std::chrono::hours(24);
    const auto report = await(remote.call(GetSpend{query}));
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->summary.target, AccountId::practice());
    EXPECT_EQ(report->volumes, (VolumeSpend{3, 1, 4.2}));
    EXPECT_EQ(report->summary.from, query.from);
    EXPECT_EQ(report->summary.causes, (QList<CostShare>{{CostCause::Picture, 12.0, 0.01}}));
    const SpendLimit limit{LimitScope::Month, {}, 20.0, 30.0};
    ASSERT_TRUE(await(remote.call(SetSpendLimit{limit})));
    EXPECT_EQ(await(remote.call(ListSpendLimits{})).value(), QList<SpendLimit>{limit});
    const auto states = await(remote.call(ListLimitStates{}));
    ASSERT_TRUE(states);
    EXPECT_EQ(states->constFirst().level, LimitLevel::Tell);
    const auto stopped = await(remote.call(StopEverything{}));
    ASSERT_TRUE(stopped);
    EXPECT_FALSE(stopped->isDone());
    ASSERT_EQ(stopped->unreachable.size(), 1);
    EXPECT_EQ(stopped->unreachable.constFirst(),
        (StopReport::Unreached{AccountId::runpod(), true, Error{ErrorCode::KeyNeeded, {}, 0, {}, {}}}));
    EXPECT_EQ(await(remote.call(UnlockKeychain{})).error().code, ErrorCode::KeychainLocked);
}

TEST_F(RemoteServiceTest, EndpointsOfTheAccountComeOverWhoeverMadeThem)
{
    AccountEndpoint endpoint;
    endpoint.target = AccountId::runpod();
    endpoint.id = EndpointId("e1");
    endpoint.name = u"visgate-0123456789-org--model-deadbeef"_s;
    endpoint.owner = EndpointOwner::OtherApp;
    endpoint.modelId = u"org/model"_s;
    endpoint.deployments = {m_world.deployment.id};
    endpoint.gpuPools = {u"ADA_24"_s};
    endpoint.workersMax = 3;
    m_world.endpoints = {endpoint};
    RemoteService remote(m_socket);
    bool announced = false;
    QObject::connect(&remote, &DeploymentService::endpointsChanged, &remote, [&] { announced = true; });
    bool connected = false;
    QObject::connect(
        &remote, &DeploymentService::deploymentChanged, &remote, [&](const Deployment&) { connected = true; });
    EXPECT_TRUE(await(remote.call(ListEndpoints{false}))->isEmpty());
    const auto found = await(remote.call(ListEndpoints{true}));
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, m_world.endpoints);
    EXPECT_TRUE(await(remote.call(WatchWorkers{m_world.deployment.id})));
    EXPECT_EQ(m_world.watched, m_world.deployment.id);
    ASSERT_TRUE(test::waitUntil([&] { return connected; }));
    QMetaObject::invokeMethod(m_served, [this] { Q_EMIT m_served->endpointsChanged(); });
    EXPECT_TRUE(test::waitUntil([&] { return announced; }));
}

TEST_F(RemoteServiceTest, LimitsKeepingAndReleasesCrossTheWire)
{
    RemoteService remote(m_socket);
    m_world.deployment.deleteAt = TimePoint(std::chrono::hours(24));
    m_world.deployment.pool = {PoolMode::ScheduledWarm, {{0x1f, 540, 1020}}, u"Europe/Istanbul"_s, {}};
    m_world.history = {2, true,
        {{u"r2"_s, 2, u"MANUAL"_s, TimePoint(std::chrono::hours(1)), 1,
             {{u"image"_s, u"a"_s, u"b"_s}, {u"env.X"_s, QString(), u"1"_s}}},
            {u"r1"_s, 1, {}, {}, 0, {}}}};
    const ScaleRequest scale{std::nullopt, 3, 60s, 12.5};
    const auto scaled = await(remote.call(ScaleDeployment{m_world.deployment.id, scale}));
    ASSERT_TRUE(scaled) << scaled.error().detail;
    EXPECT_EQ(m_world.scaled, scale);
    EXPECT_EQ(scaled->deleteAt, m_world.deployment.deleteAt);
    EXPECT_EQ(scaled->pool, m_world.deployment.pool);
    EXPECT_TRUE(await(remote.call(KeepDeployment{m_world.deployment.id, kKeepTime})));
    EXPECT_EQ(m_world.kept, kKeepTime);
    EXPECT_EQ(await(remote.call(RestoreDeployment{m_world.deployment.id})).error().code, ErrorCode::Conflict);
    EXPECT_EQ(await(remote.call(ListReleases{m_world.deployment.id})).value_or(ReleaseHistory()), m_world.history);
    EXPECT_EQ(await(remote.call(RollBack{m_world.deployment.id, 1})).value_or(ReleaseHistory()), m_world.history);
    EXPECT_EQ(await(remote.call(RollBack{m_world.deployment.id, 9})).error().code, ErrorCode::NotFound);

    const std::string path = "/v1/deployments/" + m_world.deployment.id.value();
    EXPECT_EQ(send("DELETE", path + "?keep=90m").status, 204);
    EXPECT_EQ(m_world.kept, 90min);
    EXPECT_EQ(send("DELETE", path + "?keep=forever").status, 400);
    EXPECT_EQ(send("POST", path + "/scale", "{}").status, 400);
    EXPECT_EQ(send("POST", path + "/scale", R"({"accepted_usd_per_month":9})").status, 400);
    EXPECT_EQ(send("POST", path + "/scale", R"({"workers_max":0})").status, 400);
    EXPECT_EQ(send("POST", path + "/rollback", R"({"release":"1"})").status, 400);
    const QJsonObject diff = json(send("GET", path + "/releases?from=1&to=2"))["diff"_L1].toObject();
    EXPECT_EQ(diff["words"_L1].toArray().size(), 2);
}

TEST_F(RemoteServiceTest, PoolPoliciesAndTheirPriceCrossTheWire)
{
    RemoteService remote(m_socket);
    m_world.price = {1.0, 730.5, 0.25, 174.0, 22.0, 1044.0, 0.5};
    PoolPolicy policy{PoolMode::ScheduledWarm, {{0x1f, 540, 1020}, {0x60, 1320, 120}}, u"Europe/Berlin"_s, {}};
    policy.keepUntil = TimePoint(std::chrono::hours(1'000'000));
    const auto price = await(remote.call(GetWarmPrice{m_world.deployment.id, policy}));
    ASSERT_TRUE(price) << price.error().detail;
    EXPECT_EQ(*price, m_world.price);
    EXPECT_EQ(m_world.pool, policy);
    EXPECT_TRUE(await(remote.call(SetPool{m_world.deployment.id, policy, std::nullopt})));
    const auto refused = await(remote.call(SetPool{m_world.deployment.id, {PoolMode::AlwaysOn, {}, {}, {}}, 10.0}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::ConfirmationNeeded);
    EXPECT_EQ(refused.error().arguments, std::vector<std::string>{"730.50"});
    EXPECT_TRUE(await(remote.call(SetPool{m_world.deployment.id, {PoolMode::AlwaysOn, {}, {}, {}}, 730.5})));
    const std::string path = "/v1/deployments/" + m_world.deployment.id.value() + "/pool";
    EXPECT_EQ(send("PUT", path, R"({"mode":"sometimes"})").status, 400);
    EXPECT_EQ(send("PUT", path, R"({"mode":"scheduled_warm","windows":["mon 9-17"],"zone":"UTC"})").status, 400);
    EXPECT_EQ(
        send("PUT", path, R"({"mode":"scheduled_warm","windows":["mon 09:00-17:00"],"zone":"Nowhere"})").status, 400);

    CreateRequest create;
    create.modelId = u"org/model"_s;
    create.pool = policy;
    create.providerKey = std::make_shared<const Secret>(std::string("rpa_request"));
    create.hubToken = std::make_shared<const Secret>(std::string("hf_request"));
    ASSERT_TRUE(await(remote.call(CreateDeployment{create})));
    EXPECT_EQ(m_world.created->pool, policy);
    EXPECT_TRUE(m_world.created->providerKey && m_world.created->providerKey->equals("rpa_request"));
    EXPECT_TRUE(m_world.created->hubToken && m_world.created->hubToken->equals("hf_request"));
}

TEST_F(RemoteServiceTest, ErrorsAreTheServicesOwn)
{
    RemoteService remote(m_socket);
    EXPECT_EQ(await(remote.call(GetDeployment{DeploymentId("dep_2026_ffffffff")})).error().code, ErrorCode::NotFound);
    EXPECT_EQ(await(remote.call(GetJob{JobId("job_20260102_ffffffff")})).error().code, ErrorCode::NotFound);
    EXPECT_EQ(await(remote.call(PauseDeployment{m_world.deployment.id})).error().code, ErrorCode::Conflict);
    EXPECT_EQ(await(remote.call(ListGpuOffers{AccountId::runpod()})).error().code, ErrorCode::KeyMissing);
    EXPECT_EQ(
        await(remote.call(SearchModels{AccountId::runpod(), u"a b&c"_s})).error().code, ErrorCode::NetworkUnreachable);
    EXPECT_EQ(await(remote.call(CheckKey{KeyKind::Runpod})).error().code, ErrorCode::KeyRejected);
}

TEST_F(RemoteServiceTest, ChangesArriveAsSignals)
{
    RemoteService remote(m_socket);
    QList<Deployment> deployments;
    QList<Job> jobs;
    QList<LogLine> lines;
    QObject::connect(&remote, &DeploymentService::deploymentChanged, &remote,
        [&](const Deployment& deployment) { deployments.append(deployment); });
    QObject::connect(&remote, &DeploymentService::jobChanged, &remote, [&](const Job& job) { jobs.append(job); });
    QObject::connect(&remote, &DeploymentService::logAppended, &remote,
        [&](const DeploymentId&, const QList<LogLine>& batch) { lines += batch; });
    ASSERT_TRUE(test::waitUntil([&] { return !deployments.isEmpty(); })) << "the present state comes at once";
    Deployment changed = m_world.deployment;
    changed.status = DeploymentStatus::Ready;
    QMetaObject::invokeMethod(m_served, [this, changed] {
        Q_EMIT m_served->deploymentChanged(changed);
        Q_EMIT m_served->jobChanged(m_world.job);
        Q_EMIT m_served->logAppended(changed.id, m_world.lines);
    });
    QList<LimitState> passed;
    QObject::connect(
        &remote, &DeploymentService::limitPassed, &remote, [&](const LimitState& state) { passed.append(state); });
    const LimitState state{{LimitScope::Day, {}, 1.0, 2.0}, AccountId::runpod(), 2.5, LimitLevel::Stop};
    QMetaObject::invokeMethod(m_served, [this, state] { Q_EMIT m_served->limitPassed(state); });
    ASSERT_TRUE(test::waitUntil([&] { return !lines.isEmpty() && !passed.isEmpty(); }));
    EXPECT_EQ(passed.constFirst(), state);
    EXPECT_EQ(deployments.constLast().status, DeploymentStatus::Ready);
    EXPECT_EQ(jobs.constLast().id, m_world.job.id);
    EXPECT_EQ(lines.constFirst().text, "hello");
}

TEST_F(RemoteServiceTest, AnOwnerThatLeavesIsNoticedAndNoCallHangs)
{
    RemoteService remote(m_socket);
    QList<bool> connections;
    QObject::connect(&remote, &DeploymentService::connectionChanged, &remote,
        [&](bool connected) { connections.append(connected); });
    ASSERT_TRUE(test::waitUntil([&] { return connections == QList<bool>{true}; }));
    m_server.reset();
    ASSERT_TRUE(test::waitUntil([&] { return connections == QList<bool>{true, false}; }));
    EXPECT_EQ(await(remote.call(ListKeys{})).error().code, ErrorCode::OwnerUnavailable);
}

TEST_F(RemoteServiceTest, DestroyingTheServiceEndsItsCallsWithCancelled)
{
    auto remote = std::make_unique<RemoteService>(m_folder.filePath(u"nobody.sock"_s));
    const auto future = remote->call(ListKeys{});
    remote.reset();
    ASSERT_TRUE(future.isFinished());
    EXPECT_EQ(future.result().error().code, ErrorCode::Cancelled);
}

TEST_F(RemoteServiceTest, WhatIsWrongWithARequestIsSaidInOneShape)
{
    EXPECT_EQ(send("GET", "/health").status, 200);
    EXPECT_EQ(send("GET", "/readiness").status, 200);
    const auto unknown = send("GET", "/v1/nothing");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_TRUE(json(unknown).contains("error"_L1) && json(unknown).contains("message"_L1)
        && json(unknown).contains("details"_L1));
    const auto method = send("PUT", "/v1/deployments");
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.headers.get("Allow"), "POST, GET");
    const auto missing = send("GET", "/v1/deployments/dep_2026_ffffffff");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(json(missing).value("message"_L1).toString(), u"Deployment not found: dep_2026_ffffffff"_s);
    EXPECT_EQ(send("POST", "/v1/deployments", "{").status, 400);
    EXPECT_EQ(send("POST", "/v1/deployments", "hello", "text/plain").status, 415);
    EXPECT_EQ(send("POST", "/v1/deployments", std::string(2 * 1024 * 1024, ' ')).status, 413);
    const auto bad = send("POST", "/v1/deployments",
        R"({"hf_model_id":"a/b","model_name":"c","colour":"red","limits":{"idle_timeout_seconds":"x"}})");
    EXPECT_EQ(bad.status, 400);
    const QJsonArray fields = json(bad).value("details"_L1).toObject().value("fields"_L1).toArray();
    for (const char* field : {"hf_model_id", "colour", "limits.idle_timeout_seconds"})
        EXPECT_TRUE(fields.contains(QJsonValue(QLatin1String(field)))) << field << " in " << bad.body;
    const auto accepted = send("POST", "/v1/deployments", R"({"hf_model_id":"a/b"})");
    EXPECT_EQ(accepted.status, 202);
    EXPECT_EQ(json(accepted).value("stream_url"_L1).toString(), u"/v1/deployments/dep_2026_0123abcd/stream"_s);
}

} // namespace
} // namespace visgate
