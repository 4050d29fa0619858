// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's life with a runner that misbehaves on demand, against the scripted queue.
#include "captured_output.h"
#include "job_server.h"
#include "obedient_runner.h"
#include "worker/events/output.h"
#include "worker/queue/runpod_queue.h"
#include "worker/supervisor/supervisor.h"

#include <gmock/gmock.h>
#include <sstream>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class SupervisorTest : public testing::Test {
protected:
    void start()
    {
        const auto environment = server.environment();
        queue = std::make_unique<RunpodQueue>(
            RunpodQueue::Options{RunpodUrls(environment.at("RUNPOD_WEBHOOK_GET_JOB"),
                                     environment.at("RUNPOD_WEBHOOK_POST_OUTPUT"), "", "worker-1"),
                Secret("key"), 1000ms, 1024 * 1024, 90'000ms, 20ms, 100ms, 50ms},
            log);
        Supervisor::Settings settings{{"model/name", "", "obedient", "", true}, limits, 2ms, 1s, 1s,
            [] { return std::uint64_t{1}; },
            [this](int code) {
                runner.release();
                abandoned = code;
                supervisor->leave("abandoned", code);
            },
            upload};
        supervisor = std::make_unique<Supervisor>(settings, *queue, runner, events, log, redactor, clock);
        thread = std::thread([this] { exitCode = supervisor->run(); });
    }
    int end()
    {
        supervisor->leave("asked to", 0);
        return join();
    }
    int join()
    {
        thread.join();
        return exitCode;
    }
    std::vector<json> eventsOf(const std::string& type)
    {
        std::vector<json> found;
        std::istringstream lines(text.text());
        for (std::string line; std::getline(lines, line);) {
            const auto event = json::parse(line);
            if (event.value("type", "") == type) {
                found.push_back(event);
            }
        }
        return found;
    }

    JobServer server;
    ObedientRunner runner;
    std::function<std::string(std::vector<PictureFile>&, const UploadTarget&, const http::CancelToken&)> upload;
    VirtualClock clock{TimePoint{}};
    Watchdog::Limits limits;
    Redactor redactor;
    CapturedOutput text;
    Output output{text, redactor};
    Log log{output, LogLevel::Debug};
    EventStream events{output, clock};
    std::unique_ptr<RunpodQueue> queue;
    std::unique_ptr<Supervisor> supervisor;
    std::thread thread;
    int exitCode = -1;
    std::atomic<int> abandoned{-1};
};

TEST_F(SupervisorTest, DoesAJobAndTellsTheStory)
{
    server.give(pictureJob("j1", "draw"));
    start();
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(end(), 0);
    const auto messages = server.messages("j1");
    EXPECT_EQ(messages.back()["output"]["artifacts"].size(), 1U);
    for (const char* phase : {"queue", "load", "first_step", "step", "decode", "steps", "encode"}) {
        EXPECT_TRUE(messages.back()["output"]["timings"].contains(phase)) << phase;
    }
    std::vector<std::string> story;
    std::istringstream lines(text.text());
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto event = json::parse(line);
        if (event.contains("visgate")) {
            EXPECT_EQ(event["seq"], ++number);
            story.push_back(event["type"]);
        }
    }
    EXPECT_THAT(story, testing::ElementsAre("load", "ready", "step", "step", "result", "leaving"));
}

TEST_F(SupervisorTest, ProgressCarriesStepAndLatestEvents)
{
    server.give(pictureJob("j1", "wait"));
    start();
    runner.waitUntilRunning();
    ASSERT_TRUE(server.waitUntil([this] { return !server.messages("j1").empty(); }));
    const auto progress = server.messages("j1").front();
    EXPECT_EQ(progress["status"], "IN_PROGRESS");
    EXPECT_EQ(progress["output"]["step"], 1);
    EXPECT_EQ(progress["output"]["steps"], 2);
    EXPECT_EQ(progress["output"]["events"].back()["type"], "step");
    server.stop("j1");
    EXPECT_EQ(end(), 0);
}

TEST_F(SupervisorTest, AStoppedJobSaysNothingAndTheNextOneRuns)
{
    server.give(pictureJob("j1", "wait"));
    start();
    runner.waitUntilRunning();
    server.stop("j1");
    server.give(pictureJob("j2", "draw"));
    ASSERT_TRUE(server.waitForTerminal("j2"));
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(server.terminal("j1").size(), 0U);
    EXPECT_EQ(server.terminal("j2").size(), 1U);
}

TEST_F(SupervisorTest, AStopThatComesTooLateHarmsNobody)
{
    server.give(pictureJob("j1", "draw"));
    start();
    ASSERT_TRUE(server.waitForTerminal("j1"));
    runner.waitUntilRunning();
    server.stop("j1");
    server.give(pictureJob("j2", "wait"));
    runner.waitUntilRunning();
    server.stop("j1");
    server.stop("j2");
    server.give(pictureJob("j3", "draw"));
    ASSERT_TRUE(server.waitForTerminal("j3"));
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(server.terminal("j1").size(), 1U);
    EXPECT_EQ(server.terminal("j2").size(), 0U);
}

TEST_F(SupervisorTest, AskedToLeaveItFinishesTheJobInHand)
{
    server.give(pictureJob("j1", "hang"));
    start();
    runner.waitUntilRunning();
    supervisor->leave("asked to", 0);
    EXPECT_EQ(server.terminal("j1").size(), 0U);
    runner.release();
    EXPECT_EQ(join(), 0);
    EXPECT_EQ(server.terminal("j1").size(), 1U);
    EXPECT_EQ(eventsOf("leaving").size(), 1U);
}

TEST_F(SupervisorTest, LeavesAfterThreeFailuresInARowAndTellsTheProvider)
{
    for (const char* id : {"f1", "f2"}) {
        server.give(pictureJob(id, "fail"));
    }
    server.give(pictureJob("bad", "")); // bad input is nobody's failure
    server.give(pictureJob("f3", "fail"));
    start();
    EXPECT_EQ(join(), 1);
    EXPECT_FALSE(server.terminal("f2")[0].contains("stopPod"));
    EXPECT_EQ(server.terminal("f3")[0]["stopPod"], true);
    EXPECT_EQ(server.terminal("f3")[0]["error"]["code"], "E_RUNTIME");
    EXPECT_EQ(server.terminal("bad")[0]["error"]["code"], "E_INPUT");
    EXPECT_EQ(eventsOf("leaving").size(), 1U);
}

TEST_F(SupervisorTest, LeavesWhenIdleButNotWhileItWorks)
{
    limits.idle = 100s;
    limits.stepLeast = 3600s;
    server.give({{"id", "j1"}, {"input", {{"prompt", "wait"}}}, {"policy", {{"executionTimeout", 3'600'000}}}});
    start();
    runner.waitUntilRunning();
    clock.advance(1000s);
    server.give({{"id", "j2"}, {"input", {{"debug", true}}}});
    EXPECT_TRUE(eventsOf("leaving").empty());
    server.stop("j1");
    ASSERT_TRUE(server.waitForTerminal("j2"));
    ASSERT_TRUE(server.waitUntil([this] { return server.arrived("take").size() == 3; }));
    clock.advance(101s);
    EXPECT_EQ(join(), 0);
    EXPECT_EQ(eventsOf("leaving").back()["reason"], "idle");
}

TEST_F(SupervisorTest, AJobPastItsDeadlineIsEndedAndSaid)
{
    server.give({{"id", "j1"}, {"input", {{"prompt", "wait"}}}, {"policy", {{"executionTimeout", 5000}}}});
    start();
    runner.waitUntilRunning();
    clock.advance(6s);
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(server.terminal("j1")[0]["error"]["code"], "E_TIMEOUT");
    EXPECT_EQ(end(), 0);
}

TEST_F(SupervisorTest, ARunnerThatHangsCostsTheWorkerNotTheAnswer)
{
    server.give(pictureJob("j1", "hang"));
    start();
    runner.waitUntilRunning();
    clock.advance(2h);
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(join(), 1);
    EXPECT_EQ(abandoned, 1);
    const auto sent = server.terminal("j1");
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0]["error"]["code"], "E_TIMEOUT");
    EXPECT_EQ(sent[0]["stopPod"], true);
}

/// It would be billed, and say with its heart-beats that all is well, for as long as it hangs.
TEST_F(SupervisorTest, ARunnerThatHangsIsEndedThoughItsJobIsNoLongerWanted)
{
    server.give(pictureJob("j1", "hang"));
    start();
    runner.waitUntilRunning();
    server.stop("j1");
    EXPECT_EQ(join(), 1);
    EXPECT_EQ(abandoned, 1);
    EXPECT_TRUE(server.terminal("j1").empty());
    EXPECT_EQ(eventsOf("failed").back()["code"], "E_TIMEOUT");
    EXPECT_EQ(eventsOf("leaving").size(), 1U);
}

TEST_F(SupervisorTest, AJobThatIsStoppedWhileItsPicturesAreUploadedSaysNothing)
{
    upload = [this](std::vector<PictureFile>&, const UploadTarget& target, const http::CancelToken& cancel) {
        if (target.addresses.empty()) {
            return std::string();
        }
        server.stop("j1");
        while (!cancel.isCancelled()) {
            std::this_thread::sleep_for(2ms);
        }
        return std::string("cancelled");
    };
    auto job = pictureJob("j1", "draw");
    job["input"]["upload_urls"] = {"https://bucket.example/1"};
    server.give(job);
    server.give(pictureJob("j2", "draw"));
    start();
    ASSERT_TRUE(server.waitForTerminal("j2"));
    EXPECT_EQ(end(), 0);
    EXPECT_TRUE(server.terminal("j1").empty());
    EXPECT_EQ(eventsOf("result").size(), 1U);
}

TEST_F(SupervisorTest, APictureThatCannotBeUploadedInTimeComesWithTheResult)
{
    std::atomic<bool> isUploading{false};
    upload = [&](std::vector<PictureFile>&, const UploadTarget&, const http::CancelToken& cancel) {
        isUploading = true;
        while (!cancel.isCancelled()) {
            std::this_thread::sleep_for(2ms);
        }
        return std::string("too slow");
    };
    auto job = pictureJob("j1", "draw");
    job["input"]["upload_urls"] = {"https://bucket.example/1"};
    job["policy"]["executionTimeout"] = 3'600'000;
    server.give(job);
    start();
    ASSERT_TRUE(server.waitUntil([&] { return isUploading.load(); }));
    clock.advance(limits.upload + 1s);
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(end(), 0);
    const auto result = server.terminal("j1")[0]["output"];
    EXPECT_EQ(result["upload_error"], "too slow");
    EXPECT_TRUE(result["artifacts"][0].contains("data"));
}

/// Somebody else's worker, which is ready, could do it meanwhile.
TEST_F(SupervisorTest, TakesNoJobBeforeTheModelIsThere)
{
    runner.loadTakes = ObedientRunner::Takes::UntilReleased;
    server.give(pictureJob("j1", "draw"));
    start();
    runner.waitUntilLoading();
    ASSERT_TRUE(server.waitUntil([this] { return !server.arrived("stop").empty(); }));
    EXPECT_TRUE(server.arrived("take").empty());
    runner.release();
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(end(), 0);
}

TEST_F(SupervisorTest, AskedToLeaveWhileItLoadsItDoesNotWaitForTheModel)
{
    runner.loadTakes = ObedientRunner::Takes::UntilCancelled;
    start();
    runner.waitUntilLoading();
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(abandoned, -1);
    EXPECT_TRUE(eventsOf("failed").empty()) << "nothing failed";
    EXPECT_EQ(eventsOf("leaving").size(), 1U);
}

TEST_F(SupervisorTest, AskedToLeaveItLeavesBehindALoadThatDoesNotStop)
{
    runner.loadTakes = ObedientRunner::Takes::UntilReleased;
    start();
    runner.waitUntilLoading();
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(abandoned, 0);
    EXPECT_TRUE(eventsOf("failed").empty());
    EXPECT_EQ(eventsOf("leaving").size(), 1U);
}

TEST_F(SupervisorTest, ALoadThatTakesTooLongIsSaidAndEndsTheWorker)
{
    for (const auto takes : {ObedientRunner::Takes::UntilCancelled, ObedientRunner::Takes::UntilReleased}) {
        runner.loadTakes = takes;
        start();
        runner.waitUntilLoading();
        clock.advance(limits.loadSilence + 1s);
        EXPECT_EQ(join(), 1);
        EXPECT_EQ(eventsOf("failed").back()["code"], "E_LOAD_TIMEOUT");
    }
    EXPECT_EQ(eventsOf("failed").size(), 2U);
    EXPECT_EQ(eventsOf("leaving").size(), 2U);
}

TEST_F(SupervisorTest, AModelThatDoesNotLoadIsSaidAndEndsTheWorker)
{
    runner.failsToLoad = true;
    start();
    EXPECT_EQ(join(), 1);
    ASSERT_EQ(eventsOf("failed").size(), 1U);
    EXPECT_EQ(eventsOf("failed")[0]["code"], "E_LOAD");
    EXPECT_TRUE(eventsOf("ready").empty());
}

/// There is no ffmpeg in these tests.
TEST_F(SupervisorTest, AVideoIsDeliveredWithItsFramesAndWhatBecameOfIt)
{
    runner.tasks = {Task::TextToVideo};
    auto job = pictureJob("j1", "anything");
    job["input"]["num_frames"] = 5;
    server.give(job);
    server.give({{"id", "j2"}, {"input", {{"prompt", "x"}, {"format", "png"}}}});
    start();
    ASSERT_TRUE(server.waitForTerminal("j1"));
    ASSERT_TRUE(server.waitForTerminal("j2"));
    EXPECT_EQ(end(), 0);
    const auto made = server.terminal("j1")[0]["output"];
    const auto& artifact = made["artifacts"][0];
    EXPECT_EQ(artifact["content_type"], "image/webp");
    EXPECT_EQ(artifact["frames"], 5);
    EXPECT_EQ(artifact["fps"], 8);
    EXPECT_THAT(made["notes"][0].get<std::string>(), testing::HasSubstr("ffmpeg"));
    EXPECT_EQ(server.terminal("j2")[0]["error"]["fields"][0]["name"], "format");
}

TEST_F(SupervisorTest, APictureIsOfTheFormatThatWasAskedFor)
{
    auto job = pictureJob("j1", "anything");
    job["input"]["format"] = "jpeg";
    server.give(job);
    start();
    ASSERT_TRUE(server.waitForTerminal("j1"));
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(server.terminal("j1")[0]["output"]["artifacts"][0]["content_type"], "image/jpeg");
    EXPECT_FALSE(server.terminal("j1")[0]["output"].contains("notes"));
}

TEST_F(SupervisorTest, APictureThatCannotBeHadIsTheJobsFaultAndNotTheWorkers)
{
    runner.tasks = {Task::ImageToImage};
    for (const char* id : {"j1", "j2", "j3", "j4"}) {
        auto job = pictureJob(id, "anything");
        job["input"]["image"] = "https://127.0.0.1:1/picture.png";
        server.give(job);
    }
    start();
    ASSERT_TRUE(server.waitForTerminal("j4"));
    EXPECT_EQ(end(), 0) << "four failures in a row would be too many";
    const auto error = server.terminal("j1")[0]["error"];
    EXPECT_EQ(error["code"], "E_INPUT");
    EXPECT_EQ(error["fields"][0]["name"], "image");
    EXPECT_THAT(error["fields"][0]["message"].get<std::string>(), testing::HasSubstr("cannot be fetched"));
}

TEST_F(SupervisorTest, ADebugJobTellsHowItIs)
{
    server.give({{"id", "d"}, {"input", {{"debug", true}}}});
    start();
    ASSERT_TRUE(server.waitForTerminal("d"));
    EXPECT_EQ(end(), 0);
    const auto answer = server.terminal("d")[0]["output"];
    EXPECT_EQ(answer["runner"], "obedient");
    EXPECT_EQ(answer["model_id"], "model/name");
    EXPECT_EQ(answer["tasks"], json({"text-to-image", "text-to-video"}));
    EXPECT_EQ(answer["limits"]["width"], json({256, 256}));
}

TEST_F(SupervisorTest, SecretsOfAJobStayInIt)
{
    auto job = pictureJob("j1", "wait");
    job["s3Config"] = {{"accessId", "AKIDEXAMPLE99"}, {"accessSecret", "planted-secret-77"}, {"bucketName", "b"},
        {"endpointUrl", "https://storage.example"}};
    server.give(job);
    start();
    runner.waitUntilRunning();
    log.write(LogLevel::Error, "cannot sign with planted-secret-77 of AKIDEXAMPLE99");
    server.stop("j1");
    EXPECT_EQ(end(), 0);
    EXPECT_THAT(text.text(), testing::Not(testing::HasSubstr("planted-secret-77")));
    EXPECT_THAT(text.text(), testing::Not(testing::HasSubstr("AKIDEXAMPLE99")));
}

} // namespace
} // namespace visgate::worker
