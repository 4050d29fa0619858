// SPDX-License-Identifier: GPL-3.0-or-later
// Where the command line's results go: a terminal that must not be commanded, a full disk, a reader who leaves.
#include "core/store/database.h"
#include "tests/support/cli_harness.h"

#include <QJsonArray>
#include <QStandardPaths>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::Ran;

TEST(CliOutput, ForeignTextCommandsNoTerminal)
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        GTEST_SKIP() << "there is no script(1) to make a terminal with";
    const CliHarness cli;
    const QString prompt
        = u"a red circle \x1b]0;owned\x07\x1b[2J"_s + QChar(0x9b) + u"8m"_s + QChar(0x202e) + u"\nand more"_s;
    const Ran deployed = cli.run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a red circle"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    // What is typed now holds nothing of the kind; what is stored may.
    {
        const auto database = Database::open(cli.dataFolder() + "/visgate.db"_L1);
        ASSERT_TRUE(database.has_value());
        const auto changed
            = (*database)->run(u"UPDATE jobs SET record = json_set(record, '$.input.prompt', ?)"_s, {prompt});
        ASSERT_TRUE(changed.has_value()) << changed.error().detail;
        ASSERT_EQ(changed->numRowsAffected(), 1);
    }
    const QString id = deployed.json().value("deployment_id"_L1).toString();

    for (const char* command : {"jobs", "jobs --json"}) {
        const Ran shown
            = cli.script(u"script --quiet --return --command \"'$VISGATECTL' %1\" /dev/null < /dev/null"_s.arg(
                QString::fromLatin1(command)));
        EXPECT_EQ(shown.code, 0) << shown.err.toStdString();
        const QString text = QString::fromUtf8(shown.out);
        EXPECT_TRUE(text.contains(u"a red circle \\u001b]0;owned\\u0007\\u001b[2J\\u009b8m\\u202e"_s))
            << shown.out.toStdString();
        for (const char16_t c : {u'\x1b', u'\x07', char16_t(0x9b), char16_t(0x202e)})
            EXPECT_FALSE(text.contains(QChar(c))) << command << ": " << int(c);
    }
    // A table stays one, and its file gets what was written.
    const Ran filed = cli.run({u"jobs"_s});
    EXPECT_TRUE(filed.out.contains("\x1b]0;owned\x07")) << filed.out.toStdString();
    EXPECT_EQ(filed.out.count('\n'), 3) << "a heading, a job, the second line of its prompt: "
                                        << filed.out.toStdString();
    EXPECT_EQ(cli.run({u"delete"_s, id}).code, 0);
}

TEST(CliOutput, ResultsThatCannotBeWrittenAreAFailure)
{
    const CliHarness cli;
    for (const char* command : {"list", "list --json", "--help", "completion bash", "gpus --target practice"}) {
        const Ran ran = cli.script(u"\"$VISGATECTL\" %1 > /dev/full"_s.arg(QString::fromLatin1(command)));
        EXPECT_EQ(ran.code, 1) << command;
        EXPECT_TRUE(ran.err.contains("standard output: ")) << command << ": " << ran.err.toStdString();
    }
    EXPECT_EQ(cli.script(u"set -o pipefail; \"$VISGATECTL\" completion bash | head -c 1"_s).code, 0)
        << "a reader who has seen enough is no failure";
    EXPECT_EQ(cli.script(u"\"$(dirname \"$VISGATECTL\")/visgate-worker\" --help > /dev/full"_s).code, 1);
}

} // namespace
} // namespace visgate
