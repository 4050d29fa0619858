// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, as a provider starts it.
#include "core/foundation/base64.h"
#include "core/foundation/hash.h"
#include "worker_process.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace visgate::worker {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST_F(WorkerProcess, TakesAJobAndReturnsAPicture)
{
    server.give(pictureJob("j1", "beyaz zemin üzerinde büyük kırmızı daire ve zürafa"));
    Child worker(program, {}, environment());
    ASSERT_TRUE(server.waitForTerminal("j1")) << worker.output();
    ASSERT_TRUE(hasTaken(2));
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    const auto sent = server.terminal("j1");
    ASSERT_EQ(sent.size(), 1U);
    const auto& output = sent[0]["output"];
    EXPECT_EQ(output["label"], "demo model (shapes), standing in for stabilityai/sdxl-turbo");
    EXPECT_EQ(output["unknown_words"], json({"zürafa"}));
    EXPECT_EQ(output["understood"]["foreground"], "red");
    EXPECT_EQ(output["gpu"], "NVIDIA A40");
    const auto& artifact = output["artifacts"][0];
    const auto file = base64Decode(artifact["data"].get<std::string>());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->substr(1, 3), "PNG");
    EXPECT_EQ(artifact["sha256"], sha256Hex(*file));
    EXPECT_EQ(artifact["width"], 256);
    EXPECT_THAT(*file, HasSubstr("standing in for stabilityai/sdxl-turbo"));
    const std::string lines = worker.output();
    EXPECT_THAT(lines, HasSubstr(R"("type":"ready")"));
    EXPECT_LT(lines.find(R"("type":"ready")"), lines.find(R"("type":"step")"));
    EXPECT_THAT(lines, HasSubstr(R"("type":"leaving")"));
}

TEST_F(WorkerProcess, AskedToEndWhileWaitingItLeavesAtOnce)
{
    Child worker(program, {}, environment());
    ASSERT_TRUE(hasTaken(1));
    const auto began = std::chrono::steady_clock::now();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20)) << "not the 90 s of the long poll";
    EXPECT_TRUE(server.arrived("done").empty());
}

TEST_F(WorkerProcess, AskedToEndWhileWorkingItFinishesTheJob)
{
    auto job = pictureJob("j1", "red circle");
    job["input"]["num_inference_steps"] = 50;
    job["input"]["num_images"] = 4;
    server.give(job);
    Child worker(program, {}, environment());
    ASSERT_TRUE(server.waitUntil([this] { return !server.messages("j1").empty(); })) << worker.output();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    const auto sent = server.terminal("j1");
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0]["output"]["artifacts"].size(), 4U);
    EXPECT_EQ(server.arrived("take").size(), 1U) << "no further job was asked for";
}

TEST_F(WorkerProcess, AJobThatIsStoppedEndsWithoutAWord)
{
    auto job = pictureJob("j1", "red circle");
    job["input"]["num_inference_steps"] = 50;
    job["input"]["num_images"] = 4;
    server.give(job);
    Child worker(program, {}, environment());
    ASSERT_TRUE(server.waitUntil([this] { return !server.messages("j1").empty(); })) << worker.output();
    server.stop("j1");
    ASSERT_TRUE(hasTaken(2)) << worker.output();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
    EXPECT_TRUE(server.terminal("j1").empty());
}

TEST_F(WorkerProcess, LeavesWhenNobodyWantsAnything)
{
    Child worker(program, {}, environment({{"VISGATE_IDLE_TIMEOUT_SECONDS", "1"}}));
    EXPECT_EQ(worker.wait(), 0);
    EXPECT_THAT(worker.output(), HasSubstr(R"("reason":"idle")"));
}

TEST_F(WorkerProcess, PrintsNoneOfItsSecrets)
{
    auto job = pictureJob("j1", "red circle");
    job["s3Config"] = {{"accessId", "AKIAPLANTED00000"}, {"accessSecret", "planted-s3-secret"}};
    server.give(job);
    server.give({{"id", "planted-env-token"}, {"input", {{"debug", true}}}}); // an id that is one of them
    Child worker(program, {}, environment({{"HF_TOKEN", "planted-env-token"}}));
    ASSERT_TRUE(server.waitForTerminal("planted-env-token"));
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
    for (const char* secret : {"worker-key-0123456789", "planted-env-token", "AKIAPLANTED00000", "planted-s3-secret"}) {
        EXPECT_THAT(worker.output(), Not(HasSubstr(secret)));
    }
}

TEST_F(WorkerProcess, TellsTheCallbackWhatHappensWithItsSecret)
{
    server.give(pictureJob("j1", "red circle"));
    Child worker(program, {},
        environment({{"VISGATE_WEBHOOK", server.base() + "/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}}));
    ASSERT_TRUE(server.waitForTerminal("j1"));
    ASSERT_TRUE(hasTaken(2));
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
    std::vector<std::string> statuses;
    int last = 0;
    for (const auto& letter : server.arrived("callback")) {
        EXPECT_EQ(letter.request.headers.get("X-Visgate-Internal-Secret"), "callback-secret");
        if (letter.request.path() == "/internal/deployment-ready/dep_1") {
            statuses.push_back(letter.body["status"]);
            continue;
        }
        EXPECT_EQ(letter.request.path(), "/internal/events/dep_1");
        ASSERT_TRUE(letter.body.is_array()) << "what the panel's receiver takes";
        for (const auto& event : letter.body) {
            EXPECT_EQ(event["seq"], ++last) << "in order, without a gap";
        }
    }
    EXPECT_THAT(statuses, testing::ElementsAre("loading_model", "ready"));
    EXPECT_GT(last, 20);
}

TEST_F(WorkerProcess, ACallbackThatCannotBeReachedIsNoHindrance)
{
    server.give(pictureJob("j1", "red circle"));
    Child worker(program, {},
        environment({{"VISGATE_WEBHOOK", "http://127.0.0.1:1/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}}));
    EXPECT_TRUE(server.waitForTerminal("j1"));
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
}

TEST_F(WorkerProcess, SaysWhatIsMissingOrWrongAndEndsWithTwo)
{
    Child lost(program, {}, {});
    EXPECT_EQ(lost.wait(), 2);
    EXPECT_THAT(lost.output(), HasSubstr("RUNPOD_WEBHOOK_GET_JOB"));
    Child video(program, {}, environment({{"TASK", "text-to-video"}}));
    EXPECT_EQ(video.wait(), 2);
    EXPECT_THAT(video.output(), HasSubstr("TASK text-to-video"));
    EXPECT_THAT(video.output(), HasSubstr(R"("code":"E_CONFIG")")) << "so that the panel sees it";
    Child unknown(program, {"--frobnicate", "1"}, {});
    EXPECT_EQ(unknown.wait(), 2);
}

/// A GPU would be paid for, and the pictures would be those of a model that nobody asked for.
TEST_F(WorkerProcess, AModelThatItCannotRunIsRefusedInsteadOfTheDemoModelDrawing)
{
    server.give(pictureJob("j1", "red circle"));
    Child worker(program, {},
        environment({{"VISGATE_RUNNER", ""}, {"VISGATE_WEBHOOK", server.base() + "/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}}));
    EXPECT_EQ(worker.wait(), 1);
    EXPECT_THAT(worker.output(), HasSubstr(R"("code":"E_NO_RUNTIME")"));
    EXPECT_THAT(worker.output(), HasSubstr("stabilityai/sdxl-turbo"));
    EXPECT_TRUE(server.arrived("take").empty());
    const auto pings = server.arrived("ping");
    EXPECT_TRUE(std::any_of(pings.begin(), pings.end(), [](const auto& ping) {
        return ping.request.query("status") == "unhealthy" && ping.request.query("check") == "runtime";
    }));
    const auto told = server.arrived("callback");
    EXPECT_TRUE(std::any_of(told.begin(), told.end(),
        [](const auto& letter) { return letter.body.is_object() && letter.body.value("status", "") == "failed"; }));

    Child once(program, {"--once", "red circle", "--out", "/nonexistent/picture.png"}, {{"HF_MODEL_ID", "some/model"}});
    EXPECT_EQ(once.wait(), 1);
    EXPECT_THAT(once.output(), HasSubstr("some/model"));
    Child nameless(program, {}, environment({{"VISGATE_RUNNER", ""}, {"HF_MODEL_ID", ""}}));
    EXPECT_EQ(nameless.wait(), 2);
    EXPECT_THAT(nameless.output(), HasSubstr("HF_MODEL_ID"));
}

TEST_F(WorkerProcess, WithoutWeightsItFailsLoudly)
{
    Child worker(program, {}, environment({{"VISGATE_SHAPES_WEIGHTS", "/nonexistent/shapes.safetensors"}}));
    EXPECT_EQ(worker.wait(), 1);
    EXPECT_THAT(worker.output(), HasSubstr(R"("code":"E_LOAD")"));
}

/// Several times, because it was a race: the last word must not be lost with the process that says it.
TEST_F(WorkerProcess, ALoadFailureReachesThePanelAndTheProviderBeforeTheWorkerIsGone)
{
    for (int run = 0; run < 10; ++run) {
        JobServer provider;
        Environment variables = provider.environment();
        variables.merge(Environment{{"VISGATE_SHAPES_WEIGHTS", "/nonexistent/shapes.safetensors"},
            {"VISGATE_WEBHOOK", provider.base() + "/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}});
        Child worker(program, {}, variables);
        EXPECT_EQ(worker.wait(), 1);
        bool hasFailedEvent = false;
        std::string status;
        for (const auto& letter : provider.arrived("callback")) {
            if (letter.request.path() == "/internal/deployment-ready/dep_1") {
                status = letter.body.value("status", "");
            }
            for (const auto& event : letter.body.is_array() ? letter.body : json::array()) {
                hasFailedEvent = hasFailedEvent || event["type"] == "failed";
            }
        }
        EXPECT_EQ(status, "failed") << run;
        EXPECT_TRUE(hasFailedEvent) << run;
        const auto pings = provider.arrived("ping");
        EXPECT_TRUE(std::any_of(pings.begin(), pings.end(), [](const auto& ping) {
            return ping.request.query("status") == "unhealthy" && ping.request.query("check") == "model_load";
        })) << run;
    }
}

TEST_F(WorkerProcess, ASecretIsNotSentToAnAddressInDisguise)
{
    server.give(pictureJob("j1", "red circle"));
    const std::string port = server.base().substr(server.base().rfind(':') + 1);
    Child worker(program, {},
        environment({{"VISGATE_WEBHOOK", "http://127.0.0.1:1@127.0.0.1:" + port + "/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}}));
    EXPECT_TRUE(server.waitForTerminal("j1"));
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0);
    EXPECT_TRUE(server.arrived("callback").empty());
    EXPECT_THAT(worker.output(), HasSubstr("VISGATE_WEBHOOK"));
}

TEST_F(WorkerProcess, DrawsOnceWithoutAnyQueue)
{
    const auto file = std::filesystem::temp_directory_path()
        / ("visgate-once-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + ".png");
    Child worker(program,
        {"--once", "a blue square on a yellow background with wings", "--out", file.string(), "--seed", "5"},
        {{"HF_MODEL_ID", "some/model"}, {"VISGATE_RUNNER", "builtin"}});
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    const auto said = json::parse(worker.output());
    EXPECT_EQ(said["unknown_words"], json({"wings"}));
    EXPECT_EQ(said["label"], "demo model (shapes), standing in for some/model");
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    EXPECT_EQ(said["artifacts"][0]["sha256"], sha256Hex(bytes.str()));
    std::filesystem::remove(file);

    Child selfTest(program, {"--self-test"}, {});
    EXPECT_EQ(selfTest.wait(), 0) << selfTest.output();
}

} // namespace
} // namespace visgate::worker
