// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's side of the queue: delivery, results, and what becomes of the jobs of a lost worker (facts 4).
#include "core/foundation/json/json_value.h"
#include "core/practice/queue/job_waiters.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr auto longPoll = 90s;
constexpr int mostRetries = 1;    // facts 4.13: one redelivery was observed
constexpr int pingsUntilLost = 3; // play value: the real threshold is not published
constexpr std::size_t mostOutputBytes = 10 * 1024 * 1024;
constexpr std::size_t mostSyncOutputBytes = 20 * 1024 * 1024;
constexpr std::size_t mostChunkBytes = 1024 * 1024;

/// What the worker is given: the client's object with the job's id. An empty input is dropped, as the live service
/// appears to do (facts 4.4).
json forWorker(const Job& job)
{
    json value = json::parse(job.request);
    if (value["input"].empty())
        value.erase("input");
    value["id"] = job.id;
    value["retries"] = job.retries;
    value["delayTime"] = wholeMillis(*job.startedAt - job.queuedAt);
    return value;
}

} // namespace

void JobQueue::take(Worker& worker, std::shared_ptr<http::Exchange> exchange, int most, bool batch)
{
    m_takers.push_back({worker.id, worker.endpointId, std::move(exchange), most, batch, m_world.now() + longPoll});
    deliver(worker.endpointId);
}

void JobQueue::deliver(const std::string& endpointId)
{
    std::vector<Job*> waiting;
    for (auto& [id, job] : m_world.account.jobs) {
        if (job.endpointId == endpointId && job.status == JobStatus::InQueue)
            waiting.push_back(&job);
    }
    std::sort(waiting.begin(), waiting.end(), [](const Job* a, const Job* b) {
        return std::tie(a->lowPriority, a->submittedAt) < std::tie(b->lowPriority, b->submittedAt);
    });
    auto next = waiting.begin();
    for (auto at = m_takers.begin(); at != m_takers.end() && next != waiting.end();) {
        const auto worker = m_world.account.workers.find(at->workerId);
        const bool useless = at->exchange->isClosed() || worker == m_world.account.workers.end();
        if (useless) {
            at = m_takers.erase(at);
            continue;
        }
        if (at->endpointId != endpointId || worker->second.phase != WorkerPhase::Ready || worker->second.leaving) {
            ++at;
            continue;
        }
        json jobs = json::array();
        for (; next != waiting.end() && static_cast<int>(jobs.size()) < at->most; ++next) {
            start(**next, worker->second);
            jobs.push_back(forWorker(**next));
        }
        at->exchange->respond(http::jsonResponse(200, (at->batch ? jobs : jobs[0]).dump()));
        at = m_takers.erase(at);
    }
}

Job* JobQueue::startNext(Worker& worker)
{
    Job* next = nullptr;
    for (auto& [id, job] : m_world.account.jobs) {
        if (job.endpointId != worker.endpointId || job.status != JobStatus::InQueue)
            continue;
        if (!next || std::tie(job.lowPriority, job.submittedAt) < std::tie(next->lowPriority, next->submittedAt))
            next = &job;
    }
    if (next)
        start(*next, worker);
    return next;
}

void JobQueue::start(Job& job, Worker& worker)
{
    job.status = JobStatus::InProgress;
    job.startedAt = m_world.now();
    job.workerId = worker.id;
    job.pingsWithout = 0;
    worker.jobs.push_back(job.id);
    m_world.account.save(job);
}

void JobQueue::leaveWorker(Job& job, bool tellWorker)
{
    const auto worker = m_world.account.workers.find(job.workerId);
    if (job.status != JobStatus::InProgress || worker == m_world.account.workers.end())
        return;
    std::erase(worker->second.jobs, job.id);
    if (worker->second.jobs.empty())
        worker->second.idleSince = m_world.now();
    if (tellWorker)
        worker->second.stopRequests.push_back(job.id);
    deliverStops();
}

void JobQueue::redeliver(Job& job)
{
    leaveWorker(job, false);
    if (job.retries >= mostRetries) {
        job.error = json("job timed out after " + std::to_string(job.retries) + " retries").dump();
        finish(job, JobStatus::Failed);
        return;
    }
    ++job.retries;
    if (const auto endpoint = m_world.account.endpoints.find(job.endpointId);
        endpoint != m_world.account.endpoints.end()) {
        ++endpoint->second.retried;
        m_world.account.save(endpoint->second);
    }
    job.status = JobStatus::InQueue;
    job.queuedAt = m_world.now(); // the delay is counted anew for each attempt (facts 3)
    job.startedAt.reset();
    job.output.clear();
    m_world.account.save(job);
    deliver(job.endpointId);
}

void JobQueue::workerGone(Worker& worker)
{
    const std::vector<std::string> jobs = std::exchange(worker.jobs, {});
    for (const std::string& id : jobs) {
        const auto job = m_world.account.jobs.find(id);
        if (job != m_world.account.jobs.end() && job->second.status == JobStatus::InProgress)
            redeliver(job->second);
    }
    std::erase_if(m_takers, [&](const Taker& taker) { return taker.workerId == worker.id; });
    std::erase_if(m_stopPolls, [&](const StopPoll& poll) { return poll.workerId == worker.id; });
}

void JobQueue::pollStops(Worker& worker, std::shared_ptr<http::Exchange> exchange)
{
    m_stopPolls.push_back({worker.id, std::move(exchange), m_world.now() + longPoll});
    deliverStops();
}

void JobQueue::deliverStops()
{
    for (auto at = m_stopPolls.begin(); at != m_stopPolls.end();) {
        const auto worker = m_world.account.workers.find(at->workerId);
        if (at->exchange->isClosed() || worker == m_world.account.workers.end()) {
            at = m_stopPolls.erase(at);
        } else if (!worker->second.stopRequests.empty()) {
            const json reply = {{"jobsToStop", std::exchange(worker->second.stopRequests, {})}};
            at->exchange->respond(http::jsonResponse(200, reply.dump()));
            at = m_stopPolls.erase(at);
        } else {
            ++at;
        }
    }
}

JobQueue::Accepted JobQueue::done(
    Worker& worker, const std::string& jobId, const json& body, std::size_t bytes, bool stream)
{
    Job* const job = find(worker.endpointId, jobId);
    if (!job || job->workerId != worker.id || job->status == JobStatus::Cancelled || job->status == JobStatus::TimedOut
        || job->status == JobStatus::InQueue) {
        return Accepted::Unknown;
    }
    if (body.value("status", "") == "IN_PROGRESS") {
        if (body.contains("output"))
            job->output = body["output"].dump();
        // A late one opens a finished job again: a known behaviour of the live service (facts 4.7).
        job->status = JobStatus::InProgress;
        return Accepted::Yes;
    }
    if (job->isFinished())
        return Accepted::Yes; // the worker did not get our first answer
    leaveWorker(*job, false);
    if (body.value("stopPod", false))
        worker.leaving = true;
    if (bytes > (job->sync ? mostSyncOutputBytes : mostOutputBytes)) {
        job->output.clear();
        finish(*job, JobStatus::Completed); // without output: facts 3, "oversized result"
        return Accepted::TooLarge;
    }
    job->output.clear();
    if (body.contains("output") && body["output"] != json::object())
        job->output = body["output"].dump();
    if (stream && !job->chunks.empty() && body.value("output", json::array()).empty())
        job->output.clear(); // the chunks are the output
    if (body.contains("error") && !body["error"].is_null()) {
        job->error = body["error"].dump();
        finish(*job, JobStatus::Failed);
    } else {
        finish(*job, JobStatus::Completed);
    }
    deliver(worker.endpointId);
    return Accepted::Yes;
}

JobQueue::Accepted JobQueue::chunk(Worker& worker, const std::string& jobId, const json& body)
{
    Job* const job = find(worker.endpointId, jobId);
    if (!job || job->workerId != worker.id || job->status != JobStatus::InProgress)
        return Accepted::Unknown;
    std::string text = body.value("output", json()).dump();
    if (text.size() > mostChunkBytes)
        return Accepted::TooLarge;
    job->chunks.push_back(std::move(text));
    wakeWatchers();
    return Accepted::Yes;
}

void JobQueue::pinged(Worker& worker, const std::vector<std::string>& jobIds)
{
    worker.lastPing = m_world.clock.ofProcesses();
    // A worker that was told to stop a job before it had begun it may have missed that: it is told again.
    for (const std::string& id : jobIds) {
        const Job* const job = find(worker.endpointId, id);
        const bool isOver = !job || job->status == JobStatus::Cancelled || job->status == JobStatus::TimedOut;
        const auto& told = worker.stopRequests;
        if (isOver && std::find(told.begin(), told.end(), id) == told.end())
            worker.stopRequests.push_back(id);
    }
    deliverStops();
    const std::vector<std::string> jobs = worker.jobs;
    for (const std::string& id : jobs) {
        const auto found = m_world.account.jobs.find(id);
        if (found == m_world.account.jobs.end())
            continue;
        const bool named = std::find(jobIds.begin(), jobIds.end(), id) != jobIds.end();
        found->second.pingsWithout = named ? 0 : found->second.pingsWithout + 1;
        if (found->second.pingsWithout >= pingsUntilLost)
            redeliver(found->second); // the worker dropped it without a word
    }
}

} // namespace visgate::practice
