// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_value.h"
#include "worker/http/health.h"
#include "worker/http/job_board.h"

#include <gmock/gmock.h>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;
using Admission = JobBoard::Admission;
using State = JobBoard::State;

class JobBoardTest : public testing::Test {
protected:
    JobBoard board{clock, {3, 1000, 1800s, 2, 100}, "w1"};
    [[nodiscard]] Admission submit(const std::string& id, const std::string& document = "{}")
    {
        return board.submit(id, document, 1h);
    }
    json status(const std::string& id)
    {
        const auto view = board.view(id);
        return view ? json::parse(view->json) : json();
    }

    VirtualClock clock{TimePoint{}};
    http::CancelToken cancel;
};

TEST_F(JobBoardTest, AJobWaitsIsInHandAndEnds)
{
    ASSERT_EQ(submit("a", R"({"input":{}})"), Admission::Taken);
    EXPECT_EQ(status("a"), json({{"id", "a"}, {"status", "IN_QUEUE"}}));
    clock.advance(1500ms);
    const auto job = board.take(cancel);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->document, R"({"input":{}})");
    board.progress("a", R"({"step":1})");
    EXPECT_EQ(status("a"),
        json({{"id", "a"}, {"status", "IN_PROGRESS"}, {"delayTime", 1500}, {"workerId", "w1"},
            {"output", {{"step", 1}}}}));
    clock.advance(2s);
    EXPECT_TRUE(board.finish("a", false, R"({"artifacts":[]})"));
    board.progress("a", R"({"step":2})");
    EXPECT_EQ(status("a"),
        json({{"id", "a"}, {"status", "COMPLETED"}, {"delayTime", 1500}, {"executionTime", 2000}, {"workerId", "w1"},
            {"output", {{"artifacts", json::array()}}}}))
        << "progress after the end changes nothing";
    EXPECT_FALSE(board.finish("a", true, "{}"));
    EXPECT_EQ(board.counts().completed, 1U);
    EXPECT_EQ(board.counts().inHand, 0U);
}

TEST_F(JobBoardTest, AFailureHasItsErrorAndNoOutput)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    board.progress("a", R"({"step":1})");
    ASSERT_TRUE(board.finish("a", true, R"({"code":"E_RUNTIME"})"));
    EXPECT_EQ(status("a")["error"]["code"], "E_RUNTIME");
    EXPECT_FALSE(status("a").contains("output"));
}

TEST_F(JobBoardTest, CancellingEndsWhatWaitsAtOnceAndCountsWhatIsInHandUntilItIsLetGo)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    ASSERT_EQ(submit("b"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    EXPECT_EQ(board.cancel("b"), State::Cancelled);
    EXPECT_EQ(board.cancel("b"), State::Cancelled) << "twice is once";
    EXPECT_EQ(board.cancel("a"), State::Cancelled);
    EXPECT_EQ(status("a")["status"], "CANCELLED");
    EXPECT_EQ(board.counts().inHand, 1U) << "the runner is still at it";
    EXPECT_FALSE(board.finish("a", false, "{}")) << "too late";
    EXPECT_EQ(status("a")["status"], "CANCELLED");
    EXPECT_EQ(board.counts().inHand, 0U);
    EXPECT_EQ(board.counts().cancelled, 2U);
    EXPECT_EQ(board.cancel("never"), std::nullopt);
    board.drop("never");
    EXPECT_FALSE(board.finish("never", false, "{}"));
}

TEST_F(JobBoardTest, ACompletedJobStaysSo)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    ASSERT_TRUE(board.finish("a", false, "{}"));
    EXPECT_EQ(board.cancel("a"), State::Completed);
    board.drop("a");
    EXPECT_EQ(status("a")["status"], "COMPLETED");
}

TEST_F(JobBoardTest, HasLimits)
{
    ASSERT_EQ(submit("a", std::string(600, 'x')), Admission::Taken);
    EXPECT_EQ(submit("b", std::string(600, 'x')), Admission::Full);
    ASSERT_EQ(submit("b"), Admission::Taken);
    ASSERT_EQ(submit("c"), Admission::Taken);
    EXPECT_EQ(submit("d"), Admission::Full);
    ASSERT_TRUE(board.take(cancel));
    EXPECT_EQ(submit("d"), Admission::Taken) << "what is in hand does not wait";
}

TEST_F(JobBoardTest, ForgetsTheOldestResultsAndWhatIsHalfAnHourOld)
{
    for (const char* id : {"a", "b", "c"}) {
        ASSERT_EQ(submit(id), Admission::Taken);
        ASSERT_TRUE(board.take(cancel));
        ASSERT_TRUE(board.finish(id, false, json(std::string(40, 'x')).dump()));
        clock.advance(1s);
    }
    EXPECT_FALSE(board.stateOf("a")) << "only two are kept";
    EXPECT_TRUE(board.stateOf("b"));
    ASSERT_EQ(submit("d"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    ASSERT_TRUE(board.finish("d", false, json(std::string(200, 'x')).dump()));
    EXPECT_FALSE(board.stateOf("c")) << "no room for both";
    EXPECT_EQ(status("d")["status"], "COMPLETED") << "the newest is kept, however large";
    clock.advance(1799s);
    EXPECT_TRUE(board.stateOf("d"));
    clock.advance(1s);
    EXPECT_FALSE(board.stateOf("d"));
    EXPECT_FALSE(board.view("d"));
    EXPECT_FALSE(board.takeNews("d"));
}

TEST_F(JobBoardTest, AJobThatNobodyGotToInItsTimeIsForgotten)
{
    ASSERT_EQ(board.submit("a", "{}", 10s), Admission::Taken);
    ASSERT_EQ(submit("b"), Admission::Taken);
    clock.advance(10s);
    EXPECT_FALSE(board.stateOf("a"));
    EXPECT_EQ(board.take(cancel)->id, "b");
}

TEST_F(JobBoardTest, LeavingRefusesWhatWaitsAndWhatComes)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    ASSERT_EQ(submit("b"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    board.refuseAll(R"({"code":"E_RUNTIME"})");
    EXPECT_TRUE(board.isLeaving());
    EXPECT_EQ(status("b")["error"]["code"], "E_RUNTIME");
    EXPECT_EQ(submit("c"), Admission::Leaving);
    EXPECT_TRUE(board.finish("a", false, "1")) << "the job in hand is finished";
    board.refuseAll(R"({"code":"E_LOAD"})");
    EXPECT_EQ(status("b")["error"]["code"], "E_RUNTIME");
}

TEST_F(JobBoardTest, TakingEndsWhenItIsCancelledAndWhenAJobComes)
{
    std::thread later([this] { EXPECT_EQ(submit("a"), Admission::Taken); });
    EXPECT_TRUE(board.take(cancel));
    later.join();
    std::thread ender([this] { cancel.cancel(); });
    EXPECT_FALSE(board.take(cancel));
    ender.join();
}

TEST_F(JobBoardTest, NewsComeOnce)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    EXPECT_FALSE(board.hasNews("a"));
    ASSERT_TRUE(board.take(cancel));
    board.progress("a", "1");
    board.progress("a", "2");
    EXPECT_TRUE(board.hasNews("a"));
    EXPECT_EQ(board.takeNews("a"), R"({"status":"IN_PROGRESS","stream":[{"output":2}]})");
    EXPECT_FALSE(board.hasNews("a"));
    EXPECT_EQ(board.takeNews("a"), R"({"status":"IN_PROGRESS","stream":[]})");
    ASSERT_TRUE(board.finish("a", false, "3"));
    EXPECT_EQ(board.takeNews("a"), R"({"status":"COMPLETED","stream":[{"output":3}]})");
    EXPECT_TRUE(board.hasNews("a")) << "that it is over";
    EXPECT_EQ(board.takeNews("a"), R"({"status":"COMPLETED","stream":[]})");
    EXPECT_TRUE(board.hasNews("unknown"));
}

TEST_F(JobBoardTest, AResultThatWasReadIsNotWaitedFor)
{
    ASSERT_EQ(submit("a"), Admission::Taken);
    ASSERT_TRUE(board.take(cancel));
    ASSERT_TRUE(board.finish("a", false, "1"));
    std::thread reader([this] { EXPECT_TRUE(board.view("a")); });
    board.waitUntilRead(1h);
    reader.join();
    ASSERT_EQ(submit("b"), Admission::Taken);
    EXPECT_EQ(board.cancel("b"), State::Cancelled);
    board.waitUntilRead(1h); // a cancelled one has none
}

TEST(WorkerHealth, SaysWhatTheContractAndTheQueueApiSay)
{
    Portrait portrait;
    portrait.modelId = "org/model";
    portrait.runner = "builtin";
    portrait.isDemo = true;
    JobBoard::Counts counts;
    counts.waiting = 2;
    auto health = json::parse(healthJson(portrait, counts, TimePoint{}));
    EXPECT_EQ(health["status"], "loading");
    EXPECT_EQ(health["service"], "visgate-worker");
    EXPECT_EQ(health["config_valid"], true);
    EXPECT_EQ(health["missing"], json::array());
    EXPECT_EQ(health["active_jobs"], 2);
    EXPECT_EQ(health["timestamp"], "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(health["model_state"], "loading");
    EXPECT_EQ(health["demo"], true);
    EXPECT_EQ(health["workers"]["initializing"], 1);
    EXPECT_EQ(health["jobs"]["inQueue"], 2);
    portrait.model = ModelState::Loaded;
    counts.inHand = 1;
    health = json::parse(healthJson(portrait, counts, TimePoint{}));
    EXPECT_EQ(health["status"], "ok");
    EXPECT_EQ(health["workers"]["running"], 1);
    EXPECT_EQ(health["workers"]["ready"], 0);
    portrait.isLeaving = true;
    EXPECT_STREQ(readiness(portrait), "leaving");
    portrait.model = ModelState::Failed;
    portrait.failure = "no weights";
    EXPECT_STREQ(readiness(portrait), "failed");
    EXPECT_EQ(json::parse(healthJson(portrait, counts, TimePoint{}))["failure"], "no weights");
}

TEST(WorkerHealth, MetricsAreWellFormedWhateverAModelIsCalled)
{
    Portrait portrait;
    portrait.modelId = "a\"b\\c\nd";
    const std::string text = metricsText(portrait, {}, {{401, 3}});
    EXPECT_THAT(text, HasSubstr(R"(model="a\"b\\c\nd")"));
    EXPECT_THAT(text, HasSubstr("visgate_worker_jobs_waiting 0\n"));
    EXPECT_THAT(text, HasSubstr("visgate_worker_requests_refused_total{code=\"401\"} 3\n"));
}

} // namespace
} // namespace visgate::worker
