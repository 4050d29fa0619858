// SPDX-License-Identifier: GPL-3.0-or-later
// Reply shapes seen or documented, and shapes nobody has seen yet: what must be read is read, nothing else hurts.
#include "core/providers/queue/queue_json.h"
#include "core/providers/runpod/runpod_json.h"
#include "core/providers/runpod/runpod_releases.h"

#include <gtest/gtest.h>
#include <random>

namespace visgate::runpod {
namespace {

using namespace std::chrono_literals;
using queue::readHealth;
using queue::readJob;
using queue::readSubmitted;

const QString kQueue = QStringLiteral("https://queue.test/v2");

constexpr const char* kEndpoint = R"({
  "id": "4m7x2k9q", "name": "image-generator", "type": "QUEUE", "unheardOf": {"a": [1, 2]},
  "requestUrls": {"run": "https://api.runpod.ai/v2/4m7x2k9q/run", "status": "https://api.runpod.ai/v2/4m7x2k9q/status/{job_id}"},
  "image": "visgate/worker:1", "args": "", "disk": 20, "ports": ["8000/http"], "registry": null,
  "env": {"HF_MODEL_ID": "stabilityai/sdxl-turbo", "HF_TOKEN": "hf_secret_1", "VISGATE_INTERNAL_SECRET": "s", "API_KEY": "k"},
  "gpu": {"pools": ["ADA_24", "AMPERE_24"], "count": 1, "allowedCudaVersions": [], "minCudaVersion": null},
  "workers": {"min": 0, "max": 5, "idleTimeout": 5}, "scaling": {"type": "QUEUE_DELAY", "queueDelay": 4},
  "dataCenterIds": ["US-KS-2"], "networkVolumes": [], "timeout": 300000, "flashboot": "OFF", "createdAt": "2026-06-01T12:00:00Z"})";

TEST(RunpodShapes, AnEndpointOfTheDocument)
{
    const auto endpoint = readEndpoint(kEndpoint, kQueue);
    ASSERT_TRUE(endpoint.has_value()) << endpoint.error().detail;
    EXPECT_EQ(endpoint->id, EndpointId("4m7x2k9q"));
    EXPECT_EQ(endpoint->url, QStringLiteral("https://api.runpod.ai/v2/4m7x2k9q"));
    EXPECT_EQ(endpoint->gpuPools, (QStringList{QStringLiteral("ADA_24"), QStringLiteral("AMPERE_24")}));
    EXPECT_EQ(endpoint->workersMax, 5);
    EXPECT_EQ(endpoint->idleTimeout, 5s);
    EXPECT_EQ(endpoint->executionTimeout, 300s);
    ASSERT_TRUE(endpoint->createdAt.has_value());
    EXPECT_EQ(formatUtc(*endpoint->createdAt).substr(0, 19), "2026-06-01T12:00:00");
}

TEST(RunpodShapes, TokensOfAnEndpointsEnvironmentAreDropped)
{
    const auto endpoint = readEndpoint(kEndpoint, kQueue);
    EXPECT_EQ(endpoint->env.keys(), QStringList{QStringLiteral("HF_MODEL_ID")});
}

TEST(RunpodShapes, EndpointsThatLackWhatIsOptional)
{
    struct Reply {
        const char* body;
        const char* url;
    };
    for (const Reply& one :
        {
            Reply{R"({"id":"e1","name":"n","workers":{"min":0,"max":0}})", "https://queue.test/v2/e1"},
            Reply{
                R"({"id":"e1","name":"n","workers":{"min":0,"max":3},"gpu":null,"cpu":[{"id":"cpu5c","vcpuCount":4,"memory":8}]})",
                "https://queue.test/v2/e1"},
            Reply{
                R"({"id":"e1","name":"n","type":"LOAD_BALANCER","workers":{"min":0,"max":1},"requestUrls":{"base":"https://e1.api.runpod.ai"}})",
                "https://e1.api.runpod.ai"},
            Reply{
                R"({"id":"e1","name":"n","workers":{"min":0,"max":1},"scaling":{"type":"SOMETHING_NEW"},"flashboot":"NEW_KIND","timeout":0,"createdAt":null,"env":null})",
                "https://queue.test/v2/e1"},
        }) {
        const auto endpoint = readEndpoint(one.body, kQueue);
        ASSERT_TRUE(endpoint.has_value()) << one.body << endpoint.error().detail;
        EXPECT_EQ(endpoint->url, QString::fromLatin1(one.url));
        EXPECT_TRUE(endpoint->gpuPools.isEmpty());
    }
}

TEST(RunpodShapes, WhatIsRequiredIsNamedWhenItIsMissing)
{
    for (const auto& [body, missing] : {std::pair{R"({"name":"n","workers":{"min":0,"max":1}})", "'id'"},
             std::pair{R"({"id":7,"name":"n","workers":{"min":0,"max":1}})", "'id'"},
             std::pair{R"({"id":"e","workers":{"min":0,"max":1}})", "'name'"},
             std::pair{R"({"id":"e","name":"n","workers":{"min":0}})", "'workers.max'"},
             std::pair{R"({"id":"e","name":"n"})", "'workers.min'"}}) {
        const auto endpoint = readEndpoint(body, kQueue);
        ASSERT_FALSE(endpoint.has_value()) << body;
        EXPECT_EQ(endpoint.error().code, ErrorCode::UnexpectedReply);
        EXPECT_NE(endpoint.error().detail.find(missing), std::string::npos) << endpoint.error().detail;
    }
}

TEST(RunpodShapes, ListsAreWrapped)
{
    EXPECT_TRUE(readEndpoints(R"({"endpoints":[]})", kQueue)->isEmpty());
    EXPECT_EQ(readEndpoints(QByteArray(R"({"endpoints":[)") + kEndpoint + "," + kEndpoint + "]}", kQueue)->size(), 2);
    for (const char* body : {"", "[]", "{}", "null", R"({"endpoints":{}})", R"({"endpoints":null})", "<html></html>",
             R"({"endpoints":[)"}) {
        EXPECT_FALSE(readEndpoints(body, kQueue).has_value()) << body;
        EXPECT_FALSE(readOffers(body).has_value()) << body;
        EXPECT_FALSE(readWorkers(body).has_value()) << body;
        EXPECT_FALSE(readReleases(body).has_value()) << body;
        EXPECT_FALSE(readBilling(body).has_value()) << body;
    }
}

TEST(RunpodShapes, WorkersOfEveryStateAndOfNone)
{
    const auto list = readWorkers(R"({"workers":[
        {"id":"w1","status":"RUNNING","isStale":false,"gpuCount":1,"version":4,"uptimeSeconds":3600,"gpuTypeId":"NVIDIA A40","dataCenterId":"US-KS-2"},
        {"id":"w2","status":"IDLE","isStale":true,"gpuCount":1,"version":null,"image":null,"uptimeSeconds":null,"gpuTypeId":null,"dataCenterId":null,"startedAt":null},
        {"id":"w3","status":"INITIALIZING","isStale":false,"gpuCount":0},
        {"id":"w4","status":"THROTTLED","isStale":false,"gpuCount":0},
        {"id":"w5","status":"UNHEALTHY","isStale":false,"gpuCount":1},
        {"id":"w6","status":"RESTING","isStale":false,"gpuCount":1}],
      "summary":{"running":1,"idle":1,"initializing":1,"throttled":1,"unhealthy":1,"total":5},"endpointVersion":4})");
    ASSERT_TRUE(list.has_value()) << list.error().detail;
    ASSERT_EQ(list->workers.size(), 6);
    EXPECT_EQ(list->workers[0].gpuTypeId, QStringLiteral("NVIDIA A40"));
    EXPECT_EQ(list->workers[0].uptime, 3600s);
    EXPECT_TRUE(list->workers[1].stale);
    EXPECT_EQ(list->workers[1].uptime, std::nullopt);
    EXPECT_EQ(list->workers[5].status, WorkerStatus::Unknown);
    EXPECT_EQ(list->counts.running, 2) << "a state nobody knows may cost money";
    EXPECT_EQ(list->counts.total(), 6);
    EXPECT_EQ(list->endpointVersion, 4);
    EXPECT_EQ(readWorkers(R"({"workers":[],"endpointVersion":null})")->endpointVersion, std::nullopt);
    EXPECT_FALSE(readWorkers(R"({"workers":[{"status":"IDLE"}]})").has_value());
}

TEST(RunpodShapes, OffersWithAndWithoutAvailability)
{
    const auto offers = readOffers(R"({"gpus":[
        {"id":"NVIDIA A40","name":"A40","pool":"AMPERE_48","manufacturer":"NVIDIA","memory":48,"secure":true,"community":false,
         "price":{"secure":0.4,"community":0.3,"serverless":1.224},"maxCount":{"secure":8,"community":4},"availability":"HIGH",
         "dataCenters":[{"id":"US-KS-2","name":"US Kansas 2","availability":"LOW"},{"id":"EU-RO-1","availability":"NONE"}],"cudaVersions":[]},
        {"id":"NVIDIA X","name":"X","pool":null,"memory":10,"price":{"secure":1,"community":1}},
        {"id":"NVIDIA Y","pool":"P","memory":24,"price":{"serverless":null},"availability":"PLENTY"}]})");
    ASSERT_TRUE(offers.has_value()) << offers.error().detail;
    ASSERT_EQ(offers->size(), 3);
    EXPECT_EQ((*offers)[0].usdPerHour, 1.224);
    EXPECT_EQ((*offers)[0].stock, Stock::High);
    EXPECT_EQ((*offers)[0].dataCenters, QStringList{QStringLiteral("US-KS-2")});
    EXPECT_TRUE((*offers)[1].pool.isEmpty());
    EXPECT_EQ((*offers)[2].name, QStringLiteral("NVIDIA Y"));
    EXPECT_EQ((*offers)[2].stock, Stock::Unknown);
    EXPECT_EQ((*offers)[2].usdPerHour, 0.0);
}

TEST(RunpodShapes, JobsInEveryForm)
{
    const auto read = [](const char* body) { return readJob(body).value_or(ProviderJob{}); };
    EXPECT_EQ(read(R"({"id":"j-u1","status":"IN_QUEUE"})").status, JobStatus::InQueue);
    EXPECT_EQ(read(R"({"id":"j","status":"RUNNING"})").status, JobStatus::InProgress);
    EXPECT_EQ(read(R"({"id":"j","status":"PONDERING"})").status, JobStatus::Unknown);
    EXPECT_EQ(read(R"({"id":"sync-j","status":"CANCELLED"})").status, JobStatus::Cancelled);

    const ProviderJob failed = read(
        R"({"delayTime":101050,"error":"job timed out after 1 retries","executionTime":42078,"id":"x-u1","retries":1,"status":"FAILED","workerId":"w9"})");
    EXPECT_EQ(failed.status, JobStatus::Failed);
    EXPECT_EQ(failed.error, QStringLiteral("job timed out after 1 retries"));
    EXPECT_TRUE(failed.workerLost) << "no fault of the input";
    EXPECT_EQ(failed.delayTime, 101050ms);
    EXPECT_EQ(failed.executionTime, 42078ms);
    EXPECT_EQ(failed.worker, WorkerId("w9"));
    EXPECT_FALSE(failed.hasOutput);

    const ProviderJob done = read(R"({"id":"j","status":"COMPLETED","output":{"artifacts":[]}})");
    EXPECT_TRUE(done.hasOutput);
    EXPECT_TRUE(done.output.contains(QLatin1String("artifacts")));
    EXPECT_FALSE(read(R"({"id":"j","status":"COMPLETED"})").hasOutput) << "a result that was too big is simply missing";
    EXPECT_FALSE(read(R"({"id":"j","status":"COMPLETED","output":null})").hasOutput);
    EXPECT_EQ(read(R"({"id":"j","status":"COMPLETED","output":"text"})").output[QLatin1String("output")].toString(),
        QStringLiteral("text"));
    EXPECT_EQ(
        read(R"({"id":"j","status":"IN_PROGRESS","output":{"i":3,"n":4}})").output[QLatin1String("i")].toInt(), 3);
    EXPECT_FALSE(readJob(R"({"id":"j"})").has_value());
    EXPECT_FALSE(readJob("").has_value());
}

TEST(RunpodShapes, JobErrorsInEveryForm)
{
    const auto error = [](const char* json) {
        const QByteArray body = QByteArray(R"({"id":"j","status":"FAILED","error":)") + json + "}";
        return readJob(body).value_or(ProviderJob{}).error.toStdString();
    };
    EXPECT_EQ(error(R"("plain words")"), "plain words");
    EXPECT_EQ(
        error(
            R"("{\"error_type\":\"<class 'ValueError'>\",\"error_message\":\"bad size\",\"error_traceback\":\"...\"}")"),
        "bad size");
    EXPECT_EQ(error(R"({"message":"from an object"})"), "from an object");
    EXPECT_EQ(error(R"({"code":"E_INPUT","fields":["width"]})"), R"({"code":"E_INPUT","fields":["width"]})");
    EXPECT_EQ(error("null"), "");
    EXPECT_EQ(error("\"{ not json\""), "{ not json");
    EXPECT_EQ(error("42"), "42");
}

TEST(RunpodShapes, HealthWithMissingKeys)
{
    const auto full = readHealth(
        R"({"jobs":{"completed":1,"failed":2,"inProgress":3,"inQueue":4,"retried":5},"workers":{"idle":1,"initializing":0,"ready":2,"running":3,"throttled":0,"unhealthy":0}})");
    ASSERT_TRUE(full.has_value());
    EXPECT_EQ(full->inQueue, 4);
    EXPECT_EQ(full->workersReady, 2);
    const auto documented = readHealth(R"({"jobs":{"completed":1},"workers":{"idle":1,"running":2}})");
    ASSERT_TRUE(documented.has_value());
    EXPECT_EQ(documented->workersReady, 0);
    EXPECT_EQ(documented->workersRunning, 2);
    EXPECT_TRUE(readHealth("{}").has_value());
    EXPECT_FALSE(readHealth("[]").has_value());
}

TEST(RunpodShapes, BillingAndReleases)
{
    const auto records = readBilling(
        R"({"records":[{"startTime":"2026-08-01T00:00:00Z","endTime":"2026-08-02T00:00:00Z","serverlessId":"e1",
        "totalAmount":8.9,"gpuAmount":8,"cpuAmount":0,"diskAmount":0.5,"feeAmount":0.4}],"metadata":{"recordCount":1}})");
    ASSERT_TRUE(records.has_value()) << records.error().detail;
    EXPECT_EQ((*records)[0].usd, 8.9);
    EXPECT_EQ((*records)[0].endpoint, EndpointId("e1"));
    EXPECT_FALSE(readBilling(R"({"records":[{"startTime":"x","endTime":"y","totalAmount":1}]})").has_value());
    const auto releases = readReleases(R"({"endpointVersion":2,"rollout":{"inProgress":false},"releases":[
        {"id":"r2","version":2,"source":"MANUAL","buildId":null,"workerCount":0,"createdAt":"2026-08-01T00:00:00Z","diff":[{"field":"env","old":null,"new":"x"}]},
        {"id":"r1","version":null,"source":"SOMETHING","createdAt":"2026-07-01T00:00:00Z"}]})");
    ASSERT_TRUE(releases.has_value()) << releases.error().detail;
    EXPECT_EQ(releases->current, 2);
    EXPECT_EQ(releases->releases[0].version, 2);
    EXPECT_EQ(releases->releases[1].version, 0);
}

constexpr const char* kReleases = R"({"endpointVersion":4,"rollout":{"inProgress":true},"releases":[
    {"id":"r4","version":4,"source":"MANUAL","workerCount":1,"createdAt":"2026-08-04T00:00:00Z","diff":[
        {"field":"template.imageName","old":"worker:2","new":"worker:3"},{"field":"workersMax","old":1,"new":9},
        {"field":"gpuIds","old":"ADA_24,AMPERE_24,-NVIDIA L4","new":"ADA_24"}]},
    {"id":"r3","version":3,"source":"MANUAL","workerCount":0,"createdAt":"2026-08-03T00:00:00Z","diff":[
        {"field":"template.env","old":[{"key":"TASK","value":"a"},{"key":"HF_TOKEN","value":"hf_old"}],
         "new":[{"key":"TASK","value":"b"},{"key":"HF_TOKEN","value":"hf_new"}]},
        {"field":"template.dockerArgs","old":null,"new":"-v"}]},
    {"id":"r2","version":2,"source":"MANUAL","workerCount":0,"createdAt":"2026-08-02T00:00:00Z","diff":[
        {"field":"template.imageName","old":"worker:1","new":"worker:2"},
        {"field":"locations","old":"US-KS-2,EU-RO-1","new":null}]},
    {"id":"r1","version":1,"source":"MANUAL","workerCount":0,"createdAt":"2026-08-01T00:00:00Z","diff":[]}]})";

TEST(RunpodShapes, ReleasesTellWhatChangedAndNoSecret)
{
    const auto history = readReleases(kReleases);
    ASSERT_TRUE(history.has_value()) << history.error().detail;
    EXPECT_EQ(history->current, 4);
    EXPECT_TRUE(history->rollingOut);
    const QList<ReleaseChange> newest = history->releases[0].changes;
    ASSERT_EQ(newest.size(), 4);
    EXPECT_EQ(
        newest[0], (ReleaseChange{QStringLiteral("image"), QStringLiteral("worker:2"), QStringLiteral("worker:3")}));
    EXPECT_EQ(newest[2].field, QStringLiteral("gpu.excludedTypes"));
    EXPECT_EQ(newest[3].before, QStringLiteral("ADA_24, AMPERE_24"));
    QString all;
    for (const Release& release : history->releases) {
        for (const ReleaseChange& change : release.changes)
            all += change.field + change.before + change.after;
    }
    EXPECT_TRUE(all.contains(QStringLiteral("env.HF_TOKEN"))) << "that it changed is no secret";
    EXPECT_FALSE(all.contains(QStringLiteral("hf_old")) || all.contains(QStringLiteral("hf_new")));
}

TEST(RunpodShapes, ARollBackSetsBackWhatNewerReleasesReplaced)
{
    EXPECT_EQ(rollBackBody(kReleases, 3).value_or("").toStdString(),
        R"({"gpu":{"excludedTypes":["NVIDIA L4"],"pools":["ADA_24","AMPERE_24"]},"image":"worker:2"})")
        << "limits of workers stay";
    EXPECT_EQ(rollBackBody(kReleases, 1).value_or("").toStdString(),
        R"({"args":"","dataCenterIds":["US-KS-2","EU-RO-1"],"env":{"HF_TOKEN":"hf_old","TASK":"a"},)"
        R"("gpu":{"excludedTypes":["NVIDIA L4"],"pools":["ADA_24","AMPERE_24"]},"image":"worker:1"})");
    EXPECT_EQ(rollBackBody(kReleases, 4).error().code, ErrorCode::InvalidRequest) << "the present one";
    EXPECT_EQ(rollBackBody(kReleases, 9).error().code, ErrorCode::NotFound);
    EXPECT_EQ(rollBackBody("{}", 1).error().code, ErrorCode::UnexpectedReply);
    const auto odd = rollBackBody(R"({"endpointVersion":2,"releases":[{"id":"r2","version":2,"diff":[
        {"field":"computeMagic","old":1,"new":2}]},{"id":"r1","version":1,"diff":[]}]})",
        1);
    ASSERT_FALSE(odd);
    EXPECT_NE(odd.error().detail.find("computeMagic"), std::string::npos);
}

TEST(RunpodShapes, LogLines)
{
    const ProviderLogLine line = readLogEvent("2026-06-01T12:05:04.123456789Z",
        R"({"ts":"2026-06-01T12:05:04Z","source":"container","line":"Worker ready."})");
    EXPECT_EQ(line.id, QStringLiteral("2026-06-01T12:05:04.123456789Z"));
    EXPECT_EQ(line.source, QStringLiteral("container"));
    EXPECT_EQ(line.line, QStringLiteral("Worker ready."));
    EXPECT_EQ(readLogEvent("1", "not json").line, QStringLiteral("not json"));
    EXPECT_EQ(
        readLogEvent("1", R"({"message":"another shape"})").line, QStringLiteral(R"({"message":"another shape"})"));
}

TEST(RunpodShapes, NumbersOutOfRangeBecomeNothing)
{
    const auto endpoint = readEndpoint(
        R"({"id":"e","name":"n","workers":{"min":-1e300,"max":1e300,"idleTimeout":-5},"timeout":1e300})", kQueue);
    ASSERT_TRUE(endpoint.has_value());
    EXPECT_EQ(endpoint->workersMax, 0);
    EXPECT_EQ(endpoint->idleTimeout, 0s);
    EXPECT_EQ(endpoint->executionTimeout, 0ms);
    EXPECT_EQ(
        readJob(R"({"id":"j","status":"COMPLETED","delayTime":-4,"executionTime":1e99})")->delayTime, std::nullopt);
}

TEST(RunpodShapes, MutatedRepliesNeverHurt)
{
    std::mt19937 random(4711);
    const QByteArray seeds[] = {QByteArray(R"({"endpoints":[)") + kEndpoint + "]}", kEndpoint,
        R"({"workers":[{"id":"w1","status":"RUNNING","uptimeSeconds":3600}],"endpointVersion":4})",
        R"({"id":"x","status":"FAILED","error":"{\"error_message\":\"m\"}","output":{"a":1},"delayTime":5})",
        R"({"records":[{"startTime":"2026-08-01T00:00:00Z","endTime":"2026-08-02T00:00:00Z","totalAmount":8.9}]})"};
    for (int round = 0; round < 4000; ++round) {
        QByteArray body = seeds[static_cast<std::size_t>(round) % std::size(seeds)];
        for (std::size_t change = 0; change < 1 + random() % 3 && !body.isEmpty(); ++change) {
            const auto at = static_cast<qsizetype>(random() % static_cast<std::size_t>(body.size()));
            if (random() % 2 == 0)
                body[at] = static_cast<char>(random());
            else
                body.remove(at, static_cast<qsizetype>(random() % 20));
        }
        (void)readEndpoints(body, kQueue);
        (void)readEndpoint(body, kQueue);
        (void)readWorkers(body);
        (void)readReleases(body);
        (void)readOffers(body);
        (void)readJob(body);
        (void)readHealth(body);
        (void)readSubmitted(body);
        (void)readLogEvent("id", body);
        if (const auto records = readBilling(body)) {
            for (const BillingRecord& record : *records)
                EXPECT_GE(record.start.time_since_epoch().count() + 1, 1 - std::numeric_limits<std::int64_t>::max());
        }
    }
}

} // namespace
} // namespace visgate::runpod
