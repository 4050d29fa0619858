// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/foundation/clock.h"
#include "core/foundation/error.h"

#include <QString>

#include <chrono>
#include <optional>

namespace visgate {

/// Decides when what is heard of one job loses what was paid for it: a provider that no longer knows the job, and a job
/// that never ends. Neither is believed because it was said once. Pure: times are told.
class JobVerdicts {
public:
    /// What one judgement is made by.
    struct Moment {
        TimePoint now;
        MonotonicPoint monotonic;
        std::chrono::seconds limit; ///< of the job's run on one worker
    };
    struct Verdict {
        JobStatus status = JobStatus::Failed;
        Error error;
    };

    /// The provider has spoken of the job.
    void onHeard(TimePoint now);
    /// The worker has said that it made the result, whatever the queue says.
    void onMade() { m_isMadeByItsLog = true; }
    /// "There is no such job", of one that the provider has taken. Unset: too early to believe it, when it has been
    /// said for less than `patience`.
    [[nodiscard]] std::optional<Verdict> onDenied(
        const Job& job, const Moment& moment, std::chrono::milliseconds patience, const Error& answer);
    /// "There is no such job" was said so often in a row.
    [[nodiscard]] int denials() const { return m_denials; }
    /// Whether the job is still under way although it can no longer be: past its time limit on one worker, or past the
    /// time after which the queue drops it and one worker's limit on top. To be asked with each answer.
    [[nodiscard]] bool isPastItsEnd(const Job& job, const Moment& moment);
    /// Why such a job ends; `lastWords`: its worker's last line about it, empty if there is none.
    [[nodiscard]] Error overdue(std::chrono::seconds limit, const std::string& lastWords) const;

private:
    int m_denials = 0;
    MonotonicPoint m_deniedSince;
    std::optional<TimePoint> m_heardAt;
    std::optional<MonotonicPoint> m_runsSince; ///< IN_PROGRESS on `m_runsOn` without a break
    QString m_runsOn;
    bool m_isMadeByItsLog = false;
};

} // namespace visgate
