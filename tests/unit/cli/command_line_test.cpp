// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/help.h"

#include <gtest/gtest.h>

namespace visgate::cli {
namespace {

using namespace Qt::Literals::StringLiterals;

tl::expected<Invocation, Failure> parse(const QString& line)
{
    return parseCommandLine(allCommands(), line.split(u' ', Qt::SkipEmptyParts));
}

TEST(CommandLineTest, OptionsMayStandAnywhere)
{
    const auto parsed = parse(u"deploy --json org/model --target=practice --wait --speed 60"_s);
    ASSERT_TRUE(parsed) << parsed.error().usage.toStdString();
    ASSERT_TRUE(parsed->command);
    EXPECT_EQ(parsed->command->name, u"deploy"_s);
    EXPECT_EQ(parsed->arguments, QStringList{u"org/model"_s});
    EXPECT_TRUE(parsed->has("json"));
    EXPECT_EQ(parsed->text("target"), u"practice"_s);
    EXPECT_EQ(parsed->number("speed", 0.0), 60.0);
}

TEST(CommandLineTest, TheLongestNameWins)
{
    const auto search = parse(u"models search turbo"_s);
    ASSERT_TRUE(search);
    EXPECT_EQ(search->command->name, u"models search"_s);
    EXPECT_EQ(search->arguments, QStringList{u"turbo"_s});
    const auto models = parse(u"models"_s);
    ASSERT_TRUE(models);
    EXPECT_EQ(models->command->name, u"models"_s);
}

TEST(CommandLineTest, AValueThatLooksLikeACommandIsAValue)
{
    const auto parsed = parse(u"--lang tr deploy org/model --prompt list"_s);
    ASSERT_TRUE(parsed) << parsed.error().usage.toStdString();
    EXPECT_EQ(parsed->command->name, u"deploy"_s);
    EXPECT_EQ(parsed->text("prompt"), u"list"_s);
}

class BadLineTest : public testing::TestWithParam<const char*> { };

TEST_P(BadLineTest, IsRefusedWithASentence)
{
    const auto parsed = parse(QString::fromLatin1(GetParam()));
    ASSERT_FALSE(parsed);
    EXPECT_FALSE(parsed.error().error);
    EXPECT_TRUE(parsed.error().usage.endsWith(u'.')) << parsed.error().usage.toStdString();
}

INSTANTIATE_TEST_SUITE_P(Lines, BadLineTest,
    testing::Values("dance", "deploy", "deploy a/b c/d", "deploy a/b --nonsense", "deploy a/b --target Mars!",
        "deploy a/b --speed fast", "deploy a/b --speed 0", "deploy a/b --speed", "deploy a/b --wait --wait",
        "deploy a/b --wait=yes", "list --limit 0", "keys set", "practice serve --port 70000"));

TEST(CommandLineTest, AMistakePointsToTheCommandsOwnHelp)
{
    const auto parsed = parse(u"keys set"_s);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().command, u"keys set"_s);
    EXPECT_EQ(parse(u"deploy a/b --nonsense"_s).error().command, u"deploy"_s);
    EXPECT_TRUE(parse(u"dance"_s).error().command.isEmpty());
}

TEST(CommandLineTest, TheFirstWordOfCommandsAloneIsAskingForTheirHelp)
{
    const auto parsed = parse(u"practice"_s);
    ASSERT_TRUE(parsed) << parsed.error().usage.toStdString();
    EXPECT_EQ(parsed->group, u"practice"_s);
    EXPECT_EQ(groupManual(allCommands(), parsed->group), manual(*parse(u"practice serve"_s)->command));
    EXPECT_TRUE(groupManual(allCommands(), u"keys"_s).contains("keys forget"_L1));
    EXPECT_FALSE(parse(u"practice dance"_s));
}

TEST(CommandLineTest, EveryCommandExplainsItself)
{
    const QString all = overview(allCommands());
    for (const Command& command : allCommands()) {
        EXPECT_TRUE(all.contains(command.name)) << command.name.toStdString();
        const QString text = manual(command);
        for (const Option& option : command.options)
            EXPECT_TRUE(text.contains("--"_L1 + QLatin1String(option.name))) << option.name;
        EXPECT_TRUE(command.run) << command.name.toStdString();
        const auto help = parse(command.name + u" --help"_s);
        ASSERT_TRUE(help) << command.name.toStdString();
        EXPECT_TRUE(help->help);
    }
}

TEST(CommandLineTest, ExitCodesTellTheKindsOfFailureApart)
{
    EXPECT_EQ(exitCodeFor(ErrorCode::OutOfGpuMemory), ExitCode::Failed);
    EXPECT_EQ(exitCodeFor(ErrorCode::KeyMissing), ExitCode::MissingPrerequisite);
    EXPECT_EQ(exitCodeFor(ErrorCode::ModelNotFound), ExitCode::NotFound);
    EXPECT_EQ(exitCodeFor(ErrorCode::Cancelled), ExitCode::Interrupted);
}

} // namespace
} // namespace visgate::cli
