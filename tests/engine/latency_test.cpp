// SPDX-License-Identifier: GPL-3.0-or-later
// How long pictures and starts take, as practice's real workers measure it: kept, told apart, and told by the command
// line, also after a restart.
#include "core/operations/jobs.h"
#include "core/operations/statistics.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

TEST(LatencyOfPractice, AColdPictureAWarmOneAndTheStartAreKeptApart)
{
    const PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    EXPECT_TRUE(await(harness.engine().call(GetLatency{}))->isEmpty());
    const Deployment ready = harness.deployReady();
    JobInput input;
    input.prompt = u"a red circle"_s;
    const auto second = await(harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(second) << second.error().detail;
    const Job made = harness.waitForEnd(second->id);
    ASSERT_EQ(made.status, JobStatus::Completed);
    EXPECT_TRUE(made.firstStep()) << "the worker has told when its first step was done";
    harness.stop();
    harness.start(); // it is in the store
    const auto groups = await(harness.engine().call(GetLatency{}));
    ASSERT_TRUE(groups) << groups.error().detail;
    ASSERT_EQ(groups->size(), 1) << "one model, one GPU, one runner, whoever measured";
    const LatencyGroup& group = groups->constFirst();
    EXPECT_FALSE(group.family.isEmpty());
    EXPECT_EQ(group.gpu, ready.gpuAllocated);
    EXPECT_FALSE(group.runner.isEmpty());
    EXPECT_EQ(group.firstStepCold.count, 1);
    EXPECT_EQ(group.firstStepWarm.count, 1);
    EXPECT_EQ(group.generation.count, 2);
    EXPECT_EQ(group.queueDelay.count, 2);
    EXPECT_EQ(group.coldStart.count, 1);
    EXPECT_EQ(group.pictureCold.count, 1);
    EXPECT_EQ(group.pictureWarm.count, 1);
    EXPECT_GT(group.pictureCold.p50, group.pictureWarm.p50);
    EXPECT_EQ(group.load.count, 1) << "of the worker, not of each job";
    EXPECT_EQ(group.step.count, 2);
    EXPECT_EQ(group.decode.count, 2);
    EXPECT_EQ(group.upload.count, 0) << "nothing went to a bucket";
    EXPECT_LE(group.step.p50, group.generation.p50);
    EXPECT_GT(group.coldStart.p50, 0.0);
    EXPECT_LE(group.generation.p50, group.generation.p95);
    EXPECT_GT(group.firstStepCold.p50, group.firstStepWarm.p50) << "it waited for the worker's start";
    EXPECT_TRUE(await(harness.engine().call(GetLatency{{}, AccountId::runpod()}))->isEmpty()) << "play is not mixed in";
}

class CliLatency : public testing::Test, protected test::CliHarness { };

TEST_F(CliLatency, IsATableByWhatIsAskedFor)
{
    EXPECT_TRUE(run({u"stats"_s, u"latency"_s, u"--target"_s, u"practice"_s}).out.contains("Nothing was measured yet"));
    ASSERT_EQ(run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--prompt"_s,
                      u"a blue square"_s, u"--out"_s, file(u"a.png"_s)})
                  .code,
        0);
    const test::Ran table = run({u"stats"_s, u"latency"_s, u"--by"_s, u"model,gpu"_s, u"--target"_s, u"practice"_s});
    EXPECT_EQ(table.code, 0) << table.err.toStdString();
    EXPECT_TRUE(table.out.contains("Cold start")) << table.out.toStdString();
    EXPECT_TRUE(table.out.contains("Picture, cold") && table.out.contains("Decoding")) << table.out.toStdString();
    EXPECT_FALSE(table.out.contains("Runner")) << "it was not asked for";
    const QJsonArray groups
        = run({u"stats"_s, u"latency"_s, u"--target"_s, u"practice"_s, u"--json"_s}).json()["groups"_L1].toArray();
    ASSERT_EQ(groups.size(), 1);
    EXPECT_EQ(groups[0]["generation"_L1]["count"_L1].toInt(), 1);
    EXPECT_EQ(run({u"stats"_s, u"latency"_s, u"--by"_s, u"colour"_s}).code, 2);
}

} // namespace
} // namespace visgate
