// SPDX-License-Identifier: GPL-3.0-or-later
// The history of workers against practice's own account: what was there, where, on which GPU and at what price; kept
// over a restart, silent where nobody looked, and told by the command line.
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/statistics.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"
#include "tests/support/seed.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <algorithm>
#include <gmock/gmock.h>
#include <random>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;
using test::waitUntil;

/// What the provider itself knows of its workers.
struct Truth {
    QMap<QString, int> states;
    QMap<QString, int> gpus;
    QMap<QString, int> regions;
    double usdPerHour = 0.0;
    bool operator==(const Truth&) const = default;
};

TimePoint wallTime()
{
    return std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
}

void countState(QMap<QString, int>& states, const QString& state, int workers)
{
    if (workers > 0)
        states[state] = workers;
}

Truth truthOf(const WorkerSpan& span)
{
    Truth truth;
    countState(truth.states, u"RUNNING"_s, span.workers.running);
    countState(truth.states, u"IDLE"_s, span.workers.idle);
    countState(truth.states, u"INITIALIZING"_s, span.workers.initializing);
    countState(truth.states, u"THROTTLED"_s, span.workers.throttled);
    countState(truth.states, u"UNHEALTHY"_s, span.workers.unhealthy);
    truth.gpus = span.gpus;
    truth.regions = span.regions;
    truth.usdPerHour = span.usdPerHour;
    return truth;
}

bool hasSilence(const QList<WorkerSpan>& spans, std::chrono::seconds least)
{
    return std::adjacent_find(spans.cbegin(), spans.cend(), [least](const WorkerSpan& one, const WorkerSpan& next) {
        return next.from - one.until >= least;
    }) != spans.cend();
}

class MetricsTest : public testing::Test {
protected:
    DeploymentMetrics metrics(const DeploymentId& id, int maxSpans = 5000)
    {
        auto found = await(m_harness.engine().call(GetMetrics{{id}, m_begin, wallTime() + 24h, maxSpans}));
        if (!found || found->size() != 1)
            throw std::runtime_error(found ? "not one deployment" : found.error().detail);
        return found->constFirst();
    }
    [[nodiscard]] Truth truth() const
    {
        Truth truth;
        const QJsonArray workers = m_practice.state()["workers"_L1].toArray();
        for (const QJsonValue& worker : workers) {
            const QString state = worker["status"_L1].toString();
            ++truth.states[state];
            if (state == "THROTTLED"_L1)
                continue;
            ++truth.gpus[worker["gpuTypeId"_L1].toString()];
            ++truth.regions[worker["dataCenterId"_L1].toString()];
        }
        return truth;
    }
    /// Waits until the history's last span shows what the provider has, which stays so meanwhile; what that is.
    std::optional<Truth> agree(const DeploymentId& id)
    {
        std::optional<Truth> agreed;
        const bool isSo = waitUntil([&] {
            const Truth before = truth();
            const DeploymentMetrics shown = metrics(id);
            if (shown.workers.isEmpty() || truth() != before)
                return false;
            Truth last = truthOf(shown.workers.constLast());
            last.usdPerHour = 0.0; // the price is compared elsewhere: which start is billed is the meter's to find out
            if (last == before)
                agreed = before;
            return agreed.has_value();
        });
        EXPECT_TRUE(isSo) << m_practice.remains().toStdString();
        return agreed;
    }
    JobId submit(const DeploymentId& id)
    {
        JobInput input;
        input.prompt = u"a red circle"_s;
        const auto job = await(m_harness.engine().call(SubmitJob{id, input}));
        if (!job)
            throw std::runtime_error(job.error().detail);
        return job->id;
    }
    static void pass(std::chrono::milliseconds time)
    {
        QElapsedTimer passed;
        passed.start();
        waitUntil([&] { return passed.elapsed() >= time.count(); });
    }

    const TimePoint m_begin = wallTime() - 1h;
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(MetricsTest, ItAgreesWithTheProvidersOwnAccountAndOutlivesTheProgram)
{
    std::mt19937_64 random(test::seed());
    m_harness.start();
    const auto created = m_harness.create([](CreateRequest& request) { request.limits.workersMax = 2; });
    ASSERT_TRUE(created) << created.error().detail;
    QList<JobId> jobs{created->firstJob};
    bool hadWorker = false;
    for (int moment = 0; moment < 6; ++moment) {
        pass(std::chrono::milliseconds(std::uniform_int_distribution<int>(0, 700)(random)));
        const auto agreed = agree(created->id);
        ASSERT_TRUE(agreed) << "at moment " << moment << " of seed " << test::seed();
        hadWorker = hadWorker || !agreed->gpus.isEmpty();
        if (moment % 2 == 0)
            jobs.append(submit(created->id));
    }
    EXPECT_TRUE(hadWorker);
    for (const JobId& job : jobs)
        ASSERT_EQ(m_harness.waitForEnd(job).status, JobStatus::Completed);
    ASSERT_TRUE(waitUntil([&] { return metrics(created->id).workers.constLast().workers.total() == 0; }))
        << "it sleeps";

    const DeploymentMetrics before = metrics(created->id);
    const Deployment deployment = m_harness.deployment(created->id);
    EXPECT_EQ(before.modelId, deployment.modelId);
    EXPECT_EQ(before.gpuPlanned, deployment.gpuPlanned);
    EXPECT_TRUE(std::any_of(before.workers.cbegin(), before.workers.cend(), [&](const WorkerSpan& span) {
        return span.gpus.contains(deployment.gpuAllocated) && span.regions.contains(deployment.region)
            && span.usdPerHour > 0.0;
    })) << "the worker, its type, its place and its price";
    EXPECT_TRUE(std::any_of(before.workers.cbegin(), before.workers.cend(),
        [](const WorkerSpan& span) { return span.jobsWaiting + span.jobsRunning > 0; }));
    for (qsizetype i = 0; i < before.workers.size(); ++i) {
        const WorkerSpan& span = before.workers.at(i);
        int gpus = 0;
        for (const int workers : span.gpus)
            gpus += workers;
        EXPECT_EQ(gpus, span.workers.total() - span.workers.throttled) << "each live worker has its type";
        EXPECT_LE(span.from, span.until);
        if (i > 0) {
            EXPECT_EQ(span.from, before.workers.at(i - 1).until) << "somebody looked all the time";
        }
    }
    EXPECT_NEAR(before.workers.constLast().usd, deployment.cost.countedUsd, 0.01);

    ASSERT_EQ(before.jobs.size(), jobs.size());
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        EXPECT_EQ(before.jobs.at(i).id, jobs.at(i)) << "oldest first";
        EXPECT_EQ(before.jobs.at(i).status, JobStatus::Completed);
        EXPECT_TRUE(before.jobs.at(i).ran);
    }
    ASSERT_FALSE(before.stages.isEmpty());
    EXPECT_EQ(before.stages.constFirst().status, DeploymentStatus::Validating);
    EXPECT_EQ(before.stages.constLast().status, DeploymentStatus::Ready);
    EXPECT_FALSE(before.stages.constLast().until) << "it is so now";
    for (qsizetype i = 1; i < before.stages.size(); ++i)
        EXPECT_EQ(before.stages.at(i).from, before.stages.at(i - 1).until);
    EXPECT_TRUE(before.coldStart);

    m_harness.stop();
    m_harness.start();
    ASSERT_TRUE(waitUntil([&] {
        return metrics(created->id).workers.constLast().from > before.workers.constLast().until;
    })) << "it is looked at again";
    const DeploymentMetrics after = metrics(created->id);
    ASSERT_GT(after.workers.size(), before.workers.size());
    const qsizetype last = before.workers.size() - 1;
    EXPECT_EQ(after.workers.first(last), before.workers.first(last)) << "the same history";
    EXPECT_EQ(truthOf(after.workers.at(last)), truthOf(before.workers.at(last)));
    EXPECT_LT(after.workers.at(last).until, after.workers.at(last + 1).from) << "nobody looked in between";
    EXPECT_EQ(after.jobs, before.jobs);
    EXPECT_EQ(after.coldStart, before.coldStart);
}

TEST_F(MetricsTest, AThrottledWorkerHasNoGpuAndNoPrice)
{
    m_practice.condition(u"throttled"_s);
    m_harness.start();
    const auto created = m_harness.create();
    ASSERT_TRUE(created) << created.error().detail;
    ASSERT_TRUE(waitUntil([&] {
        const DeploymentMetrics shown = metrics(created->id);
        return !shown.workers.isEmpty() && shown.workers.constLast().workers.throttled == 1;
    }));
    const WorkerSpan last = metrics(created->id).workers.constLast();
    EXPECT_TRUE(last.gpus.isEmpty());
    EXPECT_TRUE(last.regions.isEmpty());
    EXPECT_EQ(last.usdPerHour, 0.0);
    EXPECT_EQ(last.jobsWaiting, 1);
}

TEST_F(MetricsTest, WhatIsPausedAndDeletedEndsWithoutWorkersAndIsStillTold)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_FALSE(metrics(ready.id).workers.isEmpty());
    ASSERT_TRUE(await(m_harness.engine().call(PauseDeployment{ready.id}), 600s));
    EXPECT_TRUE(waitUntil([&] { return metrics(ready.id).workers.constLast().usdPerHour == 0.0; }));
    EXPECT_TRUE(metrics(ready.id).workers.constLast().gpus.isEmpty());
    EXPECT_EQ(metrics(ready.id).stages.constLast().status, DeploymentStatus::Paused);

    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    m_harness.waitFor(ready.id, DeploymentStatus::Deleted);
    m_harness.stop();
    m_harness.start();
    const auto all = await(m_harness.engine().call(GetMetrics{{}, m_begin, wallTime() + 1h}));
    ASSERT_TRUE(all) << all.error().detail;
    ASSERT_EQ(all->size(), 1) << "it ran in this time";
    EXPECT_EQ(all->constFirst().id, ready.id);
    EXPECT_EQ(all->constFirst().workers.constLast().workers.total(), 0);
    EXPECT_EQ(all->constFirst().stages.constLast().status, DeploymentStatus::Deleted);
    EXPECT_TRUE(await(m_harness.engine().call(GetMetrics{{}, m_begin - 2h, m_begin - 1h}))->isEmpty())
        << "and not in that one";
}

TEST_F(MetricsTest, ASilentTimeIsAGap)
{
    const auto clock = std::make_shared<test::ShiftedClock>();
    m_harness.start([&](EngineConfig& config) { config.clock = clock; });
    const Deployment ready = m_harness.deployReady();
    ASSERT_FALSE(metrics(ready.id).workers.isEmpty());
    ASSERT_FALSE(hasSilence(metrics(ready.id).workers, 5min));
    clock->pass(600s);
    EXPECT_TRUE(waitUntil([&] { return hasSilence(metrics(ready.id).workers, 5min); })) << "the computer slept";
    const auto few = metrics(ready.id, 1).workers;
    EXPECT_TRUE(hasSilence(few, 5min)) << "a gap is not drawn over";
    EXPECT_EQ(few.size(), 2);
}

TEST_F(MetricsTest, WhatMakesNoSenseIsRefused)
{
    m_harness.start();
    EXPECT_TRUE(await(m_harness.engine().call(GetMetrics{{}, m_begin, wallTime()}))->isEmpty()) << "nothing is there";
    const auto turned = await(m_harness.engine().call(GetMetrics{{}, wallTime(), m_begin}));
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().code, ErrorCode::InvalidRequest);
    const auto unknown = await(m_harness.engine().call(GetMetrics{{DeploymentId("dep_none")}, m_begin, wallTime()}));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
}

class CliHistory : public testing::Test, protected test::CliHarness { };

TEST_F(CliHistory, IsATableForPeopleAndLinesForPrograms)
{
    EXPECT_TRUE(run({u"stats"_s, u"history"_s}).out.contains("Nothing is deployed"));
    ASSERT_EQ(run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--prompt"_s,
                      u"a blue square"_s, u"--out"_s, file(u"a.png"_s)})
                  .code,
        0);
    const test::Ran table = run({u"stats"_s, u"history"_s, u"--since"_s, u"1h"_s});
    EXPECT_EQ(table.code, 0) << table.err.toStdString();
    EXPECT_TRUE(table.out.contains("Workers") && table.out.contains("starting")) << table.out.toStdString();
    EXPECT_TRUE(table.out.contains("1 x ")) << "on a GPU: " << table.out.toStdString();
    const QJsonArray deployments = run({u"stats"_s, u"history"_s, u"--json"_s}).json()["deployments"_L1].toArray();
    ASSERT_EQ(deployments.size(), 1);
    EXPECT_FALSE(deployments[0]["workers"_L1].toArray().isEmpty());
    const QString id = deployments[0]["deployment_id"_L1].toString();

    const test::Ran csv = run({u"stats"_s, u"history"_s, id, u"--csv"_s});
    EXPECT_EQ(csv.code, 0) << csv.err.toStdString();
    const QList<QByteArray> lines = csv.out.trimmed().split('\n');
    ASSERT_GE(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith("deployment_id,model_id,target,from,until,"));
    for (const QByteArray& line : lines)
        EXPECT_EQ(line.count(','), lines[0].count(',')) << line.toStdString();
    EXPECT_TRUE(lines[1].startsWith(id.toUtf8() + ",stabilityai/sdxl-turbo,practice,20")) << lines[1].toStdString();

    EXPECT_EQ(run({u"stats"_s, u"history"_s, u"--csv"_s, u"--json"_s}).code, 2);
    EXPECT_EQ(run({u"stats"_s, u"history"_s, u"--since"_s, u"2h"_s}).code, 2);
    EXPECT_NE(run({u"stats"_s, u"history"_s, u"dep_none"_s}).code, 0);
    if (!liveIn(u"tr_TR.UTF-8"_s))
        GTEST_SKIP() << "localedef cannot make it here";
    const QList<QByteArray> turkish = run({u"stats"_s, u"history"_s, id, u"--csv"_s}).out.trimmed().split('\n');
    ASSERT_GE(turkish.size(), 2);
    EXPECT_EQ(turkish[0], lines[0]);
    EXPECT_EQ(turkish[1].count(','), lines[0].count(',')) << "dots, whatever the locale: " << turkish[1].toStdString();
}

} // namespace
} // namespace visgate
