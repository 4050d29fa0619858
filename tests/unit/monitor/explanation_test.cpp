// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/explanation.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

const Format english{QLocale(QLocale::English)};

DeploymentMetrics busy()
{
    DeploymentMetrics metrics;
    metrics.target = AccountId::practice();
    metrics.gpuPlanned = {u"A40"_s, u"A6000"_s};
    WorkerSpan span;
    span.from = TimePoint(0s);
    span.until = TimePoint(1800s);
    span.workers.running = 2;
    span.gpus = {{u"A40"_s, 2}};
    span.usdPerHour = 1.0;
    metrics.workers = {span};
    for (const auto wait : {1000ms, 2000ms, 9000ms}) {
        JobPoint job;
        job.at = TimePoint(60s);
        job.queued = wait;
        metrics.jobs.append(job);
    }
    return metrics;
}

TEST(Explanation, SaysWhatRanWhatItCostAndHowLongJobsWaited)
{
    const QStringList sentences = Explanation::of({busy()}, {0, 3'600'000}, {}, english);
    ASSERT_EQ(sentences.size(), 3);
    EXPECT_EQ(sentences.at(0),
        u"Workers ran for 30 min, at most 2 at once, on A40. For 30 min Visgate was not looking: "
        "what happened then is not known."_s);
    EXPECT_EQ(sentences.at(1), u"That cost about $0.50 play money."_s);
    EXPECT_EQ(
        sentences.at(2), u"Jobs: 3. Half of them waited at most 2.0 s in the queue, the longest wait was 9.0 s."_s);
    EXPECT_EQ(Explanation::gpus(busy(), {0, 3'600'000}), u"GPUs planned: A40, A6000; obtained: A40."_s);
}

TEST(Explanation, TellsOfTheVisibleTimeOnly)
{
    const QStringList sentences = Explanation::of({busy()}, {900'000, 1'800'000}, {}, english);
    EXPECT_EQ(sentences.at(0), u"Workers ran for 15 min, at most 2 at once, on A40."_s);
    EXPECT_EQ(sentences.at(1), u"That cost about $0.25 play money."_s);
    EXPECT_EQ(sentences.at(2), u"Nobody asked for a picture."_s);
}

TEST(Explanation, WhoWaitsForAGpuDoesNotRun)
{
    DeploymentMetrics metrics = busy();
    metrics.workers.first().workers = {};
    metrics.workers.first().workers.throttled = 1;
    metrics.workers.first().gpus.clear();
    EXPECT_EQ(Explanation::of({metrics}, {0, 1'800'000}, {}, english).first(), u"No worker ran in this time."_s);
    EXPECT_EQ(Explanation::gpus(metrics, {0, 1'800'000}), u"GPUs planned: A40, A6000; none obtained in this time."_s);
}

TEST(Explanation, ThisComputerCostsNothing)
{
    DeploymentMetrics metrics = busy();
    metrics.target = AccountId::thisComputer();
    EXPECT_TRUE(
        Explanation::of({metrics}, {0, 1'800'000}, {}, english).contains(u"Nobody charges for this computer."_s));
    EXPECT_EQ(Explanation::of({}, {0, 1000}, {}, english).first(), u"No worker ran in this time."_s);
}

} // namespace
} // namespace visgate::ui
