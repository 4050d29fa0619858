// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/platform/child_process.h"
#include "core/practice/world/chance.h"
#include "core/practice/world/placement.h"
#include "core/practice/world/records.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace visgate::practice {

class JobQueue;
struct World;

/// The workers of all endpoints: how many there are, where they are placed, what they go through and what they
/// cost (facts 4 and 5). A worker's container is a real process. Not thread-safe: see World; tick() must always be
/// called by the same thread, because the processes die with it.
class Fleet {
public:
    Fleet(World& world, JobQueue& queue);
    ~Fleet();

    /// After a start: what ran when the provider was last alive ended then.
    void recover();
    void tick(TimePoint now);
    /// The worker asked for a job: it is up.
    void took(Worker& worker);
    /// The worker reports that it cannot work.
    void reportedUnhealthy(Worker& worker, const std::string& check, const std::string& reason);
    /// Ends all workers of an endpoint that is being deleted and forgets them.
    void dropEndpoint(const std::string& endpointId);
    /// Ends every worker; for the end of the provider.
    void endAll();
    [[nodiscard]] std::size_t processCount() const { return m_processes.size(); }
    /// Whether any worker is on its way, at work or being ended.
    [[nodiscard]] bool hasWorkers() const;
    /// Where chance has decided that this worker's start ends; nobody on the wire can know.
    [[nodiscard]] Stuck stuckOf(const std::string& workerId) const;
    /// The environment that the worker's container gets.
    [[nodiscard]] Env environmentFor(const Worker& worker) const;

private:
    struct Container {
        std::unique_ptr<platform::ChildProcess> process;
        MonotonicPoint killAt; ///< set while stopping; WarpClock::ofProcesses()
    };
    /// What chance has in store for a worker, and how far that has come.
    struct Simulated {
        Place place;
        StartFate fate;
        std::int64_t seq = 0; ///< of the events that its container wrote
        int lines = 0;        ///< of its download
        bool loads = false;
        bool isUp = false;
        std::string job; ///< the picture that nobody draws
        TimePoint jobEnds;
        int pictures = 0;
    };

    void mountVolume(const Worker& worker, const Endpoint& endpoint, Env& env) const;
    void scale(Endpoint& endpoint, TimePoint now);
    [[nodiscard]] int wanted(const Endpoint& endpoint, TimePoint now) const;
    void addWorker(const Endpoint& endpoint, TimePoint now);
    void retireSurplus(const Endpoint& endpoint, int surplus);
    void advance(Worker& worker, TimePoint now);
    void place(Worker& worker, const Endpoint& endpoint, TimePoint now);
    void startContainer(Worker& worker, const Endpoint& endpoint, TimePoint now);
    void watchBoot(Worker& worker, const Endpoint& endpoint, TimePoint now);
    void watchReady(Worker& worker, const Endpoint& endpoint, TimePoint now);
    void watchProcess(Worker& worker, TimePoint now);
    void crashed(Worker& worker, const std::string& why, TimePoint now);
    void stop(Worker& worker, TimePoint now);
    void remove(Worker& worker, TimePoint now);
    void forget(TimePoint now);
    void enter(Worker& worker, WorkerPhase phase, TimePoint now, std::chrono::nanoseconds length = {});
    void openCharge(Worker& worker, TimePoint now);
    void closeCharge(Worker& worker, TimePoint now);
    void system(const Worker& worker, const std::string& line);
    [[nodiscard]] std::filesystem::path scratchOf(const std::string& workerId) const;
    [[nodiscard]] std::chrono::nanoseconds simulated(const Worker& worker, const char* what, double seconds) const;
    void parkUnused(Endpoint& endpoint, TimePoint now);
    void launch(Worker& worker, const Endpoint& endpoint, TimePoint now);
    // While chance rules (fleet_simulated.cpp).
    [[nodiscard]] std::string storyOf(const Worker& worker, const Endpoint& endpoint) const;
    bool reserve(Worker& worker, const Endpoint& endpoint, const Place& found, TimePoint now);
    [[nodiscard]] std::chrono::nanoseconds pullTime(const Worker& worker, bool isWarm) const;
    bool prepare(Worker& worker, TimePoint now);
    void workSimulated(Worker& worker, const Endpoint& endpoint, TimePoint now);

    World& m_world;
    JobQueue& m_queue;
    std::map<std::string, Container> m_processes; ///< by worker id
    std::set<std::string> m_warmImages;           ///< "image@data center": pulled before
    std::map<std::string, Simulated> m_simulated; ///< by worker id; only while chance rules
    std::map<std::string, int> m_workersMade;     ///< by endpoint id
    TimePoint m_lastHeartbeat;
};

} // namespace visgate::practice
