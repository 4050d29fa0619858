// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and starting the practice process, with real processes.
#include "tests/contract/practice/launcher_fixture.h"

#include <fstream>
#include <thread>

namespace visgate::practice {
namespace {

TEST_F(Launcher, StartsOnceAndIsFoundAgain)
{
    EXPECT_FALSE(findRunning(m_folder));
    const auto first = findOrStart(m_folder, command());
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_EQ(first->rest, "http://127.0.0.1:" + std::to_string(first->port) + "/rest/v2");
    const auto second = findOrStart(m_folder, {"/nonexistent/program", {}});
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

TEST_F(Launcher, NamesTheProgramThatCannotBeStarted)
{
    const auto missing = findOrStart(m_folder, {"/nonexistent/program", {}});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::PracticeUnavailable);
    EXPECT_NE(missing.error().detail.find("program"), std::string::npos);
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
        std::ofstream(m_folder / "practice.json") << text;
        EXPECT_FALSE(findRunning(m_folder)) << text;
    }
}

} // namespace
} // namespace visgate::practice
