// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a person uses it: the real programs, a data folder of their own, practice behind them.
#include "tests/support/cli_harness.h"

#include <QFile>
#include <QJsonArray>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliJourneyTest : public testing::Test, protected CliHarness {
protected:
    /// Clean-up lists whatever is left at practice.
    void expectNothingLeft() const
    {
        const Ran left = run({u"cleanup"_s, u"--all"_s, u"--dry-run"_s, u"--json"_s});
        EXPECT_EQ(left.code, 0) << left.out.toStdString() << left.err.toStdString();
        EXPECT_TRUE(left.json().value("items"_L1).toArray().isEmpty()) << left.out.toStdString();
    }
};

TEST_F(CliJourneyTest, FromAPromptToAPictureAndBackToNothing)
{
    const QString picture = file(u"a.png"_s);
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a large red circle on a white background with a dragon"_s, u"--out"_s, picture, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    const QJsonObject report = deployed.json();
    EXPECT_EQ(report.value("status"_L1).toString(), u"ready"_s);
    EXPECT_FALSE(report.value("gpu_allocated"_L1).toString().isEmpty());
    EXPECT_GT(report.value("cost"_L1).toObject().value("estimated_usd"_L1).toDouble(), 0.0);
    EXPECT_EQ(report.value("stages"_L1).toArray().size(), 5);
    EXPECT_EQ(report.value("artifact"_L1).toString(), picture);
    EXPECT_TRUE(report.value("label"_L1).toString().contains("demo model"_L1));
    EXPECT_TRUE(report.value("unknown_words"_L1).toArray().contains(QJsonValue(u"dragon"_s)));
    EXPECT_TRUE(deployed.err.contains("Making the picture")) << deployed.err.toStdString();
    QFile drawn(picture);
    ASSERT_TRUE(drawn.open(QIODevice::ReadOnly));
    EXPECT_TRUE(drawn.readAll().startsWith("\x89PNG"));

    const QString id = report.value("deployment_id"_L1).toString();
    EXPECT_TRUE(run({u"list"_s}).out.contains(id.toUtf8()));
    EXPECT_TRUE(run({u"logs"_s, id}).out.contains("Finished."));
    const Ran deleted = run({u"delete"_s, id});
    EXPECT_EQ(deleted.code, 0) << deleted.err.toStdString();
    expectNothingLeft();
}

TEST_F(CliJourneyTest, WithoutWaitingABackgroundProcessCarriesOnAndIsShared)
{
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--target"_s, u"practice"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    const QString id = deployed.json().value("deployment_id"_L1).toString();
    // A second server finds that the folder has an owner.
    EXPECT_EQ(run({u"serve"_s}).code, 1);
    const Ran deleted = run({u"delete"_s, id, u"--json"_s});
    EXPECT_EQ(deleted.code, 0) << deleted.err.toStdString();
    EXPECT_EQ(deleted.json().value("status"_L1).toString(), u"deleted"_s);
    expectNothingLeft();
}

TEST_F(CliJourneyTest, InterruptedByAScriptItCleansUp)
{
    QProcess process;
    start(process,
        {u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--speed"_s, u"1"_s});
    process.closeWriteChannel();
    QByteArray said;
    process.setReadChannel(QProcess::StandardError);
    while (!said.contains("Pulling the image") && process.waitForReadyRead(60'000))
        said += process.readAllStandardError();
    process.terminate();
    ASSERT_TRUE(process.waitForFinished(1'200'000));
    EXPECT_EQ(process.exitCode(), 5) << said.toStdString() << process.readAllStandardError().toStdString();
    expectNothingLeft();
}

TEST_F(CliJourneyTest, ScaledPausedKeptWarmPutAwayAndBroughtBack)
{
    const Ran deployed = run({u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a circle"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    const QString id = deployed.json().value("deployment_id"_L1).toString();
    const auto tell = [&](const QStringList& words) {
        const Ran ran = run(words + QStringList{u"--json"_s});
        EXPECT_EQ(ran.code, 0) << words.join(u' ').toStdString() << ran.out.toStdString() << ran.err.toStdString();
        return ran.json();
    };
    EXPECT_EQ(tell({u"scale"_s, id, u"--max"_s, u"2"_s}).value("workers"_L1)["max"_L1].toInt(), 2);
    EXPECT_EQ(run({u"scale"_s, id}).code, 2);
    EXPECT_EQ(tell({u"pause"_s, id}).value("status"_L1).toString(), u"paused"_s);
    EXPECT_EQ(tell({u"resume"_s, id}).value("status"_L1).toString(), u"ready"_s);
    EXPECT_EQ(tell({u"releases"_s, id}).value("current"_L1).toInt(), 1);
    EXPECT_EQ(run({u"rollback"_s, id, u"7"_s}).code, 4) << "there is no such release";
    EXPECT_EQ(run({u"rollback"_s, id, u"first"_s}).code, 2);

    const QJsonObject asItIs = tell({u"warm"_s, id});
    EXPECT_EQ(asItIs.value("pool"_L1)["mode"_L1].toString(), u"on_demand"_s);
    EXPECT_GT(asItIs.value("price"_L1)["usd_per_hour"_L1].toDouble(), 0.0);
    const Ran always = run({u"warm"_s, id, u"--always"_s, u"--json"_s});
    EXPECT_EQ(always.code, 1) << "nobody has said yes to its price";
    EXPECT_EQ(always.json().value("details"_L1)["code"_L1].toString(), u"CONFIRMATION_NEEDED"_s);
    EXPECT_EQ(run({u"warm"_s, id, u"--window"_s, u"mon 9-17"_s}).code, 2);
    const QJsonObject windows = tell({u"warm"_s, id, u"--window"_s, u"mon-fri 09:00-17:00 Europe/Istanbul"_s});
    EXPECT_EQ(windows.value("pool"_L1)["windows"_L1].toArray().size(), 1);
    EXPECT_FALSE(windows.value("warm"_L1)["next_change"_L1].toString().isEmpty());
    EXPECT_GT(windows.value("price"_L1)["usd_per_month"_L1].toDouble(), 0.0);
    EXPECT_EQ(tell({u"warm"_s, id, u"--for"_s, u"30m"_s}).value("pool"_L1)["windows"_L1].toArray().size(), 1);
    EXPECT_EQ(tell({u"warm"_s, id, u"--always"_s, u"--yes"_s}).value("pool"_L1)["mode"_L1].toString(), u"always_on"_s);
    EXPECT_EQ(tell({u"warm"_s, id, u"--for"_s, u"30m"_s}).value("pool"_L1)["mode"_L1].toString(), u"on_demand"_s);
    EXPECT_EQ(tell({u"warm"_s, id, u"--off"_s}).value("pool"_L1)["mode"_L1].toString(), u"on_demand"_s);

    const QJsonObject kept = tell({u"delete"_s, id, u"--keep"_s});
    EXPECT_EQ(kept.value("status"_L1).toString(), u"paused"_s);
    EXPECT_FALSE(kept.value("delete_at"_L1).toString().isEmpty());
    const QJsonObject restored = tell({u"restore"_s, id});
    EXPECT_EQ(restored.value("status"_L1).toString(), u"ready"_s);
    EXPECT_TRUE(restored.value("delete_at"_L1).isNull());
    EXPECT_EQ(run({u"restore"_s, id}).code, 1) << "it is not put away";
    EXPECT_EQ(tell({u"delete"_s, id}).value("status"_L1).toString(), u"deleted"_s);
    expectNothingLeft();
}

} // namespace
} // namespace visgate
