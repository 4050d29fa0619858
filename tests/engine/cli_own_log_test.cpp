// SPDX-License-Identifier: GPL-3.0-or-later
// What the program writes of itself: a file that tells what went wrong and holds no key, and the same said aloud.
#include "tests/support/cli_harness.h"

#include <QDir>
#include <QFile>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class CliOwnLog : public testing::Test, protected CliHarness {
protected:
    [[nodiscard]] std::string written() const
    {
        QFile file(dataFolder() + "/logs/visgate.log"_L1);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
};

TEST_F(CliOwnLog, TellsWhatHappenedByPartAndNoKey)
{
    actAsRunpod(practice(), u"127.0.0.1:1/visgate/practice-worker:1"_s);
    const QByteArray key = "rpa_planted0123456789planted";
    EXPECT_EQ(run({u"keys"_s, u"set"_s, u"runpod"_s}, key + '\n').code, 1);
    const Ran deployed
        = run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.err.toStdString();
    const std::string id = deployed.json().value("deployment_id"_L1).toString().toStdString();
    EXPECT_EQ(run({u"delete"_s, QString::fromStdString(id)}).code, 0);

    const std::string log = written();
    EXPECT_THAT(log, ContainsRegex("info \\[program\\] Visgate .* owns "));
    EXPECT_THAT(log, ContainsRegex("warning \\[network\\] [A-Z]+ http://127[^ ]*: 401 in [0-9]+ ms"));
    EXPECT_THAT(log, HasSubstr("[engine] " + id + ": Deleted"));
    EXPECT_THAT(log, Not(HasSubstr(" debug [")));
    EXPECT_THAT(log, Not(HasSubstr(key.toStdString())));
}

TEST_F(CliOwnLog, HasTheLevelsOfTheSettings)
{
    setting(u"log/levels"_s, u"error, network=debug"_s);
    EXPECT_EQ(run({u"gpus"_s, u"--target"_s, u"practice"_s}).code, 0);
    EXPECT_THAT(written(), ContainsRegex("debug \\[network\\] GET http://127[^ ]*: 200 in "));
    EXPECT_THAT(written(), Not(HasSubstr("[program]")));
}

TEST_F(CliOwnLog, VerboseSaysItAloudAndLeavesTheResultAlone)
{
    const Ran quiet = run({u"list"_s, u"--json"_s});
    const Ran verbose = run({u"list"_s, u"--json"_s, u"--verbose"_s});
    EXPECT_EQ(quiet.err, QByteArray());
    EXPECT_EQ(verbose.out, quiet.out);
    EXPECT_THAT(verbose.err.toStdString(), ContainsRegex("\\[program\\] Visgate .* owns "));
    EXPECT_THAT(verbose.err.toStdString(), HasSubstr("debug [program] visgatectl ends with 0"));
}

} // namespace
} // namespace visgate
