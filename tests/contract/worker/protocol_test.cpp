// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the provider does, and whenever the worker is asked to leave: one last word a job. By lot, over real
// sockets.
#include "core/foundation/redactor.h"
#include "obedient_runner.h"
#include "open_resources.h"
#include "random_queue.h"
#include "tests/support/seed.h"
#include "worker/events/output.h"
#include "worker/queue/runpod_queue.h"
#include "worker/supervisor/supervisor.h"

#include <atomic>
#include <cstdlib>
#include <gmock/gmock.h>
#include <iostream>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;

constexpr int failuresMost = 3;
constexpr std::size_t mostGrowth = 256 * 1024; ///< of a heap that a thread's first error or a log line may find larger

/// A worker from its start to its end, with everything but the process.
class LoneWorker {
public:
    explicit LoneWorker(const std::string& base)
        : queue({RunpodUrls(base + "/job-take/$ID?gpu=x", base + "/job-done/$RUNPOD_POD_ID/$ID?gpu=x",
                     base + "/ping/$RUNPOD_POD_ID?gpu=x", "worker-1"),
                    Secret("worker-key"), 20ms, 1024 * 1024, 90'000ms, 1ms, 4ms, 2ms},
            log),
          supervisor(settings(), queue, runner, events, log, redactor, clock)
    {
    }

    ObedientRunner runner;
    Redactor redactor;
    std::ostream nowhere{nullptr};
    Output output{nowhere, redactor};
    Log log{output, LogLevel::Debug};
    RealClock clock;
    EventStream events{output, clock};
    RunpodQueue queue;
    Supervisor supervisor;

private:
    static Supervisor::Settings settings()
    {
        Watchdog::Limits limits;
        limits.failures = failuresMost;
        return {{"model/name", "", "obedient", "", true}, limits, 2ms, 60s, 1s, [] { return std::uint64_t{1}; },
            [](int code) { FAIL() << "abandoned with " << code; }};
    }
};

void expectOneWordAJob(const RandomQueue& queue, const QueuePlan& plan, int exitCode)
{
    int failures = 0;
    for (const QueuePlan::Job& job : plan.jobs) {
        const RandomQueue::Fate fate = queue.fate(job.id);
        failures += job.prompt == "fail" ? 1 : 0;
        EXPECT_LE(fate.words.size(), 1U) << job.id << " has more than one end";
        EXPECT_LE(fate.accepted, 1) << job.id << ": what has arrived is not sent again";
        EXPECT_FALSE(fate.newsAfterEnd) << job.id << ": progress after its end";
        if (!fate.wasGiven || job.prompt == "wait") {
            EXPECT_EQ(fate.ends, 0) << job.id << " was not given, or stopped";
            continue;
        }
        // What it leaves undone because it cannot do it, another worker gets.
        const bool isOwed = fate.wasSurelyTaken && !fate.wasStopped && (exitCode == 0 || fate.wasBegun);
        if (isOwed) {
            EXPECT_GE(fate.ends, 1) << job.id << " has no end";
            EXPECT_TRUE(fate.accepted == 1 || job.isRefused) << job.id << ": its end did not arrive";
        }
    }
    EXPECT_TRUE(exitCode == 0 || failures >= failuresMost) << exitCode;
}

/// One run by its plan.
void expectOneWordAJob(RandomQueue& queue, std::uint64_t seed)
{
    const QueuePlan plan = QueuePlan::drawn(seed);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + plan.text());
    int exitCode = -1;
    {
        LoneWorker worker(queue.base());
        worker.runner.onLoad = [&queue] { queue.note(Moment::Loading); };
        queue.begin(plan, [&worker] { worker.supervisor.leave("asked to", 0); });
        std::thread life([&] {
            exitCode = worker.supervisor.run();
            queue.workerLeft();
        });
        if (!queue.waitUntilQuiet()) {
            std::cerr << "seed " << seed << " hangs\n" << plan.text() << std::flush;
            std::abort(); // its threads would keep the test from ending
        }
        worker.supervisor.leave("asked to", 0);
        life.join();
    }
    expectOneWordAJob(queue, plan, exitCode);
}

void expectFlat(const char* what, std::optional<std::size_t> before, std::optional<std::size_t> after, std::size_t most)
{
    if (!before || !after) {
        return;
    }
    EXPECT_LE(*after, *before + most) << what;
    testing::Test::RecordProperty(std::string(what) + " before", std::to_string(*before));
    testing::Test::RecordProperty(std::string(what) + " after", std::to_string(*after));
    std::cerr << what << ": " << *before << " before, " << *after << " after\n";
}

TEST(WorkerProtocol, OneLastWordAJobWhateverHappens)
{
    const int runs = test::isLong() ? 10'000 : 150;
    const int warm = runs / 5;
    RandomQueue queue;
    std::optional<std::size_t> descriptors;
    std::optional<std::size_t> heap;
    for (int run = 0; run < runs && !testing::Test::HasFailure(); ++run) {
        if (run == warm) {
            ASSERT_TRUE(queue.waitUntilLeft());
            descriptors = test::openDescriptors();
            heap = test::heapBytes();
        }
        expectOneWordAJob(queue, test::seed() * 100'000 + static_cast<std::uint64_t>(run));
    }
    ASSERT_TRUE(queue.waitUntilLeft());
    expectFlat("descriptors", descriptors, test::openDescriptors(), 0);
    expectFlat("heap bytes", heap, test::heapBytes(), mostGrowth);
}

/// Gives job after job, each with secrets of its own, and counts their ends.
class EndlessQueue {
public:
    EndlessQueue(int jobs, std::function<void(int done)> onDone) : m_left(jobs), m_onDone(std::move(onDone))
    {
        m_server
            = std::move(*http::Server::start({}, [this](const std::shared_ptr<http::Exchange>& one) { answer(one); }));
    }
    ~EndlessQueue() { m_server.reset(); }
    EndlessQueue(const EndlessQueue&) = delete;
    EndlessQueue& operator=(const EndlessQueue&) = delete;

    [[nodiscard]] std::string base() const { return "http://127.0.0.1:" + std::to_string(m_server->port()) + "/v2/ep"; }

private:
    void answer(const std::shared_ptr<http::Exchange>& exchange)
    {
        const std::string& target = exchange->request().target;
        const bool isTake = target.find("/job-take/") != std::string::npos;
        if (isTake && m_left > 0) {
            const std::string number = std::to_string(m_left--);
            exchange->respond(http::jsonResponse(200,
                R"({"id":"job-)" + number
                    + R"(","input":{"prompt":"draw","seed":1},"credentials":{"accessId":"AKIA-OF-)" + number
                    + R"(","accessSecret":"secret-of-job-)" + number + R"("}})"));
        } else if (isTake || target.find("/job-stop/") != std::string::npos) {
            m_held.push_back(exchange);
        } else {
            const bool isEnd = exchange->request().body.starts_with(R"({"output")");
            exchange->respond({200, {}, {}});
            if (isEnd) {
                m_onDone(++m_done);
            }
        }
    }

    int m_left;
    int m_done = 0;
    std::function<void(int)> m_onDone;
    std::vector<std::shared_ptr<http::Exchange>> m_held;
    std::unique_ptr<http::Server> m_server;
};

TEST(WorkerProtocol, AWorkerIsAsLargeAfterManyJobsAsAfterAFew)
{
    const int jobs = test::isLong() ? 10'000 : 700;
    const int warm = 400; // more than it remembers
    std::optional<std::size_t> descriptors;
    std::optional<std::size_t> heap;
    std::optional<std::size_t> descriptorsAfter;
    std::optional<std::size_t> heapAfter;
    std::atomic<int> done{0};
    LoneWorker* worker = nullptr;
    // Measured while the worker waits for the answer to its last word: it is at the same point each time.
    EndlessQueue queue(jobs, [&](int count) {
        done = count;
        if (count == warm) {
            descriptors = test::openDescriptors();
            heap = test::heapBytes();
        } else if (count == jobs) {
            descriptorsAfter = test::openDescriptors();
            heapAfter = test::heapBytes();
            worker->supervisor.leave("asked to", 0);
        }
    });
    LoneWorker lone(queue.base());
    worker = &lone;
    EXPECT_EQ(lone.supervisor.run(), 0);
    EXPECT_EQ(done, jobs);
    expectFlat("descriptors", descriptors, descriptorsAfter, 1); // a kept connection may be renewed just then
    expectFlat("heap bytes", heap, heapAfter, mostGrowth);
}

} // namespace
} // namespace visgate::worker
