// SPDX-License-Identifier: GPL-3.0-or-later
// The other sides of the worker's wires, over the same files (tests/contract/fixtures): the practice account hands out
// and takes them, the provider client reads what comes of it.
#include "core/foundation/json/json_value.h"
#include "core/foundation/worker_protocol/job_output.h"
#include "core/practice/queue/job_queue.h"
#include "core/providers/queue/queue_json.h"
#include "tests/support/direct_exchange.h"
#include "tests/support/fixture.h"
#include "tests/support/practice_world.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using nlohmann::json;
using test::fixture;

class PracticeFixtures : public testing::Test {
protected:
    PracticeFixtures()
    {
        practice::Endpoint endpoint;
        endpoint.id = "ep";
        endpoint.config.workersMax = 1;
        account().endpoints["ep"] = endpoint;
        practice::Worker worker;
        worker.id = "w1";
        worker.endpointId = "ep";
        worker.phase = practice::WorkerPhase::Ready;
        account().workers["w1"] = worker;
    }
    practice::Account& account() { return m_practice.provider().world.account; }
    practice::JobQueue& queue() { return m_practice.provider().queue; }
    /// Submits what the file's job asks for; what the worker is handed.
    json handedOut(const json& job)
    {
        json body = job;
        body.erase("id");
        queue().submit(account().endpoints["ep"], body, false);
        const auto exchange = std::make_shared<test::DirectExchange>(http::Request{});
        queue().take(account().workers["w1"], exchange, 1, false);
        return exchange->answer ? json::parse(exchange->answer->body) : json();
    }
    /// What /status says once the worker has posted `end`, with the file's own id and times.
    json reported(const std::string& jobId, const json& end, const json& like)
    {
        const std::string body = end.dump();
        queue().done(account().workers["w1"], jobId, end, body.size(), false);
        json status = practice::JobQueue::describe(account().jobs.at(jobId));
        for (const char* own : {"id", "delayTime", "executionTime"})
            status[own] = like.at(own);
        return status;
    }

    test::PracticeWorld m_practice{practice::Chance::Settings{}};
};

/// A worker in HTTP mode speaks the queue API: the client needs no second reader.
TEST(WorkerHealthFixture, IsAQueuesHealth)
{
    const auto health = queue::readHealth(QByteArray::fromStdString(fixture("worker_health.json")));
    ASSERT_TRUE(health) << health.error().detail;
    EXPECT_EQ(health->inQueue, 2);
    EXPECT_EQ(health->inProgress, 1);
    EXPECT_EQ(health->completed, 4);
    EXPECT_EQ(health->workersRunning, 1);
    EXPECT_EQ(health->workersUnhealthy, 0);
}

TEST_F(PracticeFixtures, HandsOutWhatTheWorkerReads)
{
    const json one = json::parse(fixture("take_one.json"));
    const json handed = handedOut(one);
    for (const char* member : {"input", "policy"})
        EXPECT_EQ(handed.at(member), one.at(member)) << member;
    EXPECT_TRUE(handed.at("id").is_string());
}

TEST_F(PracticeFixtures, TakesWhatTheWorkerWritesAndReportsIt)
{
    const json one = json::parse(fixture("take_one.json"));
    const std::string done = handedOut(one).at("id");
    const json completed = json::parse(fixture("job_completed.json"));
    EXPECT_EQ(reported(done, json::parse(fixture("done_output.json")), completed), completed);
    const std::string failed = handedOut(one).at("id");
    const json failure = json::parse(fixture("job_failed.json"));
    EXPECT_EQ(reported(failed, json::parse(fixture("done_fault.json")), failure), failure);
}

TEST(ProviderFixtures, ReadsWhatPracticeReports)
{
    const auto read = [](const char* name) { return queue::readJob(QByteArray::fromStdString(fixture(name))).value(); };
    const ProviderJob completed = read("job_completed.json");
    EXPECT_EQ(completed.status, JobStatus::Completed);
    EXPECT_TRUE(completed.hasOutput);
    const ProviderJob failed = read("job_failed.json");
    EXPECT_EQ(failed.status, JobStatus::Failed);
    const auto fault = queue::parseJobFault(failed.error.toStdString());
    EXPECT_EQ(fault.code, "E_OUTPUT_TOO_LARGE");
    EXPECT_EQ(fault.message, "The result has 2013 bytes; at most 1000 can be returned directly.");
    const ProviderJob without = read("job_without_output.json");
    EXPECT_EQ(without.status, JobStatus::Completed);
    EXPECT_FALSE(without.hasOutput);
}

} // namespace
} // namespace visgate
