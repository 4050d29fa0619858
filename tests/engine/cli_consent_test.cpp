// SPDX-License-Identifier: GPL-3.0-or-later
// What costs day and night, or more than was shown, is asked for first: on a terminal with a question, elsewhere it is
// refused with its price and what to say.
#include "tests/support/await.h"
#include "tests/support/cli_harness.h"

#include <QJsonArray>
#include <QStandardPaths>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

class CliConsent : public testing::Test, protected CliHarness {
protected:
    void SetUp() override
    {
        const Ran deployed = run({u"deploy"_s, u"stabilityai/sd-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
            u"--prompt"_s, u"a circle"_s, u"--json"_s});
        ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
        m_id = deployed.json()["deployment_id"_L1].toString();
    }
    [[nodiscard]] int leastAtPractice() const
    {
        return control("GET", u"/state"_s)["endpoints"_L1][0]["workers"_L1]["min"_L1].toInt(-1);
    }
    QString m_id;
};

TEST_F(CliConsent, MinimumWorkersAreRefusedWithTheirPriceUntilItIsAgreedTo)
{
    const Ran refused = run({u"scale"_s, m_id, u"--min"_s, u"1"_s});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err.toStdString(), testing::ContainsRegex("\\$[0-9,.]+ a month"));
    EXPECT_THAT(refused.err.toStdString(), testing::HasSubstr("--yes"));
    EXPECT_EQ(leastAtPractice(), 0) << "nothing is billed day and night unasked";
    const Ran asJson = run({u"scale"_s, m_id, u"--min"_s, u"1"_s, u"--json"_s});
    EXPECT_EQ(asJson.json()["details"_L1]["code"_L1].toString(), u"CONFIRMATION_NEEDED"_s);
    EXPECT_EQ(leastAtPractice(), 0);

    EXPECT_EQ(run({u"scale"_s, m_id, u"--min"_s, u"1"_s, u"--max"_s, u"2"_s, u"--yes"_s}).code, 0);
    EXPECT_EQ(leastAtPractice(), 1);
    EXPECT_EQ(run({u"scale"_s, m_id, u"--max"_s, u"3"_s}).code, 0) << "what was agreed to is not asked for again";
    EXPECT_EQ(run({u"scale"_s, m_id, u"--min"_s, u"2"_s}).code, 1) << "another worker is another price";
    EXPECT_EQ(leastAtPractice(), 1);
    EXPECT_EQ(run({u"scale"_s, m_id, u"--min"_s, u"0"_s}).code, 0) << "less is never asked for";
    EXPECT_EQ(leastAtPractice(), 0);
}

TEST_F(CliConsent, OnATerminalItIsAQuestion)
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        GTEST_SKIP() << "there is no script(1) to make a terminal with";
    const auto answered = [this](const char* word) {
        return script(
            u"printf '%1\\n' | script --quiet --return --command \"'$VISGATECTL' scale %2 --min 1\" /dev/null"_s.arg(
                QLatin1StringView(word), m_id));
    };
    const Ran declined = answered("no");
    EXPECT_THAT(declined.out.toStdString(), testing::ContainsRegex("\\$[0-9,.]+ a month"));
    EXPECT_THAT(declined.out.toStdString(), testing::HasSubstr("(y/N)"));
    EXPECT_EQ(leastAtPractice(), 0);
    EXPECT_EQ(answered("y").code, 0);
    EXPECT_EQ(leastAtPractice(), 1);
}

const QStringList kDeploy{
    u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--prompt"_s, u"a red circle"_s};

TEST(CliPrice, IsShownFirstAndADearerGpuAsksWhoeverWaits)
{
    const CliHarness cli;
    [[maybe_unused]] const QJsonObject running = cli.practice();
    cli.control("POST", u"/conditions"_s, {{u"kind"_s, u"no_capacity"_s}});
    QProcess deploy;
    cli.start(deploy, kDeploy + QStringList{u"--wait"_s});
    deploy.closeWriteChannel();
    deploy.setReadChannel(QProcess::StandardError);
    QByteArray said;
    while (!said.contains("visgatectl answer ") && deploy.waitForReadyRead(120'000))
        said += deploy.readAllStandardError();
    ASSERT_TRUE(said.contains("visgatectl answer ")) << said.toStdString();
    EXPECT_THAT(said.toStdString(), testing::ContainsRegex("at most \\$[0-9.]+/h[^?]*\\(\\+\\$[0-9.]+/h\\)\\?"))
        << "first the price, then what is dearer";
    EXPECT_EQ(cli.control("GET", u"/state"_s)["endpoints"_L1].toArray().size(), 0);
    cli.control("DELETE", u"/conditions"_s);
    const QString id = QString::fromUtf8(said.mid(said.indexOf("visgatectl answer ")).split(' ').at(2));
    EXPECT_EQ(cli.run({u"answer"_s, id, u"yes"_s}).code, 0);
    EXPECT_TRUE(deploy.waitForFinished(600'000));
    EXPECT_EQ(deploy.exitCode(), 0) << said.toStdString() << deploy.readAllStandardError().toStdString();
}

TEST(CliPrice, ACeilingOfOnesOwnTravelsWithTheRequest)
{
    const CliHarness cli;
    const Ran deployed = cli.run(kDeploy + QStringList{u"--max-price"_s, u"0.01"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.err.toStdString();
    const QString id = deployed.json()["deployment_id"_L1].toString();
    Ran shown;
    EXPECT_TRUE(test::waitUntil([&] {
        shown = cli.run({u"show"_s, id, u"--json"_s});
        return shown.json()["question"_L1].isObject();
    })) << shown.out.toStdString();
    EXPECT_NEAR(shown.json()["question"_L1]["usd_per_hour"_L1].toDouble()
            - shown.json()["question"_L1]["usd_per_hour_more"_L1].toDouble(),
        0.01, 1e-6);
    EXPECT_EQ(cli.control("GET", u"/state"_s)["endpoints"_L1].toArray().size(), 0);
}

} // namespace
} // namespace visgate
