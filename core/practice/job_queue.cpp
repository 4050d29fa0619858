// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/job_queue.h"

#include "core/foundation/http/server.h"
#include "core/foundation/ids.h"
#include "core/practice/fleet.h"
#include "core/practice/model_json.h"
#include "core/practice/world.h"

#include <algorithm>
#include <nlohmann/json.hpp>

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

std::string newJobId(bool sync)
{
    const std::string hex = randomHex(16);
    return (sync ? "sync-" : "") + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-'
        + hex.substr(16, 4) + '-' + hex.substr(20) + "-u1";
}

std::int64_t millis(std::chrono::nanoseconds span)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

bool isFinished(const Job& job)
{
    return job.status != JobStatus::InQueue && job.status != JobStatus::InProgress;
}

/// What the worker is given: the client's object with the job's id. An empty input is dropped, as the live service
/// appears to do (facts 4.4).
json forWorker(const Job& job)
{
    json value = json::parse(job.request);
    if (value["input"].empty())
        value.erase("input");
    value["id"] = job.id;
    value["retries"] = job.retries;
    value["delayTime"] = millis(*job.startedAt - job.queuedAt);
    return value;
}

} // namespace

struct JobQueue::Taker {
    std::string workerId;
    std::string endpointId;
    std::shared_ptr<http::Exchange> exchange;
    int most = 1;
    bool batch = false;
    TimePoint deadline;
};

struct JobQueue::StopPoll {
    std::string workerId;
    std::shared_ptr<http::Exchange> exchange;
    TimePoint deadline;
};

struct JobQueue::Watcher {
    std::string jobId;
    TimePoint deadline;
    std::shared_ptr<http::Exchange> exchange;
    std::function<bool(const Job&)> isDone;
    std::function<void(Job*)> answer;
};

JobQueue::JobQueue(World& world) : m_world(world) { }
JobQueue::~JobQueue() = default;

JobQueue::Counts JobQueue::counts(const std::string& endpointId) const
{
    Counts counts;
    for (const auto& [id, job] : m_world.account.jobs) {
        if (job.endpointId != endpointId)
            continue;
        if (job.status == JobStatus::InProgress) {
            ++counts.running;
        } else if (job.status == JobStatus::InQueue) {
            ++(job.lowPriority ? counts.lowPriority : counts.queued);
            if (!job.lowPriority && (!counts.oldestQueued || job.queuedAt < *counts.oldestQueued))
                counts.oldestQueued = job.queuedAt;
        }
    }
    return counts;
}

Job& JobQueue::submit(Endpoint& endpoint, const json& body, bool sync)
{
    const TimePoint now = m_world.now();
    Job job;
    job.id = newJobId(sync);
    job.endpointId = endpoint.id;
    job.sync = sync;
    job.request = body.dump();
    job.submittedAt = job.queuedAt = now;
    const json policy = body.value("policy", json::object());
    job.ttlMs = policy.value("ttl", job.ttlMs);
    const std::int64_t standard = endpoint.config.timeoutMs > 0 ? endpoint.config.timeoutMs : job.executionTimeoutMs;
    job.executionTimeoutMs = policy.value("executionTimeout", standard);
    job.lowPriority = policy.value("lowPriority", false);
    job.webhook = body.value("webhook", "");
    endpoint.lastRequestAt = now;
    m_world.account.save(endpoint);
    m_world.account.save(job);
    Job& kept = m_world.account.jobs[job.id] = std::move(job);
    deliver(endpoint.id);
    return kept;
}

Job* JobQueue::find(const std::string& endpointId, const std::string& jobId)
{
    const auto found = m_world.account.jobs.find(jobId);
    return found != m_world.account.jobs.end() && found->second.endpointId == endpointId ? &found->second : nullptr;
}

void JobQueue::cancel(Job& job)
{
    if (!isFinished(job)) {
        leaveWorker(job, true);
        finish(job, JobStatus::Cancelled);
    }
}

void JobQueue::retry(Job& job)
{
    job.status = JobStatus::InQueue;
    job.queuedAt = m_world.now();
    job.startedAt.reset();
    job.finishedAt.reset();
    job.output.clear();
    job.error.clear();
    job.chunks.clear();
    job.chunksRead = 0;
    m_world.account.save(job);
    deliver(job.endpointId);
}

int JobQueue::purge(const std::string& endpointId)
{
    std::vector<std::string> waiting;
    for (const auto& [id, job] : m_world.account.jobs) {
        if (job.endpointId == endpointId && job.status == JobStatus::InQueue)
            waiting.push_back(id);
    }
    for (const std::string& id : waiting)
        m_world.account.eraseJob(id);
    wakeWatchers();
    return static_cast<int>(waiting.size());
}

json JobQueue::describe(const Job& job)
{
    json value = {{"id", job.id}, {"status", toString(job.status)}};
    if (job.startedAt) {
        value["delayTime"] = millis(*job.startedAt - job.queuedAt);
        if (job.finishedAt)
            value["executionTime"] = millis(*job.finishedAt - *job.startedAt);
    }
    if (!job.output.empty())
        value["output"] = json::parse(job.output);
    if (!job.error.empty())
        value["error"] = json::parse(job.error);
    if (job.retries > 0)
        value["retries"] = job.retries;
    if (!job.workerId.empty())
        value["workerId"] = job.workerId;
    return value;
}

void JobQueue::waitFor(const std::string& jobId, TimePoint deadline, std::shared_ptr<http::Exchange> exchange,
    std::function<bool(const Job&)> isDone, std::function<void(Job*)> answer)
{
    m_watchers.push_back({jobId, deadline, std::move(exchange), std::move(isDone), std::move(answer)});
    wakeWatchers();
}

std::size_t JobQueue::waitersOf(const std::string& endpointId) const
{
    return static_cast<std::size_t>(std::count_if(m_watchers.begin(), m_watchers.end(), [&](const Watcher& watcher) {
        const auto job = m_world.account.jobs.find(watcher.jobId);
        return job != m_world.account.jobs.end() && job->second.endpointId == endpointId;
    }));
}

void JobQueue::wakeWatchers()
{
    const TimePoint now = m_world.now();
    std::vector<Watcher> due;
    for (auto at = m_watchers.begin(); at != m_watchers.end();) {
        const auto job = m_world.account.jobs.find(at->jobId);
        const bool gone = job == m_world.account.jobs.end();
        if (gone || at->deadline <= now || at->isDone(job->second)) {
            due.push_back(std::move(*at));
            at = m_watchers.erase(at);
        } else {
            at = at->exchange->isClosed() ? m_watchers.erase(at) : at + 1;
        }
    }
    for (Watcher& watcher : due) {
        const auto job = m_world.account.jobs.find(watcher.jobId);
        watcher.answer(job == m_world.account.jobs.end() ? nullptr : &job->second);
    }
}

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

void JobQueue::finish(Job& job, JobStatus status)
{
    job.status = status;
    job.finishedAt = m_world.now();
    m_world.account.save(job);
    const auto endpoint = m_world.account.endpoints.find(job.endpointId);
    if (endpoint != m_world.account.endpoints.end() && status != JobStatus::Cancelled) {
        ++(status == JobStatus::Completed ? endpoint->second.completed : endpoint->second.failed);
        m_world.account.save(endpoint->second);
    }
    if (!job.webhook.empty() && onWebhook)
        onWebhook(job);
    wakeWatchers();
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
    if (isFinished(*job))
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
    worker.lastPing = m_world.now();
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

void JobQueue::dropEndpoint(const std::string& endpointId)
{
    std::vector<std::string> ids;
    for (auto& [id, job] : m_world.account.jobs) {
        if (job.endpointId == endpointId)
            ids.push_back(id);
    }
    for (const std::string& id : ids) {
        cancel(m_world.account.jobs[id]);
        m_world.account.eraseJob(id);
    }
    wakeWatchers();
}

void JobQueue::expireJobs(TimePoint now)
{
    std::vector<std::string> ids;
    for (const auto& [id, job] : m_world.account.jobs)
        ids.push_back(id);
    for (const std::string& id : ids) {
        Job& job = m_world.account.jobs[id];
        if (isFinished(job)) {
            // Results: 30 minutes for /run, 1 minute for /runsync (facts 3).
            if (now >= *job.finishedAt + (job.sync ? 1min : 30min))
                m_world.account.eraseJob(id);
        } else if (now >= job.submittedAt + std::chrono::milliseconds(job.ttlMs)) {
            leaveWorker(job, true);
            m_world.account.eraseJob(id); // a job that outlives its ttl is gone, also while it runs
        } else if (job.status == JobStatus::InProgress
            && now >= *job.startedAt + std::chrono::milliseconds(job.executionTimeoutMs)) {
            leaveWorker(job, true);
            job.error = json("job timed out after " + std::to_string(job.executionTimeoutMs) + " ms").dump();
            finish(job, JobStatus::TimedOut);
        }
    }
}

void JobQueue::tick(TimePoint now)
{
    expireJobs(now);
    const auto nothing = [] { return http::Response{204, {}, {}}; };
    for (auto at = m_takers.begin(); at != m_takers.end();) {
        const bool due = now >= at->deadline;
        if (due)
            at->exchange->respond(nothing());
        at = due || at->exchange->isClosed() ? m_takers.erase(at) : at + 1;
    }
    for (auto at = m_stopPolls.begin(); at != m_stopPolls.end();) {
        const bool due = now >= at->deadline;
        if (due)
            at->exchange->respond(nothing());
        at = due || at->exchange->isClosed() ? m_stopPolls.erase(at) : at + 1;
    }
    wakeWatchers();
}

} // namespace visgate::practice
