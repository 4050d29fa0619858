// SPDX-License-Identifier: GPL-3.0-or-later
// How much of the model is fetched: from the worker's own words in its log to the deployment, and to the command line.
#include "core/codec/codec.h"
#include "core/codec/values.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"
#include "tests/support/worker_lines.h"

#include <QJsonArray>
#include <QProcess>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;
using test::saidByWorkers;
using test::waitUntil;

constexpr std::int64_t kGigaBytes = 1'000'000'000;
const QString kWorkerLogs = u"*/workers/*/logs*"_s;

class DownloadOfAWorker : public testing::Test {
protected:
    DownloadOfAWorker()
    {
        harness.start([this](EngineConfig& config) { config.clock = clock; });
        practice.condition(u"stuck_initializing"_s);
    }

    /// What every worker's log holds from now on.
    void say(const std::vector<WorkerEventBody>& said) const
    {
        practice.clearFaults();
        practice.fault(u"GET"_s, kWorkerLogs, saidByWorkers(said));
    }

    [[nodiscard]] bool shows(const DeploymentId& id, qint64 bytes)
    {
        return waitUntil([&] {
            const auto download = harness.deployment(id).download;
            return download && download->bytes == bytes;
        });
    }

    PracticeProcess practice;
    std::shared_ptr<test::ShiftedClock> clock = std::make_shared<test::ShiftedClock>();
    EngineHarness harness{practice};
};

TEST_F(DownloadOfAWorker, IsShownAsItSaysIt)
{
    say({ProvisioningEvent{}, DownloadEvent{3 * kGigaBytes, 24 * kGigaBytes, 2e8}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    EXPECT_FALSE(created->download) << "nobody has said anything yet";
    ASSERT_TRUE(shows(created->id, 3 * kGigaBytes));
    const Deployment now = harness.deployment(created->id);
    EXPECT_EQ(now.status, DeploymentStatus::DownloadingModel);
    EXPECT_EQ(*now.download, (ModelDownload{3 * kGigaBytes, 24 * kGigaBytes, 2e8}));
    const QJsonObject written = toJson(now)["download"_L1].toObject();
    EXPECT_EQ(written["total_bytes"_L1].toInteger(), 24 * kGigaBytes);
    EXPECT_EQ(written["remaining_seconds"_L1].toInt(), 105);
    clock->pass(60s);
    ASSERT_TRUE(waitUntil([&] { return harness.deployment(created->id).download->bytesPerSecond == 0.0; }))
        << "nothing was heard for a minute: there is no rate";
}

TEST_F(DownloadOfAWorker, WhatCannotBeTrueIsMadePlausible)
{
    say({ProvisioningEvent{}, DownloadEvent{-7, 24 * kGigaBytes, -3},
        DownloadEvent{30 * kGigaBytes, 24 * kGigaBytes, 1e8}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(shows(created->id, 24 * kGigaBytes)) << "no more than all of it";
    EXPECT_FALSE(harness.deployment(created->id).download->remaining());
}

TEST_F(DownloadOfAWorker, EndsWithTheLoadAndIsNotKept)
{
    say({ProvisioningEvent{}, DownloadEvent{9 * kGigaBytes, 0, 1e8}});
    const auto created = harness.create();
    ASSERT_TRUE(created);
    ASSERT_TRUE(shows(created->id, 9 * kGigaBytes));
    EXPECT_FALSE(harness.deployment(created->id).download->share()) << "of an unknown whole";
    say({ProvisioningEvent{}, DownloadEvent{9 * kGigaBytes, 0, 1e8}, LoadEvent{"weights"}});
    ASSERT_TRUE(waitUntil([&] { return harness.deployment(created->id).status == DeploymentStatus::LoadingModel; }));
    EXPECT_FALSE(harness.deployment(created->id).download);
}

class CliDownload : public testing::Test, protected test::CliHarness { };

TEST_F(CliDownload, IsSaidWhileOneWaitsAndWhenOneAsks)
{
    (void)practice();
    control("POST", u"/conditions"_s, {{u"kind"_s, u"stuck_initializing"_s}});
    QJsonObject order = saidByWorkers({ProvisioningEvent{}, DownloadEvent{12 * kGigaBytes, 20 * kGigaBytes, 2e8}});
    order[u"method"_s] = u"GET"_s;
    order[u"path"_s] = kWorkerLogs;
    control("POST", u"/faults"_s, order);
    QProcess process;
    start(process,
        {u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--prompt"_s,
            u"a red circle"_s});
    process.closeWriteChannel();
    QByteArray said;
    EXPECT_TRUE(waitUntil([&] {
        said += process.readAllStandardError();
        return said.contains("12.0 of 20.0 GB, 200.0 MB/s, about 40 s left");
    })) << said.toStdString();
    const QJsonObject listed = run({u"list"_s, u"--json"_s}).json();
    const QString id = listed["deployments"_L1][0]["deployment_id"_L1].toString();
    const test::Ran shown = run({u"show"_s, id});
    EXPECT_TRUE(shown.out.contains("12.0 of 20.0 GB")) << shown.out.toStdString() << shown.err.toStdString();
    const QJsonObject json = run({u"show"_s, id, u"--json"_s}).json();
    EXPECT_EQ(json["download"_L1]["bytes"_L1].toInteger(), 12 * kGigaBytes);
    process.kill();
    EXPECT_TRUE(process.waitForFinished());
}

} // namespace
} // namespace visgate
