// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/records.h"

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace visgate::http {
class Exchange;
}

namespace visgate::practice {

struct World;

/// The jobs of all endpoints: their queue, their delivery to workers, their limits and their results
/// (facts 3 and 4). Not thread-safe: see World.
class JobQueue {
public:
    explicit JobQueue(World& world);
    ~JobQueue();

    struct Counts {
        int queued = 0; ///< that may make workers start: without lowPriority
        int lowPriority = 0;
        int running = 0;
        std::optional<TimePoint> oldestQueued;
    };
    [[nodiscard]] Counts counts(const std::string& endpointId) const;
    /// Whether any job waits or runs.
    [[nodiscard]] bool hasWork() const;

    // The client's side.
    Job& submit(Endpoint& endpoint, const nlohmann::json& body, bool sync);
    /// Null if there is none, or no longer.
    [[nodiscard]] Job* find(const std::string& endpointId, const std::string& jobId);
    void cancel(Job& job);
    void retry(Job& job);
    /// Removes what waits; returns how many.
    int purge(const std::string& endpointId);
    /// The status object.
    [[nodiscard]] static nlohmann::json describe(const Job& job);
    /// Calls `answer(job or null)` as soon as `isDone(job)` holds, the job is gone or `deadline` has passed.
    void waitFor(const std::string& jobId, TimePoint deadline, std::shared_ptr<http::Exchange> exchange,
        std::function<bool(const Job&)> isDone, std::function<void(Job*)> answer);
    [[nodiscard]] std::size_t waitersOf(const std::string& endpointId) const;

    // The worker's side.
    /// Answers `exchange` with up to `most` jobs, at the latest after the long poll's 90 s.
    void take(Worker& worker, std::shared_ptr<http::Exchange> exchange, int most, bool batch);
    /// The next job that waits, begun on this worker at once; null if none does.
    Job* startNext(Worker& worker);
    void pollStops(Worker& worker, std::shared_ptr<http::Exchange> exchange);
    enum class Accepted { Yes, TooLarge, Unknown };
    Accepted done(Worker& worker, const std::string& jobId, const nlohmann::json& body, std::size_t bytes, bool stream);
    Accepted chunk(Worker& worker, const std::string& jobId, const nlohmann::json& body);
    void pinged(Worker& worker, const std::vector<std::string>& jobIds);
    /// Its jobs are delivered again, or failed when that has happened before.
    void workerGone(Worker& worker);

    void dropEndpoint(const std::string& endpointId);
    void tick(TimePoint now);
    /// Called with the endpoint and a finished job that names a webhook.
    std::function<void(const Job&)> onWebhook;

private:
    struct Taker;
    struct StopPoll;
    struct Watcher;

    void deliver(const std::string& endpointId);
    void deliverStops();
    void start(Job& job, Worker& worker);
    void finish(Job& job, JobStatus status);
    void redeliver(Job& job);
    void leaveWorker(Job& job, bool tellWorker);
    void wakeWatchers();
    void expireJobs(TimePoint now);

    World& m_world;
    TimePoint m_nextExpiry;
    std::vector<Taker> m_takers;
    std::vector<StopPoll> m_stopPolls;
    std::vector<Watcher> m_watchers;
};

} // namespace visgate::practice
