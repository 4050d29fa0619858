// SPDX-License-Identifier: GPL-3.0-or-later
// A container that cannot start: the provider says why in the worker's log only, and each reason is its own error at
// once, in the API, at the command line and in the log.
#include "core/domain/errors/error_catalog.h"
#include "core/domain/errors/log_words.h"
#include "tests/support/engine_harness.h"

#include <QJsonDocument>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::EngineHarness;
using test::PracticeProcess;

struct Start {
    const char* name;
    QList<std::pair<const char*, QString>> lines; ///< source, text
    ErrorCode meaning;
    const char* telling; ///< what of the lines the sentence repeats
};

QList<Start> starts()
{
    const std::pair begin{"system", u"start container for me/worker:1: begin"_s};
    const std::pair pull{"system", u"image pull: me/worker:1: pending"_s};
    return {
        {"driver",
            {begin,
                {"system",
                    u"error starting container: OCI runtime create failed: unable to start container process: error "
                    u"during "
                    "container init: error running prestart hook #0\n"
                    "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.8, please update "
                    "your driver to a newer version: unknown"_s}},
            ErrorCode::HostDriverTooOld, "unsatisfied condition: cuda>=12.8"},
        {"denied",
            {pull,
                {"system",
                    u"error pulling image: pull access denied for me/worker, repository does not exist or may "
                    "require 'docker login': denied: requested access to the resource is denied"_s}},
            ErrorCode::ImagePullDenied, "pull access denied for me/worker"},
        {"limit", {pull, {"system", u"error pulling image: toomanyrequests: You have reached your pull rate limit."_s}},
            ErrorCode::ImagePullLimited, "toomanyrequests"},
        {"processor", {begin, {"container", u"exec /usr/bin/visgate-worker: exec format error"_s}},
            ErrorCode::ImageWrongMachine, "exec format error"},
        {"memory",
            {begin, {"container", u"torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.19 GiB."_s}, begin},
            ErrorCode::OutOfGpuMemory, "CUDA out of memory"},
        {"disk", {pull, {"system", u"failed to register layer: write /x: no space left on device"_s}},
            ErrorCode::WorkerDiskFull, "no space left on device"},
        {"runtime",
            {begin,
                {"container",
                    u"{\"visgate\":1,\"seq\":1,\"ts\":\"2026-03-01T10:00:00Z\",\"type\":\"failed\","
                    "\"code\":\"E_NO_RUNTIME\",\"message\":\"This worker holds nothing that can run a/b\"}"_s}},
            ErrorCode::WorkerLacksRuntime, "nothing that can run a/b"},
        {"loop",
            {begin, begin, begin, {"container", u"Traceback (most recent call last):\nImportError: libfoo.so.9"_s},
                begin},
            ErrorCode::WorkerCrashLoop, "ImportError: libfoo.so.9"},
    };
}

/// The log stream of a worker, as the provider sends it.
QString streamOf(const Start& start)
{
    QByteArray stream;
    int number = 0;
    for (const auto& [source, text] : start.lines) {
        const QString at = u"2026-03-01T10:00:0%1.000000000Z"_s.arg(++number);
        const QJsonObject line{{u"ts"_s, at}, {u"source"_s, QString::fromLatin1(source)}, {u"line"_s, text}};
        stream += "id: " + at.toLatin1() + "\ndata: " + QJsonDocument(line).toJson(QJsonDocument::Compact) + "\n\n";
    }
    return QString::fromUtf8(stream);
}

TEST(ContainerStart, EachReasonIsItsOwnErrorAtOnce)
{
    for (const Start& start : starts()) {
        SCOPED_TRACE(start.name);
        PracticeProcess practice;
        EngineHarness harness(practice);
        harness.start();
        practice.condition(u"stuck_initializing"_s);
        practice.fault(u"GET"_s, u"*/workers/*/logs*"_s,
            {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0},
                {u"content_type"_s, u"text/event-stream"_s}, {u"body"_s, streamOf(start)}});
        const auto created = harness.create();
        ASSERT_TRUE(created);
        const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
        ASSERT_TRUE(failed.error);
        EXPECT_EQ(toString(failed.error->code), toString(start.meaning));
        EXPECT_THAT(describe(*failed.error).message.toStdString(), testing::HasSubstr(start.telling));
        // As `visgatectl logs` and the window show it: a code is no sentence.
        LogLine line;
        line.source = "engine";
        line.text = harness.messages(created->id)
                        .filter(QString::fromUtf8(toString(start.meaning).data()))
                        .join(u' ')
                        .toStdString();
        const std::string shown = logWords(line).toStdString();
        EXPECT_THAT(shown, testing::HasSubstr(start.telling));
        EXPECT_THAT(shown, testing::Not(testing::HasSubstr(std::string(toString(start.meaning)))));
    }
}

/// The limit of a start is minutes away, and what is in the way stands in the log since its first second.
TEST(ContainerStart, AStuckStartSaysWhyLongBeforeItIsGivenUp)
{
    const Start start{"unreachable",
        {{"system", u"image pull: me/worker:1: pending"_s},
            {"system", u"error pulling image: net/http: TLS handshake timeout"_s}},
        ErrorCode::ImagePullFailing, "TLS handshake timeout"};
    const auto clock = std::make_shared<test::ShiftedClock>();
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start([&](EngineConfig& config) { config.clock = clock; });
    practice.condition(u"stuck_initializing"_s);
    practice.fault(u"GET"_s, u"*/workers/*/logs*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0}, {u"content_type"_s, u"text/event-stream"_s},
            {u"body"_s, streamOf(start)}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const auto now = [&] { return harness.deployment(created->id); };
    ASSERT_TRUE(test::waitUntil([&] { return now().waitingFor == "image"_L1; })) << "the image is not the model";
    EXPECT_FALSE(now().error);
    clock->pass(std::chrono::seconds(25)); // nothing has moved meanwhile
    ASSERT_TRUE(test::waitUntil([&] { return now().error.has_value(); }));
    const Deployment stuck = now();
    EXPECT_EQ(stuck.status, DeploymentStatus::DownloadingModel);
    EXPECT_EQ(toString(stuck.error->code), toString(start.meaning));
    EXPECT_THAT(describe(*stuck.error).message.toStdString(), testing::HasSubstr(start.telling));
    clock->pass(stuck.limits.initTimeout * 2);
    const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(toString(failed.error->code), toString(start.meaning)) << "more than that it took too long";
}

TEST(ContainerStart, ALostWorkerIsNoFaultOfTheInput)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    practice.fault(u"GET"_s, u"*/status/*"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0},
            {u"body"_s,
                QJsonObject{{u"id"_s, u"x-u1"_s}, {u"status"_s, u"FAILED"_s}, {u"retries"_s, 1},
                    {u"error"_s, u"job timed out after 1 retries"_s}, {u"delayTime"_s, 101'050},
                    {u"executionTime"_s, 42'078}}}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const Job job = harness.waitForEnd(created->firstJob);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(toString(job.error->code), toString(ErrorCode::WorkerLost));
    const ErrorText text = describe(*job.error);
    EXPECT_THAT(text.message.toStdString(), testing::HasSubstr("worker was lost"));
    EXPECT_THAT(text.remedy.toStdString(), testing::HasSubstr("nothing is wrong with the input"));
}

} // namespace
} // namespace visgate
