// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"
#include "core/foundation/clock.h"
#include "worker/queue/job_source.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace visgate::worker {

/// The jobs that came over HTTP, from the request until half an hour after their end: who waits, who is in hand, what
/// came of them. What they take of the memory has limits. Thread-safe; only take() and the waits block.
class JobBoard {
public:
    struct Limits {
        std::size_t waitingJobs = 100;
        std::size_t waitingBytes = 64 * kMiB;
        std::chrono::seconds keptFor{30 * 60}; ///< after its end
        std::size_t keptJobs = 1000;           ///< that have ended; the oldest go first
        std::size_t keptBytes = 256 * kMiB;    ///< of their results
    };
    enum class Admission { Taken, Full, Leaving };
    enum class State { Waiting, InHand, Completed, Failed, Cancelled };
    struct Counts {
        std::size_t waiting = 0;
        std::size_t inHand = 0;
        std::uint64_t completed = 0;
        std::uint64_t failed = 0;
        std::uint64_t cancelled = 0;
        double queuedSeconds = 0; ///< of all jobs that were begun
        double workedSeconds = 0; ///< of all jobs that have ended since
    };
    /// What is known of a job: `json` is the queue API's status object.
    struct View {
        State state = State::Waiting;
        std::string json;
    };

    /// `workerId` is what jobs are told of who did them.
    JobBoard(const Clock& clock, Limits limits, std::string workerId);

    /// `id` is new; a job that still waits after `timeToLive` is forgotten.
    [[nodiscard]] Admission submit(const std::string& id, std::string document, std::chrono::milliseconds timeToLive);
    /// None if `cancel` was pulled.
    [[nodiscard]] std::optional<Job> take(const http::CancelToken& cancel);
    void progress(const std::string& id, std::string json);
    /// False if the job had ended: then nothing changes.
    bool finish(const std::string& id, bool isError, std::string json);
    void drop(const std::string& id);
    /// A job that waits ends at once; one in hand counts as cancelled from now on. What it is now; none if unknown.
    std::optional<State> cancel(const std::string& id);
    /// No new jobs from here on, and those that wait end with this error (JSON).
    void refuseAll(const std::string& error);

    [[nodiscard]] std::optional<State> stateOf(const std::string& id);
    /// Whoever looks at a job that has ended has its result.
    [[nodiscard]] std::optional<View> view(const std::string& id);
    /// Progress or an output that takeNews() has not returned yet, or the job is over. True for an unknown one.
    [[nodiscard]] bool hasNews(const std::string& id);
    /// `{"status":..,"stream":[{"output":..}]}`: the latest news, once.
    [[nodiscard]] std::optional<std::string> takeNews(const std::string& id);
    [[nodiscard]] Counts counts();
    [[nodiscard]] bool isLeaving() const;

    /// Counts the changes of all jobs.
    [[nodiscard]] std::uint64_t changes() const;
    /// Until there were more changes than `seen`, or it is so late on the computer's own clock.
    void waitForChange(std::uint64_t seen, std::chrono::steady_clock::time_point until);
    /// Until every result is read that is younger than `patience`, or that time is over.
    void waitUntilRead(std::chrono::milliseconds patience);
    /// Something beside the jobs has changed: who waits looks again.
    void nudge();

private:
    struct Entry {
        State state = State::Waiting;
        std::string document; ///< while it waits
        std::string output;   ///< progress, the result, or the error: JSON
        bool isHeld = false;  ///< the worker has it in its hands
        bool hasNews = false;
        bool isRead = false; ///< the result
        MonotonicPoint submitted;
        MonotonicPoint expires;
        std::optional<MonotonicPoint> begun;
        MonotonicPoint ended;
    };
    using Entries = std::map<std::string, Entry>;

    [[nodiscard]] std::string describe(const std::string& id, const Entry& entry) const;
    void end(const std::string& id, Entry& entry, State state, std::string output);
    void leaveQueue(const std::string& id, Entry& entry);
    void forgetOld();
    void changed();
    [[nodiscard]] bool hasUnread(std::chrono::milliseconds age) const;

    const Clock& m_clock;
    const Limits m_limits;
    const std::string m_workerId; ///< as JSON
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Entries m_jobs;
    std::deque<std::string> m_waiting;
    std::deque<std::string> m_ended; ///< in the order of their ends
    std::size_t m_waitingBytes = 0;
    std::size_t m_keptBytes = 0;
    std::uint64_t m_changes = 0;
    bool m_isLeaving = false;
    Counts m_counts;
};

/// "IN_QUEUE", "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED"
[[nodiscard]] const char* toString(JobBoard::State state);
[[nodiscard]] constexpr bool isOver(JobBoard::State state)
{
    return state != JobBoard::State::Waiting && state != JobBoard::State::InHand;
}

} // namespace visgate::worker
