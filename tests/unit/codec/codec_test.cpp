// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/codec.h"
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

TimePoint at(const char* text)
{
    TimePoint time;
    EXPECT_TRUE(parseUtc(text, time));
    return time;
}

Deployment fullDeployment()
{
    Deployment deployment;
    deployment.id = DeploymentId("dep_2026_0123abcd");
    deployment.status = DeploymentStatus::Failed;
    deployment.path = u"accepted_cold"_s;
    deployment.target = AccountId::runpod();
    deployment.modelId = u"org/model"_s;
    deployment.revision = u"main"_s;
    deployment.task = GenerationTask::TextToVideo;
    deployment.endpointId = EndpointId("e1");
    deployment.endpointName = u"visgate-x"_s;
    deployment.endpointUrl = u"https://example.org/e1"_s;
    deployment.userHash = u"abc"_s;
    deployment.gpuPlanned = {u"AMPERE_48"_s, u"ADA_24"_s};
    deployment.gpuAllocated = u"NVIDIA A40"_s;
    deployment.region = u"EU-RO-1"_s;
    deployment.modelVramGb = 11.5;
    deployment.workers = {0, 3, 1, 1, 0, 1, 0};
    deployment.workersSeenAt = at("2026-01-02T03:04:45Z");
    deployment.changedElsewhere = {{u"workers_max"_s, u"1"_s, u"3"_s, at("2026-01-02T03:04:50Z")}};
    deployment.limits.idleTimeout = 9s;
    deployment.logs = {{at("2026-01-02T03:04:05.000006Z"), u"info"_s, u"Validating Hugging Face model"_s}};
    deployment.error = Error{ErrorCode::NoCapacity, "pool", 503, "req-1", {"A40"}};
    deployment.waitingFor = u"gpu"_s;
    deployment.estimatedRemaining = 42s;
    deployment.phaseSeconds = {{u"validating"_s, 0.25}};
    deployment.cost = {0.5, 0.25, 1.75};
    deployment.demoModel = true;
    deployment.firstJob = JobId("job_20260102_0123abcd");
    deployment.createdAt = at("2026-01-02T03:04:05.000006Z");
    deployment.readyAt = at("2026-01-02T03:05:05Z");
    return deployment;
}

TEST(CodecTest, ADeploymentComesBackAsItWas)
{
    const Deployment sent = fullDeployment();
    const auto read = decode<Deployment>(toJson(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(toJson(*read), toJson(sent));
    EXPECT_EQ(read->id, sent.id);
    EXPECT_EQ(read->status, sent.status);
    EXPECT_EQ(read->workers, sent.workers);
    EXPECT_EQ(read->workersSeenAt, sent.workersSeenAt);
    EXPECT_EQ(read->changedElsewhere, sent.changedElsewhere);
    EXPECT_EQ(read->limits, sent.limits);
    EXPECT_EQ(read->logs, sent.logs);
    EXPECT_EQ(read->cost, sent.cost);
    EXPECT_EQ(read->createdAt, sent.createdAt);
    EXPECT_EQ(read->estimatedRemaining, sent.estimatedRemaining);
    ASSERT_TRUE(read->error);
    EXPECT_EQ(read->error->code, ErrorCode::NoCapacity);
    EXPECT_EQ(read->error->providerStatus, 503);
    EXPECT_EQ(read->error->requestId, "req-1");
    EXPECT_EQ(read->error->arguments, std::vector<std::string>{"A40"});
}

TEST(CodecTest, EveryFieldOfADeploymentIsThereAndNullWhileUnknown)
{
    Deployment fresh;
    fresh.id = DeploymentId("dep_2026_0123abcd");
    const QJsonObject json = toJson(fresh);
    for (const char* name : {"path", "revision", "endpoint_id", "runpod_endpoint_id", "endpoint_url", "gpu_allocated",
             "region", "model_vram_gb", "error", "estimated_remaining_seconds", "estimated_ready_range",
             "region_reason", "loaded_from_cache", "ready_at", "deleted_at"}) {
        ASSERT_TRUE(json.contains(QLatin1String(name))) << name;
        EXPECT_TRUE(json.value(QLatin1String(name)).isNull()) << name;
    }
    EXPECT_TRUE(json.value("phase_durations"_L1).toObject().contains("loading_model"_L1));
    EXPECT_EQ(json.value("workers"_L1).toObject().value("max"_L1).toInt(-1), 0);
}

TEST(CodecTest, AJobComesBackAsItWas)
{
    Job job;
    job.id = JobId("job_20260102_0123abcd");
    job.deployment = DeploymentId("dep_2026_0123abcd");
    job.status = JobStatus::Completed;
    job.input.prompt = u"kırmızı daire"_s;
    job.input.seed = 4294967295;
    job.input.guidance = 1.5;
    job.progress = 1.0;
    job.artifacts = {{u"/tmp/a.png"_s, u"image/png"_s, 123, u"ff"_s, 256, 256, 7, u"demo model"_s, {u"dragon"_s}}};
    job.queued = 15ms;
    job.costUsd = 0.001;
    job.createdAt = at("2026-01-02T03:04:05Z");
    const auto read = decode<Job>(toJson(job));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->input, job.input);
    EXPECT_EQ(read->artifacts, job.artifacts);
    EXPECT_EQ(read->queued, job.queued);
    EXPECT_EQ(read->costUsd, job.costUsd);
    EXPECT_EQ(toJson(*read), toJson(job));
}

TEST(CodecTest, WhatIsNoDeploymentIsRefused)
{
    EXPECT_EQ(decode<Deployment>({}).error().code, ErrorCode::UnexpectedReply);
    QJsonObject odd = toJson(fullDeployment());
    odd.insert(u"status"_s, u"dancing"_s);
    EXPECT_FALSE(decode<Deployment>(odd));
}

TEST(CodecTest, AFailedCallKeepsItsErrorOverTheWire)
{
    const Error sent{ErrorCode::KeyRejected, "runpod", 401, "req-2", {"a", "b"}};
    const QJsonObject reply = errorReply(sent);
    EXPECT_EQ(reply.value("error"_L1).toString(), u"ProviderError"_s);
    EXPECT_FALSE(reply.value("message"_L1).toString().isEmpty());
    const Error read = errorFromReply(reply, 502);
    EXPECT_EQ(read.code, sent.code);
    EXPECT_EQ(read.detail, sent.detail);
    EXPECT_EQ(read.arguments, sent.arguments);
    EXPECT_EQ(errorFromReply({}, 500).code, ErrorCode::UnexpectedReply);
}

TEST(CodecTest, NotFoundIsNamedAfterWhatIsMissing)
{
    const Error error{ErrorCode::NotFound, "dep_2026_00000000", 0, {}, {}};
    const QJsonObject reply = errorReply(error, Subject::Deployment);
    EXPECT_EQ(reply.value("error"_L1).toString(), u"DeploymentNotFoundError"_s);
    EXPECT_EQ(reply.value("message"_L1).toString(), u"Deployment not found: dep_2026_00000000"_s);
    EXPECT_EQ(apiErrorKind(ErrorCode::NotFound, Subject::Job).name, u"JobNotFoundError"_s);
    EXPECT_EQ(apiErrorKind(ErrorCode::InvalidRequest).httpStatus, 400);
}

TEST(CodecTest, SmallValuesComeBackAsTheyWere)
{
    ModelSpec model;
    model.id = u"org/model"_s;
    model.tasks = {GenerationTask::TextToImage};
    model.memory = {{u"bf16"_s, u"none"_s, u"1024x1024"_s, 11.0, Evidence::Measured, u"card"_s}};
    model.gating = Gating::Manual;
    EXPECT_EQ(toJson(*decode<ModelSpec>(toJson(model))), toJson(model));
    GpuOffer offer;
    offer.typeId = u"NVIDIA A40"_s;
    offer.stock = Stock::Low;
    EXPECT_EQ(toJson(*decode<GpuOffer>(toJson(offer))), toJson(offer));
    const KeyState key{KeyKind::HuggingFace, true, false, u"Secret Service"_s};
    EXPECT_EQ(toJson(*decode<KeyState>(toJson(key))), toJson(key));
    const CleanupItem item{AccountId::practice(), EndpointId("e"), u"n"_s, DeploymentId("dep_2026_00000001"),
        EndpointOwner::OtherApp, true};
    EXPECT_EQ(toJson(*decode<CleanupItem>(toJson(item))), toJson(item));
    DeployQuote quote;
    quote.preflight.lines
        = {{u"key"_s, PreflightLevel::Blocked, u"Key"_s, {}, Error{ErrorCode::KeyMissing, {}, 0, {}, {}}, {}, false}};
    quote.readyLow = 10s;
    quote.readyHigh = 20s;
    const auto read = decode<DeployQuote>(toJson(quote));
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->preflight.isBlocked());
    EXPECT_EQ(toJson(*read), toJson(quote));
}

/// A key that is written twice has the value of the second.
TEST(CodecTest, AnEstimatedRangeArrives)
{
    Deployment deployment;
    deployment.estimatedRange
        = TimeRange{std::chrono::seconds(20), std::chrono::seconds(30), std::chrono::seconds(50), 6};
    const QJsonArray range = toJson(deployment).value("estimated_ready_range"_L1).toArray();
    EXPECT_EQ(range, (QJsonArray{20, 50}));
}

} // namespace
} // namespace visgate
