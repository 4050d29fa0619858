// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "queue_plan.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace visgate::worker {

/// The provider's side of the job protocol in one run after the other, each by its plan. Keeps what it needs to judge a
/// run, and forgets it with the next.
class RandomQueue {
public:
    /// What became of a job.
    struct Fate {
        bool wasGiven = false;
        bool wasStopped = false;     ///< the worker was told so before the job's first last word came
        bool wasSurelyTaken = false; ///< the worker has shown that it has what came with it
        bool wasBegun = false;
        int ends = 0; ///< last words, repeated ones included
        int accepted = 0;
        bool newsAfterEnd = false;
        std::set<std::string> words; ///< the last ones, each once
    };

    RandomQueue();
    ~RandomQueue();

    /// `onLeave` is called once, at the plan's moment, on the server's thread.
    void begin(QueuePlan plan, std::function<void()> onLeave);
    /// Of what the server does not see.
    void note(Moment moment);
    /// The worker has left by itself.
    void workerLeft();
    /// Until the worker leaves, or every job that can end has ended and it asks for one that does not come; false if
    /// neither comes to pass.
    [[nodiscard]] bool waitUntilQuiet();
    [[nodiscard]] Fate fate(const std::string& jobId) const;
    /// Until nobody is connected any more.
    [[nodiscard]] bool waitUntilLeft() const;

    [[nodiscard]] std::string base() const;

private:
    using Exchange = std::shared_ptr<http::Exchange>;
    void handle(const Exchange& exchange);
    void take(const Exchange& exchange);
    void done(const Exchange& exchange);
    void give(const QueuePlan::Take& take, const Exchange& exchange);
    void pass(Moment moment);
    void stopWhere(const std::string& jobId, Moment moment);
    void serveStops();
    [[nodiscard]] QueuePlan::Job* find(const std::string& jobId);
    [[nodiscard]] bool isQuiet() const;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QueuePlan m_plan;
    std::size_t m_nextTake = 0;
    bool m_isWaiting = false; ///< a take has been waiting since the plan's last one
    std::map<std::string, Fate> m_fates;
    std::vector<std::string> m_stops;
    std::deque<Exchange> m_openStops;
    std::vector<Exchange> m_openTakes;
    std::function<void()> m_onLeave;
    bool m_isLeaving = false;
    std::unique_ptr<http::Server> m_server;
};

} // namespace visgate::worker
