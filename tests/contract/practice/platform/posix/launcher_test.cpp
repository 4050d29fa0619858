// SPDX-License-Identifier: GPL-3.0-or-later
// A practice process that is killed, that ends at once, and that does not come up.
#include "tests/contract/practice/launcher_fixture.h"

#include <csignal>
#include <optional>
#include <thread>

namespace visgate::practice {
namespace {

TEST_F(Launcher, AKilledProcessIsReplaced)
{
    const auto first = findOrStart(m_folder, command());
    ASSERT_TRUE(first) << first.error().detail;
    ASSERT_EQ(kill(static_cast<pid_t>(first->pid), SIGKILL), 0);
    ASSERT_TRUE(waitUntilGone(first->pid));
    EXPECT_FALSE(findRunning(m_folder));
    const auto second = findOrStart(m_folder, command());
    ASSERT_TRUE(second) << second.error().detail;
    EXPECT_NE(second->pid, first->pid);
}

TEST_F(Launcher, TellsTheLastWordsOfOneThatEnded)
{
    const auto refusing
        = findOrStart(m_folder, {"/bin/sh", {"-c", "echo out of luck; exit 3"}}, {}, std::chrono::milliseconds(300));
    ASSERT_FALSE(refusing);
    EXPECT_EQ(refusing.error().code, ErrorCode::PracticeUnavailable);
    EXPECT_EQ(refusing.error().detail, "out of luck");
}

TEST_F(Launcher, WhoeverQuitsIsNotHeldUpByOneThatDoesNotComeUp)
{
    const http::CancelToken quitting;
    std::optional<Result<Addresses>> outcome;
    const std::filesystem::path begun = m_folder / "begun";
    std::thread starting([&] {
        outcome = findOrStart(
            m_folder, {"/bin/sh", {"-c", "touch \"" + begun.string() + "\""}}, quitting, std::chrono::hours(1));
    });
    while (!std::filesystem::exists(begun))
        std::this_thread::yield();
    quitting.cancel();
    starting.join();
    ASSERT_TRUE(outcome && !*outcome);
    EXPECT_EQ(outcome->error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace visgate::practice
