// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/money/latency.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

Job finishedJob()
{
    Job job;
    job.finishedAt = TimePoint(1000s);
    job.queued = 1500ms;
    job.gpu = u"NVIDIA A40"_s;
    job.runner = u"builtin"_s;
    job.timings = {{u"queue"_s, 0.25}, {u"load"_s, 9.0}, {u"first_step"_s, 0.5}, {u"steps"_s, 2.0}, {u"encode"_s, 0.5},
        {u"upload"_s, 4.0}};
    return job;
}

LatencySetting setting(const QString& family, const QString& gpu)
{
    return {AccountId::runpod(), family, gpu, u"builtin"_s};
}

TEST(Latency, AJobTellsItsFirstStepItsMakingAndItsWait)
{
    const LatencySetting known{AccountId::runpod(), u"SDXL"_s, {}, {}};
    const auto samples = latencyOf(finishedJob(), known, false);
    ASSERT_EQ(samples.size(), 4);
    EXPECT_EQ(samples.at(0),
        (LatencySample{LatencyMeasure::FirstStepWarm, setting(u"SDXL"_s, u"NVIDIA A40"_s), 2.25, TimePoint(1000s)}))
        << "from asking: queue, the worker's taking it, the first step";
    EXPECT_EQ(samples.at(1).measure, LatencyMeasure::Generation);
    EXPECT_EQ(samples.at(1).seconds, 2.5) << "neither the model's load nor the upload";
    EXPECT_EQ(samples.at(2).measure, LatencyMeasure::QueueDelay);
    EXPECT_EQ(samples.at(2).seconds, 1.5);
    EXPECT_EQ(samples.at(3).measure, LatencyMeasure::Upload);
    EXPECT_EQ(latencyOf(finishedJob(), known, true).at(0).measure, LatencyMeasure::FirstStepCold);
}

double secondsOf(const QList<LatencySample>& samples, LatencyMeasure measure)
{
    for (const LatencySample& sample : samples) {
        if (sample.measure == measure)
            return sample.seconds;
    }
    return -1.0;
}

TEST(Latency, WhatAWorkerTimesItselfIsKeptOfOnePictureAlone)
{
    Job job = finishedJob();
    job.createdAt = *job.finishedAt - 90s;
    job.timings[u"step"_s] = 0.125;
    job.timings[u"decode"_s] = 0.5;
    const auto cold = latencyOf(job, {}, true);
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::PictureCold), 90.0) << "from asking to the picture";
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::PictureWarm), -1.0);
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::Load), 9.0);
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::Step), 0.125);
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::Decode), 0.5);
    EXPECT_EQ(secondsOf(cold, LatencyMeasure::Upload), 4.0);
    const auto warm = latencyOf(job, {}, false);
    EXPECT_EQ(secondsOf(warm, LatencyMeasure::PictureWarm), 90.0);
    EXPECT_EQ(secondsOf(warm, LatencyMeasure::Load), -1.0) << "the worker was loaded long ago, and repeats it";

    Job without = job;
    without.timings[u"upload"_s] = 0.0;
    without.timings.remove(u"step"_s);
    EXPECT_EQ(secondsOf(latencyOf(without, {}, true), LatencyMeasure::Upload), -1.0) << "nothing was uploaded";
    EXPECT_EQ(secondsOf(latencyOf(without, {}, true), LatencyMeasure::Step), -1.0) << "one step has none after it";
    Job backwards = job;
    backwards.createdAt = *job.finishedAt + 5s;
    EXPECT_EQ(secondsOf(latencyOf(backwards, {}, true), LatencyMeasure::PictureCold), -1.0) << "a clock was set back";
    Job several = job;
    several.input.count = 4;
    EXPECT_EQ(secondsOf(latencyOf(several, {}, true), LatencyMeasure::PictureCold), -1.0);
    EXPECT_EQ(secondsOf(latencyOf(several, {}, true), LatencyMeasure::Step), -1.0);
}

TEST(Latency, AWorkerThatTellsNothingIsNotGuessedAt)
{
    Job silent = finishedJob();
    silent.timings.clear();
    EXPECT_TRUE(latencyOf(silent, {}, false).isEmpty());
    Job unqueued = finishedJob();
    unqueued.queued.reset();
    EXPECT_EQ(latencyOf(unqueued, {}, false).size(), 2) << "only what was made and sent is known";
}

TEST(Latency, PercentilesAreValuesThatWereMeasured)
{
    QList<double> hundred;
    for (int i = 1; i <= 100; ++i)
        hundred.append(i);
    EXPECT_EQ(percentile(hundred, 0.5), 50.0);
    EXPECT_EQ(percentile(hundred, 0.95), 95.0);
    EXPECT_EQ(percentile({7.0}, 0.5), 7.0);
    EXPECT_EQ(percentile({7.0}, 0.95), 7.0);
    EXPECT_EQ(percentile({1.0, 2.0}, 0.5), 1.0);
}

TEST(Latency, GroupsTellApartWhatIsAskedFor)
{
    QList<LatencySample> samples;
    for (const double seconds : {3.0, 1.0, 2.0})
        samples.append({LatencyMeasure::Generation, setting(u"SDXL"_s, u"A40"_s), seconds, {}});
    samples.append({LatencyMeasure::Generation, setting(u"SDXL"_s, u"L4"_s), 9.0, {}});
    samples.append({LatencyMeasure::ColdStart, setting(u"FLUX"_s, u"A40"_s), 60.0, {}});
    const auto apart = groupLatency(samples, {});
    ASSERT_EQ(apart.size(), 3);
    EXPECT_EQ(apart.at(0).family, u"FLUX"_s);
    EXPECT_EQ(apart.at(0).coldStart, (LatencyFigures{1, 60.0, 60.0}));
    EXPECT_EQ(apart.at(0).generation, LatencyFigures()) << "nothing measured is no zero seconds";
    EXPECT_EQ(apart.at(1).generation, (LatencyFigures{3, 2.0, 3.0}));
    const auto byFamily = groupLatency(samples, {true, false, false});
    ASSERT_EQ(byFamily.size(), 2);
    EXPECT_EQ(byFamily.at(1).generation, (LatencyFigures{4, 2.0, 9.0}));
    EXPECT_TRUE(byFamily.at(1).gpu.isEmpty());
    EXPECT_EQ(groupLatency(samples, {false, false, false}).size(), 1);
    EXPECT_TRUE(groupLatency({}, {}).isEmpty());
}

TEST(Latency, EachMeasureHasItsWord)
{
    for (const LatencyMeasure measure : {LatencyMeasure::FirstStepWarm, LatencyMeasure::FirstStepCold,
             LatencyMeasure::Generation, LatencyMeasure::QueueDelay, LatencyMeasure::ColdStart,
             LatencyMeasure::PictureWarm, LatencyMeasure::PictureCold, LatencyMeasure::Load, LatencyMeasure::Step,
             LatencyMeasure::Decode, LatencyMeasure::Upload})
        EXPECT_EQ(latencyMeasureFromString(toString(measure)), measure);
    EXPECT_FALSE(latencyMeasureFromString(u"elsewhere"_s));
}

} // namespace
} // namespace visgate
