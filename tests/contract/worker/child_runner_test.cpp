// SPDX-License-Identifier: GPL-3.0-or-later
// A runner in a process of its own that misbehaves on demand: whatever it does costs the job in hand, and no more.
#include "captured_output.h"
#include "job_server.h"
#include "worker/events/output.h"
#include "worker/queue/runpod_queue.h"
#include "worker/runners/child_runner.h"
#include "worker/supervisor/scratch.h"
#include "worker/supervisor/supervisor.h"

#include <fstream>
#include <functional>
#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;

ChildRunner::Program naughty(const Environment& environment = {}, const std::string& name = "naughty")
{
    Environment all{{"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"PYTHONDONTWRITEBYTECODE", "1"}};
    all.insert(environment.begin(), environment.end());
    return {{"/usr/bin/env", {"python3", VISGATE_NAUGHTY_RUNNER, name}, all}, "naughty", false, {}};
}

constexpr ChildRunner::Patience shortly{300ms, 300ms};

class ChildRunnerTest : public testing::Test {
protected:
    void SetUp() override
    {
        if (!platform::ChildProcess::isPossible()) {
            GTEST_SKIP() << "this system's worker starts no runners";
        }
    }
    [[nodiscard]] Result<void> load(const http::CancelToken& cancel = {})
    {
        return runner.load([](const std::string&) {}, cancel);
    }
    [[nodiscard]] Result<Generated> draw(
        const std::string& prompt, const std::function<void()>& atStep = [] {}, const http::CancelToken& cancel = {})
    {
        Generation job;
        job.prompt = prompt;
        job.seed = 7;
        const auto onStep = [&](int i, int) {
            lastStep = i;
            atStep();
        };
        return runner.generate(
            job, scratch->folder(), {onStep, [this](RunnerPhase phase) { phases.push_back(phase); }}, cancel);
    }
    /// Cancelled as soon as it is at work.
    [[nodiscard]] Result<Generated> drawAndCancel(const std::string& prompt)
    {
        const http::CancelToken cancel;
        return draw(
            prompt, [&cancel] { cancel.cancel(); }, cancel);
    }
    /// Loaded again if it was lost, it draws.
    void expectThatItGoesOn()
    {
        if (!runner.isLoaded()) {
            ASSERT_TRUE(load());
        }
        const auto made = draw("draw");
        ASSERT_TRUE(made) << made.error().detail;
        EXPECT_EQ(made->pictures.size(), 1U);
    }
    std::vector<std::string> lines;
    ChildRunner runner{naughty(), [this](const std::string& line) { lines.push_back(line); }, shortly};
    Result<Scratch> scratch = Scratch::make();
    std::vector<RunnerPhase> phases;
    int lastStep = 0;
};

TEST_F(ChildRunnerTest, DrawsAndTellsWhatItIsAt)
{
    EXPECT_FALSE(runner.isLoaded());
    ASSERT_TRUE(load());
    EXPECT_TRUE(runner.isLoaded());
    EXPECT_EQ(runner.capabilities().steps.most, 9);
    const auto made = draw("draw");
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->pictures[0].seed, 7U);
    EXPECT_EQ(made->pictures[0].file.parent_path(), scratch->folder());
    EXPECT_THAT(phases, testing::ElementsAre(RunnerPhase::EncodeText));
    EXPECT_EQ(lastStep, 1);
    EXPECT_THAT(lines, testing::Contains("a line of a library"));
}

TEST_F(ChildRunnerTest, WhateverItDoesItCanBeHadAgain)
{
    ASSERT_TRUE(load());
    const std::vector<std::pair<std::string, std::string>> ways{{"crash", "status 3"}, {"killed", "status 137"},
        {"half", "status 4"}, {"orphan", "status 3"}, {"died", "status 139"}, {"noise", "cannot be read"},
        {"no json", "cannot be read"}, {"no type", "cannot be read"}, {"steps backwards", "step"}};
    for (const auto& [act, words] : ways) {
        const auto made = draw(act);
        ASSERT_FALSE(made) << act;
        EXPECT_THAT(made.error().detail, HasSubstr(words)) << act;
        EXPECT_FALSE(runner.isLoaded()) << act;
        expectThatItGoesOn();
    }
    EXPECT_THAT(lines, testing::Contains("about to end with 137"));
}

TEST_F(ChildRunnerTest, ALossWithNothingToDoIsNoticedBeforeTheNextJob)
{
    ASSERT_TRUE(load());
    for (const char* const act : {"draw and die", "draw and lose the model"}) {
        ASSERT_TRUE(draw(act)) << act;
        const auto late = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (runner.isLoaded()) {
            ASSERT_LT(std::chrono::steady_clock::now(), late) << act;
            runner.checkAlive();
        }
        expectThatItGoesOn();
    }
    EXPECT_THAT(lines, testing::Contains(HasSubstr("status 5, with nothing to do")));
    EXPECT_THAT(lines, testing::Contains(HasSubstr("status 139, with nothing to do")));
}

TEST_F(ChildRunnerTest, AFailureOfItsOwnLeavesItLoaded)
{
    ASSERT_TRUE(load());
    const auto made = draw("fail");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::OutOfGpuMemory);
    EXPECT_EQ(made.error().detail, "CUDA out of memory");
    for (const char* result : {"elsewhere", "wrong size", "nothing"}) {
        EXPECT_FALSE(draw(result)) << result;
    }
    EXPECT_TRUE(runner.isLoaded());
    expectThatItGoesOn();
}

TEST_F(ChildRunnerTest, StopsWhenItIsAskedToAndKeepsItsModel)
{
    ASSERT_TRUE(load());
    const auto made = drawAndCancel("wait");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(runner.isLoaded());
    expectThatItGoesOn();
}

TEST_F(ChildRunnerTest, OneThatDoesNotStopIsEnded)
{
    ASSERT_TRUE(load());
    const auto began = std::chrono::steady_clock::now();
    const auto made = drawAndCancel("hang");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 600ms) << "asked, then told, then ended";
    EXPECT_FALSE(runner.isLoaded());
    expectThatItGoesOn();
}

TEST(ChildRunnerLoad, CanBeStoppedOrFailInEveryWay)
{
    for (const char* act : {"wait", "hang"}) {
        ChildRunner runner(
            naughty({{"VISGATE_TEST_LOAD", act}}), [](const std::string&) {}, shortly);
        const http::CancelToken cancel;
        const auto onPhase = [&cancel](const std::string& phase) {
            if (phase == "reading weights") { // its own word: it is at work
                cancel.cancel();
            }
        };
        const auto loaded = runner.load(onPhase, cancel);
        ASSERT_FALSE(loaded) << act;
        EXPECT_EQ(loaded.error().code, ErrorCode::Cancelled) << act;
    }
    for (const char* act : {"fail", "crash", "noise", "nothing"}) {
        ChildRunner runner(
            naughty({{"VISGATE_TEST_LOAD", act}}), [](const std::string&) {}, shortly);
        EXPECT_FALSE(runner.load([](const std::string&) {}, {})) << act;
        EXPECT_FALSE(runner.isLoaded()) << act;
    }
    ChildRunner stranger(
        naughty({}, "somebody"), [](const std::string&) {}, shortly);
    EXPECT_FALSE(stranger.load([](const std::string&) {}, {}));
    ChildRunner missing(
        {{"/nonexistent/runner", {}, {}}, "naughty", false, {}}, [](const std::string&) {}, shortly);
    const auto loaded = missing.load([](const std::string&) {}, {});
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().detail, HasSubstr("/nonexistent/runner"));
}

/// The whole worker: the jobs before and after a loss have their pictures, and the provider hears of each job once.
TEST(ChildRunnerInAWorker, ALossCostsOneJobAndTheSecondInARowTheWorker)
{
    JobServer server;
    const std::vector<std::pair<std::string, std::string>> jobs{{"a", "draw"}, {"b", "crash"}, {"c", "draw"},
        {"d", "fail"}, {"e", "noise"}, {"f", "draw"}, {"g", "killed"}, {"h", "killed"}};
    for (const auto& [id, prompt] : jobs) {
        server.give(pictureJob(id, prompt));
    }
    Redactor redactor;
    redactor.addSecret("about to end"); // what a library prints is masked as well
    CapturedOutput text;
    Output output{text, redactor};
    Log log{output, LogLevel::Debug};
    RealClock clock;
    EventStream events{output, clock};
    const auto environment = server.environment();
    RunpodQueue queue({RunpodUrls(environment.at("RUNPOD_WEBHOOK_GET_JOB"),
                           environment.at("RUNPOD_WEBHOOK_POST_OUTPUT"), "", "worker-1"),
                          Secret("key"), 1000ms, 1024 * 1024, 90'000ms, 20ms, 100ms, 50ms},
        log);
    ChildRunner runner(
        naughty(), [&log](const std::string& line) { log.write(LogLevel::Info, line); }, shortly);
    Supervisor supervisor({{"model/name", "", "naughty", "", false}, {}, 5ms, 5s, 1s, [] { return std::uint64_t{1}; },
                              [](int) { FAIL() << "no runner in a process needs that"; }},
        queue, runner, events, log, redactor, clock);
    EXPECT_EQ(supervisor.run(), 1);
    for (const auto& [id, prompt] : jobs) {
        const auto sent = server.terminal(id);
        ASSERT_EQ(sent.size(), 1U) << id;
        EXPECT_EQ(sent[0].contains("error"), prompt != "draw") << id;
        EXPECT_EQ(sent[0].contains("stopPod"), id == "h") << id;
    }
    EXPECT_EQ(server.terminal("d")[0]["error"]["code"], "E_OUT_OF_MEMORY");
    EXPECT_THAT(server.terminal("g")[0]["error"]["message"].get<std::string>(), HasSubstr("137"));
    EXPECT_THAT(text.text(), HasSubstr("a line of a library"));
    EXPECT_THAT(text.text(), testing::Not(HasSubstr("about to end")));
}

} // namespace
} // namespace visgate::worker
