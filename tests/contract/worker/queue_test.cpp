// SPDX-License-Identifier: GPL-3.0-or-later
// The queue's protocol as the provider speaks it, over real sockets.
#include "captured_output.h"
#include "job_server.h"
#include "worker/events/output.h"
#include "worker/queue/runpod_queue.h"

#include <algorithm>
#include <atomic>
#include <gmock/gmock.h>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using std::chrono::milliseconds;

class QueueTest : public testing::Test {
protected:
    RunpodQueue::Options options()
    {
        const auto environment = server.environment();
        return {RunpodUrls(environment.at("RUNPOD_WEBHOOK_GET_JOB"), environment.at("RUNPOD_WEBHOOK_POST_OUTPUT"),
                    environment.at("RUNPOD_WEBHOOK_PING"), "worker-1"),
            Secret("worker-key-0123456789"), 50ms, maxResultBytes, 90'000ms, backoffLeast, 200ms, tooManyPause};
    }
    void open() { queue = std::make_unique<RunpodQueue>(options(), log); }
    Job takeOne()
    {
        const auto job = queue->take(cancel);
        EXPECT_TRUE(job);
        return job.value_or(Job());
    }

    std::size_t maxResultBytes = 7 * 1024 * 1024;
    milliseconds backoffLeast{40};
    milliseconds tooManyPause{150};
    JobServer server;
    Redactor redactor;
    CapturedOutput text;
    Output output{text, redactor};
    Log log{output, LogLevel::Debug};
    http::CancelToken cancel;
    std::unique_ptr<RunpodQueue> queue;
};

TEST_F(QueueTest, TakesOverEveryKindOfRefusal)
{
    server.answerTakes({JobServer::status(204), JobServer::status(400), JobServer::status(500), JobServer::status(429),
        JobServer::status(404), {200, {{"Content-Type", "text/html"}}, "<html>"},
        JobServer::jobReply({{"id", "no input"}}), {200, {{"Content-Type", "application/json"}}, "{broken"},
        JobServer::jobReply(pictureJob("j1", "red"))});
    open();
    const auto job = takeOne();
    EXPECT_EQ(job.id, "j1");
    EXPECT_EQ(json::parse(job.document)["input"]["prompt"], "red");
    const auto takes = server.arrived("take");
    ASSERT_EQ(takes.size(), 9U);
    for (std::size_t i = 1; i < takes.size(); ++i) {
        EXPECT_GE(takes[i].at - takes[i - 1].at, backoffLeast - 10ms)
            << "an early answer must not start a flood: " << i;
    }
    EXPECT_GE(takes[4].at - takes[3].at, tooManyPause - 10ms) << "after 429";
    EXPECT_EQ(takes[0].request.target, "/v2/ep/job-take/worker-1?gpu=x&job_in_progress=0");
    EXPECT_EQ(takes[0].request.headers.get("Authorization"), "worker-key-0123456789");
}

TEST_F(QueueTest, AJobOfAGigabyteIsNotWaitedFor)
{
    std::atomic<int> asked{0};
    auto endless = http::Server::start({}, [&asked](const std::shared_ptr<http::Exchange>& exchange) {
        if (++asked == 1) {
            exchange->sendRawAndAbort("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                      "Content-Length: 1073741824\r\n\r\n{\"id\":\"large\",\"input\":{\"prompt\":\"");
        } else {
            exchange->respond(JobServer::jobReply(pictureJob("j1", "red")));
        }
    });
    ASSERT_TRUE(endless);
    auto with = options();
    const std::string base = "http://127.0.0.1:" + std::to_string((*endless)->port());
    with.urls = RunpodUrls(base + "/v2/ep/job-take/$ID", base + "/v2/ep/job-done/$ID", {}, "worker-1");
    queue = std::make_unique<RunpodQueue>(std::move(with), log);
    EXPECT_EQ(takeOne().id, "j1");
    EXPECT_EQ(asked, 2);
    queue.reset();
}

TEST_F(QueueTest, AListOfOneIsAJob)
{
    server.answerTakes({JobServer::jobReply(json::array({pictureJob("j1", "red")}))});
    open();
    EXPECT_EQ(takeOne().id, "j1");
}

TEST_F(QueueTest, AListOfFourIsFourJobsOneAfterTheOther)
{
    server.answerTakes({JobServer::jobReply(json::array({pictureJob("j1", "red"), pictureJob("j2", "green"),
        pictureJob("j2", "green"), pictureJob("j3", "blue"), {{"id", "broken"}}, pictureJob("j4", "white")}))});
    open();
    queue->start([](const std::string&) {});
    for (const char* id : {"j1", "j2"}) {
        EXPECT_EQ(takeOne().id, id);
        EXPECT_EQ(queue->finish(id, {false, "1", false}), Delivery::Delivered);
    }
    ASSERT_TRUE(server.waitUntil([this] {
        const auto pings = server.arrived("ping");
        return !pings.empty() && pings.back().request.query("job_id") == "j3,j4";
    })) << "those that wait are in hand as well";
    server.stop("j3");
    ASSERT_TRUE(server.waitUntil([this] { return server.arrived("ping").back().request.query("job_id") == "j4"; }));
    EXPECT_EQ(takeOne().id, "j4") << "what is no longer wanted is not begun";
    EXPECT_EQ(server.arrived("take").size(), 1U);
}

TEST_F(QueueTest, AWorkerThatCannotWorkSaysSo)
{
    open();
    queue->reportUnhealthy("model_load", "no such file & more");
    const auto pings = server.arrived("ping");
    ASSERT_EQ(pings.size(), 1U);
    EXPECT_EQ(pings[0].request.query("status"), "unhealthy");
    EXPECT_EQ(pings[0].request.query("check"), "model_load");
    EXPECT_EQ(pings[0].request.query("reason"), "no such file & more");
}

TEST_F(QueueTest, AnIdThatCouldForgeAHeaderIsNoJob)
{
    server.give(pictureJob("j\r\nX-Evil: 1", "red"));
    server.give(pictureJob("good", "red"));
    open();
    EXPECT_EQ(takeOne().id, "good");
}

TEST_F(QueueTest, AWaitingTakeEndsAtOnce)
{
    open();
    std::thread waiting([this] { EXPECT_FALSE(queue->take(cancel)); });
    ASSERT_TRUE(server.waitUntil([this] { return !server.arrived("take").empty(); }));
    const auto began = std::chrono::steady_clock::now();
    cancel.cancel();
    waiting.join();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << "not the 90 s of the poll";
}

TEST_F(QueueTest, AResultIsSentAsTheProtocolWantsIt)
{
    server.give(pictureJob("job-1", "red"));
    open();
    EXPECT_EQ(queue->finish(takeOne().id, {false, R"({"a":"ş"})", false}), Delivery::Delivered);
    const auto done = server.arrived("done");
    ASSERT_EQ(done.size(), 1U);
    const auto& request = done[0].request;
    EXPECT_EQ(request.target, "/v2/ep/job-done/worker-1/job-1?gpu=x&isStream=false");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.headers.get("charset"), "utf-8");
    EXPECT_EQ(request.headers.get("X-Request-ID"), "job-1");
    EXPECT_EQ(request.headers.get("Authorization"), "worker-key-0123456789");
    EXPECT_EQ(done[0].body, json::parse(R"({"output":{"a":"ş"}})"));
}

TEST_F(QueueTest, AResultIsTriedUntilTheProviderNoLongerHoldsTheJob)
{
    server.answerDone({500, 503, 500, 502, 429, 500, 200});
    server.give(pictureJob("j1", "red"));
    open();
    EXPECT_EQ(queue->finish(takeOne().id, {false, "1", false}), Delivery::Delivered);
    EXPECT_EQ(server.terminal("j1").size(), 7U) << "what was paid for is not given up in half a second";

    server.answerDone({500, 500, 500});
    json short_job = pictureJob("j2", "red");
    short_job["policy"]["executionTimeout"] = 1; // over before the first try
    server.give(short_job);
    EXPECT_EQ(queue->finish(takeOne().id, {false, "2", false}), Delivery::Lost);
    EXPECT_EQ(server.terminal("j2").size(), 3U);

    server.answerDone({400});
    server.give(pictureJob("j3", "red"));
    EXPECT_EQ(queue->finish(takeOne().id, {false, "3", false}), Delivery::Lost);
    EXPECT_EQ(server.terminal("j3").size(), 1U) << "a refusal stays one";
}

TEST_F(QueueTest, WhatIsTooLargeBecomesAnErrorInsteadOfASilentLoss)
{
    maxResultBytes = 1000;
    server.give(pictureJob("j1", "red"));
    open();
    const std::string large = json(std::string(2000, 'x')).dump();
    EXPECT_EQ(queue->finish(takeOne().id, {false, large, false}), Delivery::TooLarge);
    const auto sent = server.terminal("j1");
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0]["error"]["code"], "E_OUTPUT_TOO_LARGE");
    EXPECT_FALSE(sent[0].contains("output"));
}

TEST_F(QueueTest, ProgressNeitherOvertakesNorFollowsTheResult)
{
    open();
    for (int round = 0; round < 20; ++round) {
        const std::string id = "j" + std::to_string(round);
        server.give(pictureJob(id, "red"));
        EXPECT_EQ(takeOne().id, id);
        std::thread chatter([&] {
            for (int i = 0; i < 50; ++i) {
                queue->progress(id, std::to_string(i));
            }
        });
        EXPECT_EQ(queue->finish(id, {false, R"("end")", false}), Delivery::Delivered);
        chatter.join();
        queue->progress(id, "1000");
    }
    server.give(pictureJob("last", "red"));
    EXPECT_EQ(queue->finish(takeOne().id, {false, "0", false}), Delivery::Delivered); // whatever was late has come
    for (int round = 0; round < 20; ++round) {
        const auto messages = server.messages("j" + std::to_string(round));
        ASSERT_FALSE(messages.empty());
        EXPECT_EQ(messages.back()["output"], "end");
        int previous = -1;
        for (std::size_t i = 0; i + 1 < messages.size(); ++i) {
            EXPECT_GT(messages[i]["output"].get<int>(), previous);
            previous = messages[i]["output"];
        }
    }
}

TEST_F(QueueTest, AJobEndsOnce)
{
    server.give(pictureJob("j1", "red"));
    open();
    const auto id = takeOne().id;
    std::thread other([&] { (void)queue->finish(id, {true, R"("late")", true}); });
    (void)queue->finish(id, {false, R"("first")", false});
    other.join();
    EXPECT_EQ(queue->finish(id, {false, R"("third")", false}), Delivery::Repeated);
    EXPECT_EQ(server.terminal("j1").size(), 1U);
}

TEST_F(QueueTest, ADeliveredJobIsNotDoneTwiceButAFailedOneIs)
{
    server.give(pictureJob("good", "red"));
    server.give(pictureJob("good", "red"));
    server.give(pictureJob("bad", "red"));
    server.give(pictureJob("bad", "red"));
    open();
    EXPECT_EQ(queue->finish(takeOne().id, {false, "1", false}), Delivery::Delivered);
    const auto second = takeOne();
    EXPECT_EQ(second.id, "bad");
    EXPECT_EQ(queue->finish(second.id, {true, R"("x")", false}), Delivery::Delivered);
    EXPECT_EQ(takeOne().id, "bad") << "the provider's retry keeps the id";
    EXPECT_EQ(server.terminal("good").size(), 1U);
}

TEST_F(QueueTest, StopsArrive)
{
    open();
    std::mutex mutex;
    std::vector<std::string> stopped;
    queue->start([&](const std::string& id) {
        const std::lock_guard lock(mutex);
        stopped.push_back(id);
    });
    const auto hasStopped = [&](std::size_t count) {
        return server.waitUntil([&] {
            const std::lock_guard lock(mutex);
            return stopped.size() == count;
        });
    };
    server.stop("j1");
    ASSERT_TRUE(hasStopped(1));
    server.stop("j2");
    ASSERT_TRUE(hasStopped(2));
    EXPECT_THAT(stopped, testing::ElementsAre("j1", "j2"));
    queue.reset();
}

TEST_F(QueueTest, AStopMayOvertakeItsJob)
{
    open();
    std::atomic<bool> isStopped{false};
    queue->start([&](const std::string&) { isStopped = true; });
    server.stop("j1");
    ASSERT_TRUE(server.waitUntil([&] { return isStopped.load(); }));
    server.give(json::array({pictureJob("j1", "red"), pictureJob("j2", "red")}));
    EXPECT_EQ(takeOne().id, "j2");
    isStopped = false;
    server.stop("j2");
    ASSERT_TRUE(server.waitUntil([&] { return isStopped.load(); }));
    EXPECT_FALSE(queue->isWanted("j2")) << "whoever does it may not have listened yet";
    queue->drop("j2");
    EXPECT_TRUE(queue->isWanted("j2"));
    queue.reset();
}

TEST_F(QueueTest, HeartBeatsNameTheJobInHandAndPauseWhenTheWorkStands)
{
    server.give(pictureJob("j1", "red"));
    open();
    queue->start([](const std::string&) {});
    const auto pings = [this] { return server.arrived("ping"); };
    ASSERT_TRUE(server.waitUntil([&] { return !pings().empty(); }));
    EXPECT_FALSE(pings().front().request.hasQuery("job_id"));
    EXPECT_TRUE(pings().front().request.hasQuery("runpod_version"));
    const auto id = takeOne().id;
    ASSERT_TRUE(server.waitUntil([&] { return pings().back().request.query("job_id") == "j1"; }));
    EXPECT_EQ(queue->finish(id, {false, "1", false}), Delivery::Delivered);
    ASSERT_TRUE(server.waitUntil([&] { return !pings().back().request.hasQuery("job_id"); }));
    queue->setAlive(false);
    const auto settled = pings().size() + 1; // one may be on its way
    RunpodQueue other({RunpodUrls(server.base() + "/v2/ep/job-take/$ID", "", server.base() + "/v2/ep/beat/$ID", "w2"),
                          Secret("k"), 50ms, 1000},
        log);
    other.start([](const std::string&) {});
    ASSERT_TRUE(server.waitUntil([&] { return server.arrived("beat").size() > 8; }));
    EXPECT_LE(pings().size(), settled);
    queue->setAlive(true);
    EXPECT_TRUE(server.waitUntil([&] { return pings().size() > settled; }));
}

TEST_F(QueueTest, AServerThatIsGoneIsAskedAgainWithPauses)
{
    RunpodQueue lost({RunpodUrls("http://127.0.0.1:1/job-take/$ID", "http://127.0.0.1:1/$ID", "", "w"), Secret("k"),
                         50ms, 1000, 1000ms, backoffLeast, 100ms, 40ms},
        log);
    const auto began = std::chrono::steady_clock::now();
    std::thread waiting([&] { EXPECT_FALSE(lost.take(cancel)); });
    constexpr int tries = 6;
    EXPECT_TRUE(server.waitUntil([this] {
        const std::string lines = text.text();
        return std::count(lines.begin(), lines.end(), '\n') >= tries;
    }));
    EXPECT_GE(std::chrono::steady_clock::now() - began, (tries - 1) * backoffLeast);
    cancel.cancel();
    waiting.join();
}

} // namespace
} // namespace visgate::worker
