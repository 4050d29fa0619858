// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs as children, on every system: what they say, how they end, and that all of them end.
#include "core/foundation/path_text.h"
#include "core/practice/platform/child_process.h"
#include "core/practice/platform/file.h"
#include "core/practice/storage/file_text.h"
#include "tests/unit/foundation/temp_folder.h"
#include "tests/unit/foundation/wait_until.h"

#include <gmock/gmock.h>

namespace visgate::practice::platform {
namespace {

using test::TempFolder;
using test::waitUntil;
using testing::HasSubstr;

constexpr int kKilled = 128 + 9;

class ChildProcessTest : public testing::Test {
protected:
    ChildProcessTest() { std::filesystem::create_directory(m_scratch); }

    [[nodiscard]] std::unique_ptr<ChildProcess> start(const Command& command) const
    {
        auto child = ChildProcess::start(command, {{"VISGATE_TEST", "ğ"}}, m_scratch);
        EXPECT_TRUE(child) << child.error().detail;
        return child ? std::move(*child) : nullptr;
    }

    /// What the child has said until it has ended.
    [[nodiscard]] static std::vector<std::string> untilEnd(ChildProcess& child)
    {
        std::vector<std::string> lines;
        const auto collect = [&] {
            for (std::string& line : child.readLines())
                lines.push_back(std::move(line));
        };
        EXPECT_TRUE(waitUntil([&] {
            collect();
            return child.exitStatus().has_value();
        }));
        collect();
        return lines;
    }

    /// Practice itself, which runs until it is told to end, and says where it is when it can be told.
    [[nodiscard]] std::unique_ptr<ChildProcess> startHost() const
    {
        auto host = start({PRACTICE_HOST_PROGRAM, {"--data", toUtf8(m_data)}});
        EXPECT_TRUE(host && waitUntil([&] { return !host->readLines().empty(); }));
        return host;
    }

    TempFolder m_folder;
    std::filesystem::path m_scratch
        = std::filesystem::path(m_folder.file("x")).parent_path() / pathFromUtf8("çalışma dağ");
    std::filesystem::path m_data = m_scratch / pathFromUtf8("veri ğ 1");
};

TEST_F(ChildProcessTest, SaysItsLinesAndHowItEnded)
{
    const auto child = start({VISGATE_WORKER_PROGRAM, {"--version"}});
    ASSERT_TRUE(child);
    EXPECT_THAT(untilEnd(*child), testing::ElementsAre("visgate-worker " VISGATE_VERSION));
    EXPECT_EQ(child->exitStatus(), 0);
    EXPECT_FALSE(processExists(child->pid()));
}

TEST_F(ChildProcessTest, GetsItsArgumentsAsTheyAre)
{
    for (const std::string argument : {"--a b", "--ğ\"q\" \\", "--\\\\\"", "--"}) {
        const auto child = start({VISGATE_WORKER_PROGRAM, {"--once", "x", argument, "1"}});
        ASSERT_TRUE(child);
        EXPECT_THAT(untilEnd(*child), testing::Contains("Unknown argument " + argument));
        EXPECT_EQ(child->exitStatus(), 2);
    }
}

TEST_F(ChildProcessTest, IsAskedToEndAndEndsByItself)
{
    const auto host = startHost();
    ASSERT_TRUE(host);
    EXPECT_TRUE(processExists(host->pid()));
    host->terminate();
    (void)untilEnd(*host);
    EXPECT_EQ(host->exitStatus(), 0);
}

TEST_F(ChildProcessTest, IsEndedByForce)
{
    const auto host = startHost();
    ASSERT_TRUE(host);
    host->kill();
    (void)untilEnd(*host);
    EXPECT_EQ(host->exitStatus(), kKilled);
}

TEST_F(ChildProcessTest, EndsWithItsOwner)
{
    auto host = startHost();
    ASSERT_TRUE(host);
    const long pid = host->pid();
    host.reset();
    EXPECT_FALSE(processExists(pid));
}

TEST_F(ChildProcessTest, ThatCannotStartSaysWhich)
{
    const auto child = ChildProcess::start({m_scratch / "no such program", {}}, {}, m_scratch);
    ASSERT_FALSE(child);
    EXPECT_THAT(child.error().detail, HasSubstr("no such program"));
}

TEST_F(ChildProcessTest, OutlivesItsParentsHandsWhenDetached)
{
    const auto log = m_scratch / pathFromUtf8("günlük.log");
    ASSERT_TRUE(startDetached({VISGATE_WORKER_PROGRAM, {"--version"}}, log));
    EXPECT_TRUE(waitUntil([&] { return readFile(log).find("visgate-worker " VISGATE_VERSION) != std::string::npos; }));
    const auto failed = startDetached({m_scratch / "no such program", {}}, log);
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().detail, HasSubstr("no such program"));
}

} // namespace
} // namespace visgate::practice::platform
