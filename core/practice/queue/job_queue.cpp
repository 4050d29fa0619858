// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/queue/job_queue.h"

#include "core/foundation/ids.h"
#include "core/foundation/json/json_value.h"
#include "core/practice/queue/job_waiters.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::string newJobId(bool sync)
{
    const std::string hex = randomHex(16);
    return (sync ? "sync-" : "") + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-'
        + hex.substr(16, 4) + '-' + hex.substr(20) + "-u1";
}

} // namespace

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

bool JobQueue::hasWork() const
{
    return std::any_of(m_world.account.jobs.begin(), m_world.account.jobs.end(),
        [](const auto& entry) { return !entry.second.isFinished(); });
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
    if (!job.isFinished()) {
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
        value["delayTime"] = wholeMillis(*job.startedAt - job.queuedAt);
        if (job.finishedAt)
            value["executionTime"] = wholeMillis(*job.finishedAt - *job.startedAt);
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
    if (now < m_nextExpiry)
        return;
    m_nextExpiry = now + 100ms;
    std::vector<std::string> ids;
    ids.reserve(m_world.account.jobs.size());
    for (const auto& [id, job] : m_world.account.jobs)
        ids.push_back(id);
    for (const std::string& id : ids) {
        Job& job = m_world.account.jobs[id];
        if (job.isFinished()) {
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
