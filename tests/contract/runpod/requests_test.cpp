// SPDX-License-Identifier: GPL-3.0-or-later
// What the provider sends: method, address and body of every call; bodies against the provider's own document.
#include "core/providers/runpod/runpod_provider.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QJsonDocument>
#include <QProcess>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using test::await;
using test::reply;
using test::ScriptedServer;
using namespace std::chrono_literals;

constexpr const char* kKey = "rpa_contract_key_123456";
constexpr const char* kEndpointReply = R"({"id":"e1","name":"visgate-x","workers":{"min":0,"max":1,"idleTimeout":5}})";

class RunpodRequests : public testing::Test {
protected:
    RunpodRequests() : m_server([this](http::Exchange& exchange) { exchange.respond(m_answer); })
    {
        RunpodSettings settings;
        settings.rest = m_server.url(QStringLiteral("/rest/v2"));
        settings.queue = m_server.url(QStringLiteral("/queue/v2"));
        settings.create.minCudaVersion = QStringLiteral("12.4");
        m_provider = std::make_unique<RunpodProvider>(settings, std::make_shared<const Secret>(kKey));
    }

    void answer(int status, std::string body) { m_answer = reply(status, std::move(body)); }
    [[nodiscard]] http::Request last() const { return m_server.requests().back(); }
    [[nodiscard]] std::string line() const { return last().method + " " + last().target; }
    [[nodiscard]] QJsonObject body() const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(last().body)).object();
    }

    http::Response m_answer = reply(200, "{}");
    ScriptedServer m_server;
    std::unique_ptr<RunpodProvider> m_provider;
};

EndpointSpec spec()
{
    EndpointSpec out;
    out.name = QStringLiteral("visgate-0123456789-stabilityai--sdxl-turbo-deadbeef");
    out.image = QStringLiteral("registry.example/visgate/worker@sha256:abc");
    out.gpuPools = {QStringLiteral("AMPERE_16"), QStringLiteral("AMPERE_24")};
    out.excludedGpuTypes = {QStringLiteral("NVIDIA L4")};
    out.dataCenters = {QStringLiteral("EU-RO-1")};
    out.diskGb = 30;
    out.limits.initTimeout = 900s;
    out.env = {{QStringLiteral("HF_MODEL_ID"), QStringLiteral("stabilityai/sdxl-turbo")}};
    out.secretEnv = {{QStringLiteral("HF_TOKEN"), QStringLiteral("hf_value_of_the_user")}};
    return out;
}

/// Empty: valid. Skips the running test where the document is not at hand.
std::string problemsOf(const char* schema, const std::string& body, bool& skipped)
{
    QProcess judge;
    judge.start(QStringLiteral("/usr/bin/python3"),
        {QStringLiteral(VISGATE_SOURCE_DIR "/tests/contract/runpod/validate_body.py"), QString::fromLatin1(schema)});
    judge.write(QByteArray::fromStdString(body));
    judge.closeWriteChannel();
    if (!judge.waitForFinished(600'000))
        return "the judge did not answer";
    const std::string said = judge.readAllStandardOutput().trimmed().toStdString();
    skipped = judge.exitCode() == 77;
    return judge.exitCode() == 0 ? "" : said + judge.readAllStandardError().toStdString();
}

TEST_F(RunpodRequests, CreateSendsEverythingThatLimitsMoney)
{
    answer(201, kEndpointReply);
    const auto created = await(m_provider->createEndpoint(spec()));
    ASSERT_TRUE(created.has_value()) << created.error().detail;
    EXPECT_EQ(line(), "POST /rest/v2/serverless");
    EXPECT_EQ(last().headers.get("authorization"), std::string("Bearer ") + kKey);
    const QJsonObject sent = body();
    EXPECT_EQ(sent[QLatin1String("type")].toString(), QStringLiteral("QUEUE"));
    EXPECT_EQ(sent[QLatin1String("timeout")].toInt(), 600'000);
    EXPECT_EQ(sent[QLatin1String("flashboot")].toString(), QStringLiteral("FLASHBOOT"));
    EXPECT_EQ(sent[QLatin1String("workers")].toObject(),
        (QJsonObject{{QStringLiteral("min"), 0}, {QStringLiteral("max"), 1}, {QStringLiteral("idleTimeout"), 5}}));
    EXPECT_EQ(sent[QLatin1String("scaling")].toObject(),
        (QJsonObject{{QStringLiteral("type"), QStringLiteral("QUEUE_DELAY")}, {QStringLiteral("queueDelay"), 4}}));
    const QJsonObject gpu = sent[QLatin1String("gpu")].toObject();
    EXPECT_EQ(gpu[QLatin1String("count")].toInt(), 1);
    EXPECT_EQ(gpu[QLatin1String("minCudaVersion")].toString(), QStringLiteral("12.4"));
    EXPECT_EQ(gpu[QLatin1String("excludedTypes")][0].toString(), QStringLiteral("NVIDIA L4"));
    const QJsonObject env = sent[QLatin1String("env")].toObject();
    EXPECT_EQ(env[QLatin1String("RUNPOD_INIT_TIMEOUT")].toString(), QStringLiteral("900"));
    EXPECT_EQ(env[QLatin1String("HF_TOKEN")].toString(), QStringLiteral("hf_value_of_the_user"));
    EXPECT_EQ(last().body.find(kKey), std::string::npos);
}

TEST_F(RunpodRequests, BodiesSatisfyTheProvidersDocument)
{
    answer(201, kEndpointReply);
    bool skipped = false;
    EndpointSpec plain = spec();
    plain.excludedGpuTypes.clear();
    plain.dataCenters.clear();
    plain.env.clear();
    for (const EndpointSpec& one : {spec(), plain}) {
        ASSERT_TRUE(await(m_provider->createEndpoint(one)).has_value());
        const std::string problems = problemsOf("CreateEndpointRequest", last().body, skipped);
        if (skipped)
            GTEST_SKIP() << "the provider's OpenAPI document is not on this computer: " << problems;
        EXPECT_EQ(problems, "");
    }
    ASSERT_TRUE(await(m_provider->scale(EndpointId("e1"), 0, 2, 30s)).has_value());
    EXPECT_EQ(problemsOf("UpdateEndpointRequest", last().body, skipped), "");
    // The judge does judge.
    EXPECT_NE(problemsOf("CreateEndpointRequest", R"({"name":"x"})", skipped), "");
    EXPECT_NE(problemsOf("UpdateEndpointRequest", R"({"type":"QUEUE"})", skipped), "");
}

TEST_F(RunpodRequests, TheProviderKeyNeverBecomesPartOfAnEndpoint)
{
    EndpointSpec leaking = spec();
    leaking.env.insert(QStringLiteral("ANY"), QStringLiteral("prefix-%1").arg(QString::fromLatin1(kKey)));
    const auto refused = await(m_provider->createEndpoint(leaking));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_TRUE(m_server.requests().empty());
}

TEST_F(RunpodRequests, RefusalsNeverRepeatASecret)
{
    answer(422, std::string(R"({"detail":"env.HF_TOKEN 'hf_value_of_the_user' is odd, key )") + kKey + " too\"}");
    const auto refused = await(m_provider->createEndpoint(spec()));
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().detail.find("is odd"), std::string::npos) << refused.error().detail;
    EXPECT_EQ(refused.error().detail.find("hf_value_of_the_user"), std::string::npos) << refused.error().detail;
    EXPECT_EQ(refused.error().detail.find(kKey), std::string::npos) << refused.error().detail;
}

TEST_F(RunpodRequests, EachCallHasItsAddress)
{
    const EndpointId id("e/1 ?"); // whatever an id is made of, it stays one segment
    const ProviderJobId job("sync-1-u1");
    answer(200, R"({"endpoints":[]})");
    (void)await(m_provider->validateKey());
    EXPECT_EQ(line(), "GET /rest/v2/serverless");
    (void)await(m_provider->listEndpoints());
    EXPECT_EQ(line(), "GET /rest/v2/serverless");
    (void)await(m_provider->endpoint(id));
    EXPECT_EQ(line(), "GET /rest/v2/serverless/e%2F1%20%3F");
    (void)await(m_provider->offers());
    EXPECT_EQ(line(), "GET /rest/v2/catalog/gpus?include=AVAILABILITY&product=SERVERLESS");
    (void)await(m_provider->scale(id, 1, 2, 7s));
    EXPECT_EQ(line(), "PATCH /rest/v2/serverless/e%2F1%20%3F");
    EXPECT_EQ(last().body, R"({"workers":{"idleTimeout":7,"max":2,"min":1}})");
    (void)await(m_provider->workers(id));
    EXPECT_EQ(line(), "GET /rest/v2/serverless/e%2F1%20%3F/workers");
    (void)await(m_provider->releases()->listReleases(id));
    EXPECT_EQ(line(), "GET /rest/v2/serverless/e%2F1%20%3F/releases");
    TimePoint from;
    TimePoint to;
    ASSERT_TRUE(parseUtc("2026-08-01T00:00:00Z", from) && parseUtc("2026-08-02T00:00:00Z", to));
    (void)await(m_provider->billing()->readBills(from, to));
    EXPECT_EQ(last().path(), "/rest/v2/billing/serverless");
    EXPECT_EQ(last().query("startTime").substr(0, 19), "2026-08-01T00:00:00");
    EXPECT_EQ(last().query("bucketSize"), "hour");
    (void)await(m_provider->billing()->readBills(from, to + std::chrono::hours(24 * 30)));
    EXPECT_EQ(last().query("bucketSize"), "day");

    (void)await(m_provider->submitJob(id, {{QStringLiteral("prompt"), QStringLiteral("x")}}, 90s));
    EXPECT_EQ(line(), "POST /queue/v2/e%2F1%20%3F/run");
    EXPECT_EQ(last().body, R"({"input":{"prompt":"x"},"policy":{"executionTimeout":90000,"ttl":2580000}})");
    (void)await(m_provider->job(id, job));
    EXPECT_EQ(line(), "GET /queue/v2/e%2F1%20%3F/status/sync-1-u1");
    (void)await(m_provider->cancelJob(id, job));
    EXPECT_EQ(line(), "POST /queue/v2/e%2F1%20%3F/cancel/sync-1-u1");
    (void)await(m_provider->retryJob(id, job));
    EXPECT_EQ(line(), "POST /queue/v2/e%2F1%20%3F/retry/sync-1-u1");
    (void)await(m_provider->purgeQueue(id));
    EXPECT_EQ(line(), "POST /queue/v2/e%2F1%20%3F/purge-queue");
    (void)await(m_provider->health(id));
    EXPECT_EQ(line(), "GET /queue/v2/e%2F1%20%3F/health");
    (void)await(m_provider->deleteEndpoint(id));
    EXPECT_EQ(line(), "DELETE /rest/v2/serverless/e%2F1%20%3F");
    for (const http::Request& seen : m_server.requests())
        EXPECT_EQ(seen.headers.get("authorization"), std::string("Bearer ") + kKey);
}

TEST_F(RunpodRequests, ExecutionLimitsStayWithinWhatTheQueueTakes)
{
    answer(200, R"({"id":"j","status":"IN_QUEUE"})");
    for (const auto& [asked, sent] : {std::pair{1s, 5'000.0}, std::pair{600s, 600'000.0},
             std::pair{std::chrono::seconds(10'000'000), 604'800'000.0}}) {
        ASSERT_TRUE(await(m_provider->submitJob(EndpointId("e"), {{QStringLiteral("a"), 1}}, asked)).has_value());
        EXPECT_EQ(body()[QLatin1String("policy")][QLatin1String("executionTimeout")].toDouble(), sent);
    }
}

TEST_F(RunpodRequests, AnInputBeyondTheQueuesLimitIsRefusedHere)
{
    const QJsonObject input{{QStringLiteral("image"), QString(10'000'001, QLatin1Char('x'))}};
    const auto refused = await(m_provider->submitJob(EndpointId("e"), input, 60s));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidRequest);
    EXPECT_TRUE(m_server.requests().empty());
}

TEST_F(RunpodRequests, MayCreateIsAskedWithABodyThatCannot)
{
    answer(422, R"({"detail":"Request validation failed.","errors":["$: missing property 'name'"]})");
    EXPECT_TRUE(await(m_provider->checkMayCreate()).has_value());
    EXPECT_EQ(line(), "POST /rest/v2/serverless");
    EXPECT_EQ(last().body, "{}");
    answer(403, R"({"detail":"access denied"})");
    EXPECT_EQ(await(m_provider->checkMayCreate()).error().code, ErrorCode::KeyLacksPermission);
    answer(401, R"({"detail":"missing bearer token"})");
    EXPECT_EQ(await(m_provider->checkMayCreate()).error().code, ErrorCode::KeyRejected);
    answer(201, kEndpointReply);
    EXPECT_EQ(await(m_provider->checkMayCreate()).error().code, ErrorCode::UnexpectedReply);
}

TEST_F(RunpodRequests, DeleteNeedsNoBodyAndAGoneEndpointIsDeleted)
{
    answer(204, "");
    EXPECT_TRUE(await(m_provider->deleteEndpoint(EndpointId("e"))).has_value());
    answer(404, R"({"detail":"resource not found"})");
    EXPECT_TRUE(await(m_provider->deleteEndpoint(EndpointId("e"))).has_value());
    answer(403, R"({"detail":"access denied"})");
    EXPECT_EQ(await(m_provider->deleteEndpoint(EndpointId("e"))).error().code, ErrorCode::KeyLacksPermission);
}

TEST_F(RunpodRequests, NotFoundMeansWhatTheCallAskedFor)
{
    answer(404, R"({"detail":"resource not found"})");
    const EndpointId id("e");
    EXPECT_EQ(await(m_provider->endpoint(id)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(m_provider->workers(id)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(m_provider->scale(id, 0, 0, 5s)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(
        await(m_provider->submitJob(id, {{QStringLiteral("a"), 1}}, 60s)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(m_provider->job(id, ProviderJobId("j"))).error().code, ErrorCode::ResultExpired);
    EXPECT_EQ(await(m_provider->retryJob(id, ProviderJobId("j"))).error().code, ErrorCode::ResultExpired);
}

TEST_F(RunpodRequests, ABrokenReplyKeepsStatusAndRequestId)
{
    m_answer = reply(200, R"({"endpoints":[{"id":"e"}]})", {{"x-request-id", "req-7"}});
    const auto list = await(m_provider->listEndpoints());
    ASSERT_FALSE(list.has_value());
    EXPECT_EQ(list.error().code, ErrorCode::UnexpectedReply);
    EXPECT_EQ(list.error().providerStatus, 200);
    EXPECT_EQ(list.error().requestId, "req-7");
}

TEST_F(RunpodRequests, DestroyingTheProviderEndsItsCalls)
{
    ScriptedServer silent([](http::Exchange&) {});
    RunpodSettings settings;
    settings.rest = silent.url();
    auto provider = std::make_unique<RunpodProvider>(settings, std::make_shared<const Secret>(kKey));
    auto creating = provider->createEndpoint(spec());
    auto deleting = provider->deleteEndpoint(EndpointId("e"));
    ASSERT_TRUE(test::becomesTrue([&silent] { return silent.requests().size() == 2; }));
    provider.reset();
    EXPECT_EQ(await(std::move(creating)).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(await(std::move(deleting)).error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace visgate
