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
        std::chrono::seconds idle{3900};      ///< since ready or the end of the last job; never while a job runs
        std::chrono::seconds fetch{4 * 3600}; ///< of the model's files; the largest are 80 GB
        std::chrono::seconds load{600};
        std::chrono::seconds loadSilence{60}; ///< without a byte while they come, or any progress while loading
        std::chrono::seconds stepLeast{60}; ///< a step may take this, or `stepFactor` times the median if that is more
        int stepFactor = 20;
        // A large encoder in the machine's own memory, or 81 frames to decode, take longer than any step.
        std::chrono::seconds encodeText{180};
        std::chrono::seconds decode{180};
        std::chrono::seconds encodeFile{120};
        std::chrono::seconds upload{600};
        int failures = 3; ///< runtime failures in a row; bad input never counts
        int crashes = 2;  ///< losses of the runner in a row

        /// The same for a computer on which all of it takes so many times longer.
        [[nodiscard]] Limits slower(int times) const;
    };
    /// What a job is at. Each has a deadline of its own, but for the delivery: whoever delivers knows when to give up.
    enum class Phase { Step, EncodeText, Decode, EncodeFile, Upload, Deliver };
    enum class Verdict { Fine, FetchTimedOut, LoadTimedOut, PhaseTimedOut, JobTimedOut, Idle };
    enum class Outcome { Success, BadInput, Stopped, Failure, Crash };

    Watchdog(const Clock& clock, Limits limits);

    /// "A step took too long."
    [[nodiscard]] static const char* complaint(Verdict verdict, Phase phase);

    void fetchStarted();
    void loadStarted();
    void loadMoved(); ///< or a byte has come
    void loaded();
    /// Steps are what a job is at until enter() says otherwise.
    void jobStarted(std::chrono::milliseconds deadline);
    void enter(Phase phase);
    /// The next step begins.
    void stepDone();
    [[nodiscard]] Phase phase() const; ///< of the job in hand
    /// True if so many jobs failed in a row that this worker should leave.
    bool jobEnded(Outcome outcome);
    /// Whether one more failure would make jobEnded() say so: the failing job's own reply must tell the provider.
    [[nodiscard]] bool wouldLeaveAfter(Outcome outcome) const;

    [[nodiscard]] Verdict check() const;

private:
    enum class State { Starting, Fetching, Loading, Idle, Working };
    [[nodiscard]] std::chrono::nanoseconds stepLimit() const;
    [[nodiscard]] std::chrono::nanoseconds phaseLimit() const;

    const Clock& m_clock;
    const Limits m_limits;
    mutable std::mutex m_mutex;
    State m_state = State::Starting;
    MonotonicPoint m_since;    ///< of the present state
    MonotonicPoint m_lastMove; ///< last load progress, step or change of phase
    Phase m_phase = Phase::Step;
    std::chrono::nanoseconds m_jobDeadline{0};
    std::vector<std::chrono::nanoseconds> m_steps; ///< durations of the latest steps
    int m_failures = 0;
    int m_crashes = 0;
};

} // namespace visgate::worker
