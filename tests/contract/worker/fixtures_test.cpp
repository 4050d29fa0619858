// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's side of every wire: it writes, and understands, what lies in tests/contract/fixtures.
#include "captured_output.h"
#include "core/foundation/base64.h"
#include "core/foundation/hash.h"
#include "job_server.h"
#include "tests/support/fixture.h"
#include "worker/delivery/picture_result.h"
#include "worker/events/output.h"
#include "worker/http/health.h"
#include "worker/queue/runpod_queue.h"
#include "worker/supervisor/callback.h"

#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::fixture;

class WorkerFixtures : public testing::Test {
protected:
    RunpodQueue makeQueue(std::size_t mostBytes = 7 * 1024 * 1024)
    {
        const auto environment = server.environment();
        return {{RunpodUrls(environment.at("RUNPOD_WEBHOOK_GET_JOB"), environment.at("RUNPOD_WEBHOOK_POST_OUTPUT"),
                     environment.at("RUNPOD_WEBHOOK_PING"), "worker-1"),
                    Secret("worker-key-0123456789"), 50ms, mostBytes},
            log};
    }
    json sent(const std::string& jobId, RunpodQueue& queue, const JobEnd& end)
    {
        (void)queue.finish(jobId, end);
        return server.terminal(jobId).at(0);
    }

    JobServer server;
    Redactor redactor;
    CapturedOutput text;
    Output output{text, redactor};
    Log log{output, LogLevel::Debug};
    http::CancelToken cancel;
};

TEST_F(WorkerFixtures, TheCallbackWritesTheBatchAndTheStatuses)
{
    const json batch = json::parse(fixture("events_batch.json"));
    {
        Callback callback(
            server.base() + "/internal/deployment-ready/dep_1", Reach::ThisComputer, Secret("callback-secret"), log);
        for (const json& entry : batch) {
            const auto event = parseWorkerEvent(entry.dump());
            ASSERT_TRUE(event);
            callback.add(*event, formatWorkerEvent(*event));
        }
        callback.flush(20s);
    }
    json events = json::array();
    json statuses = json::array();
    for (const auto& letter : server.arrived("callback")) {
        if (letter.request.path() == "/internal/deployment-ready/dep_1") {
            statuses.push_back(letter.body);
        } else {
            ASSERT_TRUE(letter.body.is_array());
            events.insert(events.end(), letter.body.begin(), letter.body.end());
        }
    }
    EXPECT_EQ(events, batch);
    EXPECT_EQ(statuses,
        json::array({json::parse(fixture("status_loading.json")), json::parse(fixture("status_ready.json")),
            json::parse(fixture("status_failed.json"))}));
}

TEST_F(WorkerFixtures, TheQueueUnderstandsWhatItIsHandedAndWritesItsEnds)
{
    const json one = json::parse(fixture("take_one.json"));
    server.answerTakes({JobServer::jobReply(one)});
    auto queue = makeQueue(1000);
    auto job = queue.take(cancel);
    ASSERT_TRUE(job);
    EXPECT_EQ(json::parse(job->document), one);
    const json wanted = json::parse(fixture("done_output.json"));
    EXPECT_EQ(sent("j1", queue, {false, wanted["output"].dump(), false}), wanted);
    server.give({{"id", "j2"}, {"input", json::object()}});
    ASSERT_TRUE(queue.take(cancel));
    EXPECT_EQ(sent("j2", queue, {false, json(std::string(2000, 'x')).dump(), false}),
        json::parse(fixture("done_fault.json")));
}

TEST_F(WorkerFixtures, AListIsTakenWhole)
{
    const json several = json::parse(fixture("take_several.json"));
    server.answerTakes({JobServer::jobReply(several)});
    auto queue = makeQueue();
    for (const json& wanted : several) {
        const auto job = queue.take(cancel);
        ASSERT_TRUE(job);
        EXPECT_EQ(json::parse(job->document), wanted);
    }
}

/// What a provider's queue says of a job, a worker says in HTTP mode.
TEST_F(WorkerFixtures, AJobOverHttpIsToldAsTheQueueTellsIt)
{
    for (const char* name : {"job_completed.json", "job_failed.json"}) {
        const json wanted = json::parse(fixture(name));
        VirtualClock clock{TimePoint{}};
        JobBoard board(clock, {}, "w1");
        ASSERT_EQ(board.submit("j1", "{}", 1h), JobBoard::Admission::Taken);
        clock.advance(1s);
        ASSERT_TRUE(board.take(cancel));
        clock.advance(2s);
        const bool isError = wanted.contains("error");
        ASSERT_TRUE(board.finish("j1", isError, wanted[isError ? "error" : "output"].dump()));
        EXPECT_EQ(json::parse(board.view("j1")->json), wanted);
    }
}

/// The bytes are taken from the file: encoders differ from version to version.
TEST(WorkerOutputFixture, AVideoAndPicturesOfOtherFormats)
{
    const json wanted = json::parse(fixture("output_files.json"));
    std::vector<PictureFile> files;
    for (const json& artifact : wanted["artifacts"]) {
        PictureFile file;
        file.bytes = base64Decode(artifact["data"].get<std::string>()).value();
        file.contentType = artifact["content_type"];
        file.sha256 = sha256Hex(file.bytes);
        file.size = file.bytes.size();
        file.width = artifact["width"];
        file.height = artifact["height"];
        file.seed = artifact["seed"];
        file.frames = artifact.value("frames", 0);
        file.framesPerSecond = artifact.value("fps", 0);
        files.push_back(std::move(file));
    }
    Generation asked;
    asked.seed = 7;
    asked.steps = 4;
    asked.guidance = 1.5;
    EXPECT_EQ(pictureResult({"org/model", "", "diffusers", "", false}, asked, {}, files), wanted);
}

TEST_F(WorkerFixtures, AWorkersHealthOverHttp)
{
    const json wanted = json::parse(fixture("worker_health.json"));
    Portrait portrait;
    portrait.modelId = "stabilityai/sdxl-turbo";
    portrait.runner = "builtin";
    portrait.gpu = "NVIDIA A40";
    portrait.isDemo = true;
    portrait.model = ModelState::Loaded;
    JobBoard::Counts counts;
    counts.waiting = 2;
    counts.inHand = 1;
    counts.completed = 4;
    counts.failed = 1;
    json health = json::parse(healthJson(portrait, counts, TimePoint{}));
    EXPECT_EQ(health["version"], VISGATE_VERSION);
    health["version"] = wanted["version"];
    health["timestamp"] = wanted["timestamp"];
    EXPECT_EQ(health, wanted);
}

} // namespace
} // namespace visgate::worker
