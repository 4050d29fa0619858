// SPDX-License-Identifier: GPL-3.0-or-later
// The real program with a model that is not built in: on this machine, or from the hub.
#include "core/foundation/ids.h"
#include "model_hub.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/partial_file.h"
#include "worker_process.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace visgate::worker {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// With a stand-in for torch and diffusers: what is real is the worker, the runner and all between them.
TEST_F(WorkerProcess, AModelOnThisMachineDrawsThroughTheDiffusersRunner)
{
    const auto model = std::filesystem::temp_directory_path()
        / ("visgate-model-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::filesystem::create_directory(model);
    std::ofstream(model / "model_index.json") << R"({"_class_name":"PicturePipeline"})";
    const auto job = [](const std::string& id, const std::string& prompt) {
        return json{{"id", id},
            {"input", {{"prompt", prompt}, {"seed", 3}, {"width", 48}, {"height", 32}, {"num_inference_steps", 2}}}};
    };
    server.give(job("j1", "anything"));
    server.give(job("j2", "killed step"));
    server.give(job("j3", "memory step"));
    server.give(job("j4", "anything"));
    Child worker(program, {},
        environment({{"VISGATE_RUNNER", "diffusers"}, {"HF_MODEL_ID", model.string()}, {"PATH", "/usr/bin:/bin"},
            {"VISGATE_DIFFUSERS", VISGATE_DIFFUSERS_RUNNER}, {"PYTHONPATH", VISGATE_STAND_IN},
            {"PYTHONDONTWRITEBYTECODE", "1"}, {"HF_TOKEN", "planted-env-token"}}));
    ASSERT_TRUE(server.waitForTerminal("j4")) << worker.output();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    const auto first = server.terminal("j1")[0]["output"];
    EXPECT_EQ(first["runner"], "diffusers");
    EXPECT_EQ(first["demo"], false);
    EXPECT_EQ(first["artifacts"][0]["width"], 48);
    EXPECT_THAT(server.terminal("j2")[0]["error"]["message"].get<std::string>(), HasSubstr("137"));
    EXPECT_EQ(server.terminal("j3")[0]["error"]["code"], "E_OUT_OF_MEMORY");
    EXPECT_EQ(server.terminal("j4")[0]["output"]["artifacts"][0]["sha256"], first["artifacts"][0]["sha256"]);
    std::filesystem::remove_all(model);
}

/// From the hub to a picture: only torch and diffusers are stand-ins.
class FromTheHub : public WorkerProcess {
protected:
    ~FromTheHub() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(cache, ignored);
    }
    Environment variables(const Environment& more = {})
    {
        Environment all{{"VISGATE_RUNNER", "diffusers"}, {"HF_MODEL_ID", ModelHub::id}, {"PATH", "/usr/bin:/bin"},
            {"HF_ENDPOINT", hub.base()}, {"HF_TOKEN", "planted-env-token"}, {"VISGATE_CACHE_DIRS", cache.string()},
            {"VISGATE_DIFFUSERS", VISGATE_DIFFUSERS_RUNNER}, {"PYTHONPATH", VISGATE_STAND_IN},
            {"PYTHONDONTWRITEBYTECODE", "1"}};
        for (const auto& [name, value] : more) {
            all[name] = value;
        }
        return environment(all);
    }
    /// How many parts of the weights another process would not fetch again.
    [[nodiscard]] std::size_t partsNoted() const
    {
        const auto blob = HubLayout(cache, ModelHub::id).blob(hub.sumOf(weights));
        std::ifstream list(blob.string() + PartialFile::suffix + ".parts");
        return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(list), {}, '\n'));
    }
    void drawWith(Child& worker)
    {
        server.give({{"id", "j1"},
            {"input", {{"prompt", "x"}, {"seed", 3}, {"width", 48}, {"height", 32}, {"num_inference_steps", 2}}}});
        ASSERT_TRUE(server.waitForTerminal("j1")) << worker.output();
        worker.terminate();
        EXPECT_EQ(worker.wait(), 0) << worker.output();
        EXPECT_EQ(server.terminal("j1")[0]["output"]["revision"], ModelHub::commit) << worker.output();
    }

    static constexpr const char* weights = "unet/diffusion_pytorch_model.fp16.safetensors";
    ModelHub hub;
    const std::filesystem::path cache = std::filesystem::temp_directory_path() / ("visgate-cache-" + randomHex(8));
};

TEST_F(FromTheHub, AModelIsFetchedDrawsAndIsThereTheNextTime)
{
    hub.addPipeline(1'000'000);
    Child worker(program, {},
        variables({{"VISGATE_WEBHOOK", server.base() + "/internal/deployment-ready/dep_1"},
            {"VISGATE_INTERNAL_SECRET", "callback-secret"}}));
    drawWith(worker);
    EXPECT_THAT(worker.output(), HasSubstr(R"("type":"download")"));
    EXPECT_THAT(worker.output(), Not(HasSubstr("planted-env-token")));
    std::vector<std::string> statuses;
    for (const auto& letter : server.arrived("callback")) {
        if (letter.body.is_object()) {
            statuses.push_back(letter.body["status"]);
        }
    }
    EXPECT_THAT(statuses, testing::ElementsAre("downloading_model", "loading_model", "ready"));

    const auto asked = hub.asked().size();
    JobServer another;
    auto again = variables();
    again.merge(another.environment());
    for (const auto& [name, value] : another.environment()) {
        if (name.starts_with("RUNPOD_")) {
            again[name] = value;
        }
    }
    Child second(program, {}, again);
    ASSERT_TRUE(another.waitUntil([&] { return !another.arrived("take").empty(); })) << second.output();
    second.terminate();
    EXPECT_EQ(second.wait(), 0);
    EXPECT_THAT(second.output(), HasSubstr(R"("phase":"volume")"));
    EXPECT_EQ(hub.asked().size(), asked) << "nobody is asked";
}

TEST_F(FromTheHub, AKilledDownloadIsGoneOnWithByTheNextWorker)
{
    hub.addPipeline(1000);
    hub.add(weights, std::string(PartialFile::partBytes * 2 + 5, 'w'), true);
    hub.holdFrom(PartialFile::partBytes * 2);
    Child killed(program, {}, variables());
    ASSERT_TRUE(server.waitUntil([this] { return partsNoted() == 2; })) << killed.output();
    killed.kill();
    EXPECT_EQ(killed.wait(), 128 + 9);
    hub.holdFrom(std::nullopt);
    const auto before = hub.asked("/files/").size();
    Child worker(program, {}, variables());
    drawWith(worker);
    const auto asked = hub.asked("/files/");
    ASSERT_EQ(asked.size(), before + 1) << "the part that was missing, and nothing else";
    EXPECT_EQ(asked.back().range, "bytes=67108864-67108868");
}

TEST_F(FromTheHub, AskedToEndWhileFetchingItLeavesAtOnce)
{
    hub.addPipeline(1000);
    hub.holdFrom(0);
    Child worker(program, {}, variables());
    ASSERT_TRUE(server.waitUntil([this] { return !hub.asked("/files/").empty(); })) << worker.output();
    worker.terminate();
    EXPECT_EQ(worker.wait(), 0) << worker.output();
    EXPECT_THAT(worker.output(), HasSubstr(R"("type":"leaving")"));
    EXPECT_TRUE(server.arrived("take").empty());
}

TEST_F(FromTheHub, WhatCannotBeFetchedIsSaidInTheWorkersCodes)
{
    Child missing(program, {}, variables());
    EXPECT_EQ(missing.wait(), 1) << missing.output();
    EXPECT_THAT(missing.output(), HasSubstr(R"("code":"E_NO_RUNTIME")")) << "nothing in it";
    hub.addPipeline(1000);
    Child unknown(program, {}, variables({{"HF_MODEL_ID", "nowhere/model"}}));
    EXPECT_EQ(unknown.wait(), 1);
    EXPECT_THAT(unknown.output(), HasSubstr(R"("code":"E_MODEL_NOT_FOUND")"));
    hub.answer([](const ModelHub::Asked& asked) {
        return asked.request.target.find("/resolve/") == std::string::npos
            ? std::nullopt
            : std::optional(http::Response{403, {{"X-Error-Code", "GatedRepo"}}, {}});
    });
    Child gated(program, {}, variables());
    EXPECT_EQ(gated.wait(), 1);
    EXPECT_THAT(gated.output(), HasSubstr(R"("code":"E_GATED")"));
    EXPECT_THAT(gated.output(), HasSubstr("accept the licence"));
    Child wrong(program, {}, variables({{"HF_ENDPOINT", "http://192.0.2.1"}}));
    EXPECT_EQ(wrong.wait(), 2);
    EXPECT_THAT(wrong.output(), HasSubstr("HF_ENDPOINT"));
}

} // namespace
} // namespace visgate::worker
