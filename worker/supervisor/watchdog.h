// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace visgate::worker {

/// The ring against lost money that needs neither the panel nor the user's key. It only decides; the supervisor acts.
/// Durations run on the monotonic clock. Thread-safe.
class Watchdog {
public:
    struct Limits {
        std::chrono::seconds idle{3900}; ///< since ready or the end of the last job; never while a job runs
        std::chrono::seconds load{600};
        std::chrono::seconds loadSilence{60}; ///< without any progress while loading
        std::chrono::seconds stepLeast{60}; ///< a step may take this, or `stepFactor` times the median if that is more
        int stepFactor = 20;
        int failures = 3; ///< runtime failures in a row; bad input never counts
    };
    enum class Verdict { Fine, LoadTimedOut, StepTimedOut, JobTimedOut, Idle };
    enum class Outcome { Success, BadInput, Stopped, Failure };

    Watchdog(const Clock& clock, Limits limits);

    void loadStarted();
    void loadMoved();
    void loaded();
    void jobStarted(std::chrono::milliseconds deadline);
    void stepDone();
    /// True if so many jobs failed in a row that this worker should leave.
    bool jobEnded(Outcome outcome);
    /// Whether one more failure would make jobEnded() say so: the failing job's own reply must tell the provider.
    [[nodiscard]] bool wouldLeaveAfterFailure() const;

    [[nodiscard]] Verdict check() const;

private:
    enum class State { Starting, Loading, Idle, Working };
    [[nodiscard]] std::chrono::nanoseconds stepLimit() const;

    const Clock& m_clock;
    const Limits m_limits;
    mutable std::mutex m_mutex;
    State m_state = State::Starting;
    MonotonicPoint m_since;    ///< of the present state
    MonotonicPoint m_lastMove; ///< last load progress or step
    std::chrono::nanoseconds m_jobDeadline{0};
    std::vector<std::chrono::nanoseconds> m_steps; ///< durations of the latest steps
    int m_failures = 0;
};

} // namespace visgate::worker
