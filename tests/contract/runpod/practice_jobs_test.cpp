// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs, workers and logs, live against practice mode.
#include "tests/contract/runpod/practice_fixture.h"

#include <QSet>

namespace visgate {
namespace {

using test::await;
using test::becomesTrue;
using namespace std::chrono_literals;

using RunpodJobsAtPractice = PracticeTest;

QJsonObject object(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

TEST_F(RunpodJobsAtPractice, AJobRunsOnAWorkerThatTheListNames)
{
    const EndpointId id = create();
    EXPECT_TRUE(await(provider->workers(id))->workers.isEmpty());
    const ProviderJobId job = submit(id, object(R"({"echo":{"answer":42}})"));
    const ProviderJob done = jobOnceIt(id, job, JobStatus::Completed);
    EXPECT_EQ(done.id, job);
    EXPECT_TRUE(done.hasOutput);
    EXPECT_EQ(done.output[QLatin1String("answer")].toInt(), 42);
    EXPECT_TRUE(done.delayTime.has_value());
    EXPECT_TRUE(done.executionTime.has_value());

    const auto list = await(provider->workers(id));
    ASSERT_TRUE(list.has_value()) << list.error().detail;
    ASSERT_EQ(list->workers.size(), 1);
    EXPECT_EQ(list->workers[0].id, done.worker);
    EXPECT_FALSE(list->workers[0].gpuTypeId.isEmpty());
    EXPECT_FALSE(list->workers[0].dataCenter.isEmpty());
    EXPECT_NE(list->workers[0].status, WorkerStatus::Unknown);
    EXPECT_EQ(list->counts.total(), 1);

    const auto health = await(provider->health(id));
    ASSERT_TRUE(health.has_value()) << health.error().detail;
    EXPECT_EQ(health->completed, 1);
    EXPECT_EQ(health->inQueue, 0);
}

TEST_F(RunpodJobsAtPractice, ProgressIsTheOutputOfARunningJob)
{
    const EndpointId id = create();
    const ProviderJobId job = submit(id, object(R"({"progress":[{"i":3,"n":4}],"sleep":30})"));
    ProviderJob seen;
    ASSERT_TRUE(becomesTrue([&] {
        seen = await(provider->job(id, job)).value_or(ProviderJob{});
        return seen.status == JobStatus::InProgress && seen.hasOutput;
    }));
    EXPECT_EQ(seen.output.value(QLatin1String("i")).toInt(), 3);
    ASSERT_TRUE(await(provider->cancelJob(id, job)).has_value());
    (void)jobOnceIt(id, job, JobStatus::Cancelled);
}

TEST_F(RunpodJobsAtPractice, AFailedJobSaysWhyAndCanBeRetried)
{
    const EndpointId id = create();
    const ProviderJobId job
        = submit(id, object(R"({"fail":"{\"error_type\":\"ValueError\",\"error_message\":\"width is odd\"}"})"));
    EXPECT_EQ(jobOnceIt(id, job, JobStatus::Failed).error, QStringLiteral("width is odd"));
    ASSERT_TRUE(await(provider->retryJob(id, job)).has_value());
    (void)jobOnceIt(id, job, JobStatus::Failed);
}

TEST_F(RunpodJobsAtPractice, AResultThatIsTooBigIsMissing)
{
    const EndpointId id = create();
    const ProviderJobId job = submit(id, object(R"({"big":12000000})"));
    EXPECT_FALSE(jobOnceIt(id, job, JobStatus::Completed).hasOutput);
}

TEST_F(RunpodJobsAtPractice, AJobNobodyKnowsIsAnExpiredResult)
{
    const EndpointId id = create();
    const auto job = await(provider->job(id, ProviderJobId("00000000-0000-0000-0000-000000000000-u1")));
    ASSERT_FALSE(job.has_value());
    EXPECT_EQ(job.error().code, ErrorCode::ResultExpired);
    const auto nowhere = await(provider->submitJob(EndpointId("nosuchendpoint"), object(R"({"echo":1})"), 60s));
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_EQ(nowhere.error().code, ErrorCode::EndpointVanished);
}

TEST_F(RunpodJobsAtPractice, APausedEndpointTakesNoJobs)
{
    const EndpointId id = create();
    ASSERT_TRUE(await(provider->scale(id, 0, 0, 5s)).has_value());
    Error refusal;
    ASSERT_TRUE(becomesTrue([&] { // the change reaches the queue with a delay
        const auto job = await(provider->submitJob(id, object(R"({"echo":1})"), 60s));
        if (!job)
            refusal = job.error();
        return !job.has_value();
    }));
    EXPECT_EQ(refusal.code, ErrorCode::Conflict);
    EXPECT_NE(refusal.detail.find("ENDPOINT_PAUSED"), std::string::npos);
}

TEST_F(RunpodJobsAtPractice, PurgingEmptiesTheQueueAndLeavesTheRunningJob)
{
    const EndpointId id = create();
    const ProviderJobId running = submit(id, object(R"({"sleep":30,"progress":[{"i":1}]})"));
    (void)jobOnceIt(id, running, JobStatus::InProgress);
    const ProviderJobId waiting = submit(id, object(R"({"echo":1})"));
    EXPECT_EQ(await(provider->health(id))->inQueue, 1);
    ASSERT_TRUE(await(provider->purgeQueue(id)).has_value());
    EXPECT_EQ(await(provider->health(id))->inQueue, 0);
    EXPECT_EQ(await(provider->job(id, running))->status, JobStatus::InProgress);
    EXPECT_NE(await(provider->job(id, waiting)).value_or(ProviderJob{}).status, JobStatus::Completed);
    ASSERT_TRUE(await(provider->cancelJob(id, running)).has_value());
}

TEST_F(RunpodJobsAtPractice, LogsArriveOnceAndResumeAfterALostConnection)
{
    const EndpointId id = create();
    const auto say = [&](const char* text) {
        return jobOnceIt(id,
            submit(id, {{QStringLiteral("print"), QString::fromLatin1(text)}, {QStringLiteral("echo"), 1}}),
            JobStatus::Completed);
    };
    const WorkerId worker = say("first words").worker;

    QStringList lines;
    QStringList sources;
    auto logs = provider->logs()->openLogs(id, worker, {}, [&](const ProviderLogLine& line) {
        lines.append(line.line);
        sources.append(line.source);
    });
    const auto count = [&lines](const char* text) { return lines.count(QString::fromLatin1(text)); };
    ASSERT_TRUE(becomesTrue([&] { return count("first words") == 1; }));
    EXPECT_TRUE(sources.contains(QStringLiteral("system")));
    EXPECT_TRUE(sources.contains(QStringLiteral("container")));

    // The next connections break after a few hundred bytes; nothing is lost or doubled.
    control("POST", "/faults",
        {{QStringLiteral("method"), QStringLiteral("GET")}, {QStringLiteral("path"), QStringLiteral("*/logs*")},
            {QStringLiteral("count"), 3}, {QStringLiteral("effect"), QStringLiteral("drop")},
            {QStringLiteral("bytes"), 700}});
    const QString resumeAt = logs->lastId();
    EXPECT_FALSE(resumeAt.isEmpty());
    logs.reset();
    (void)say("second words");
    logs = provider->logs()->openLogs(
        id, worker, resumeAt, [&](const ProviderLogLine& line) { lines.append(line.line); });
    ASSERT_TRUE(becomesTrue([&] { return count("second words") == 1; }));
    (void)say("third words");
    ASSERT_TRUE(becomesTrue([&] { return count("third words") == 1; }));
    EXPECT_EQ(count("first words"), 1);
    EXPECT_EQ(count("second words"), 1);
    EXPECT_FALSE(logs->ended().has_value());
}

TEST_F(RunpodJobsAtPractice, TheLogOfAWorkerThatNeverWasEnds)
{
    const EndpointId id = create();
    const auto logs = provider->logs()->openLogs(id, WorkerId("nosuchworker"), {}, [](const ProviderLogLine&) {});
    ASSERT_TRUE(becomesTrue([&] { return logs->ended().has_value(); }));
    EXPECT_EQ(logs->ended()->code, ErrorCode::EndpointVanished);
    EXPECT_EQ(logs->ended()->providerStatus, 404);
}

} // namespace
} // namespace visgate
