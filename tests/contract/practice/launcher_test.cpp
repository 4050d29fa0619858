// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and starting the practice process, with real processes.
#include "core/foundation/http/client.h"
#include "core/practice/launcher.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

namespace visgate::practice {
namespace {

class Launcher : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "practice-launcher-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_root = pattern;
        m_folder = m_root + "/practice";
    }

    void TearDown() override
    {
        if (const auto running = findRunning(m_folder)) {
            EXPECT_TRUE(shutDown(*running));
        }
        std::filesystem::remove_all(m_root);
    }

    [[nodiscard]] std::vector<std::string> command() const { return {PRACTICE_HOST_PROGRAM, "--data", m_folder}; }

    /// Ends the process and waits until its folder is free.
    [[nodiscard]] bool shutDown(const Addresses& running) const
    {
        http::Peer peer;
        peer.port = running.port;
        http::Client client(peer);
        http::Request request;
        request.method = "POST";
        request.target = "/__practice__/shutdown";
        const auto reply = client.send(request, std::chrono::seconds(10));
        return reply && reply->status == 200 && waitUntilGone(running.pid);
    }

    [[nodiscard]] static bool waitUntilGone(long pid)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (kill(static_cast<pid_t>(pid), 0) == 0) {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return true;
    }

    std::string m_root;
    std::string m_folder;
};

TEST_F(Launcher, StartsOnceAndIsFoundAgain)
{
    EXPECT_FALSE(findRunning(m_folder));
    const auto first = findOrStart(m_folder, command());
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_EQ(first->rest, "http://127.0.0.1:" + std::to_string(first->port) + "/rest/v2");
    const auto second = findOrStart(m_folder, {"/nonexistent/program"});
    ASSERT_TRUE(second) << second.error().detail;
    EXPECT_EQ(second->pid, first->pid);

    ASSERT_TRUE(shutDown(*first));
    EXPECT_FALSE(findRunning(m_folder));
    const auto third = findOrStart(m_folder, command());
    ASSERT_TRUE(third) << third.error().detail;
    EXPECT_NE(third->pid, first->pid);
}

TEST_F(Launcher, TwoAtOnceEndWithTheSameProcess)
{
    Result<Addresses> other;
    std::thread rival([&] { other = findOrStart(m_folder, command()); });
    const auto mine = findOrStart(m_folder, command());
    rival.join();
    ASSERT_TRUE(mine) << mine.error().detail;
    ASSERT_TRUE(other) << other.error().detail;
    EXPECT_EQ(mine->pid, other->pid);
}

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

TEST_F(Launcher, TellsWhyItCouldNotStart)
{
    const auto missing = findOrStart(m_folder, {"/nonexistent/program"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::PracticeUnavailable);
    EXPECT_NE(missing.error().detail.find("/nonexistent/program"), std::string::npos);

    const auto refusing
        = findOrStart(m_folder, {"/bin/sh", "-c", "echo out of luck; exit 3"}, {}, std::chrono::milliseconds(300));
    ASSERT_FALSE(refusing);
    EXPECT_EQ(refusing.error().code, ErrorCode::PracticeUnavailable);
    EXPECT_EQ(refusing.error().detail, "out of luck");
}

TEST_F(Launcher, WhoeverQuitsIsNotHeldUpByOneThatDoesNotComeUp)
{
    const http::CancelToken quitting;
    std::optional<Result<Addresses>> outcome;
    const std::string begun = m_folder + "/begun";
    std::thread starting([&] {
        outcome = findOrStart(m_folder, {"/bin/sh", "-c", "touch " + begun}, quitting, std::chrono::hours(1));
    });
    while (!std::filesystem::exists(begun))
        std::this_thread::yield();
    quitting.cancel();
    starting.join();
    ASSERT_TRUE(outcome && !*outcome);
    EXPECT_EQ(outcome->error().code, ErrorCode::Cancelled);
}

TEST_F(Launcher, OneServerAFolder)
{
    ServeOptions options;
    options.dataFolder = m_folder;
    {
        const auto server = PracticeServer::start(options);
        ASSERT_TRUE(server) << server.error().detail;
        EXPECT_FALSE((*server)->isOver());
        const auto rival = PracticeServer::start(options);
        ASSERT_FALSE(rival);
        EXPECT_EQ(rival.error().code, ErrorCode::AlreadyServed);
        const auto found = findRunning(m_folder);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->port, (*server)->addresses().port);
    }
    const auto again = PracticeServer::start(options);
    EXPECT_TRUE(again) << again.error().detail;
}

TEST_F(Launcher, AForeignPracticeFileIsNotBelieved)
{
    std::filesystem::create_directories(m_folder);
    for (const char* text : {"", "nonsense", "{}", R"({"port":"x","pid":1})", R"({"port":1,"pid":1})"}) {
        std::ofstream(m_folder + "/practice.json") << text;
        EXPECT_FALSE(findRunning(m_folder)) << text;
    }
}

} // namespace
} // namespace visgate::practice
