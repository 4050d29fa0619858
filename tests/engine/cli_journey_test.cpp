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
    while (!said.contains("Getting the model") && process.waitForReadyRead(60'000))
        said += process.readAllStandardError();
    process.terminate();
    ASSERT_TRUE(process.waitForFinished(120'000));
    EXPECT_EQ(process.exitCode(), 5) << said.toStdString() << process.readAllStandardError().toStdString();
    expectNothingLeft();
}

} // namespace
} // namespace visgate
