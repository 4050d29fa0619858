// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/jobs/job_runner.h"

#include <optional>

namespace visgate {

/// One unfinished job, on its way.
struct JobRunner::Entry {
    Job job;
    AccountId target = AccountId::practice();
    Waker waker;
    bool suspect = false; ///< it may have been sent without our knowing the provider's id
    bool cancelWanted = false;
    std::optional<std::optional<Error>> ended; ///< its deployment ended, and why
    int failures = 0;
    int denials = 0; ///< "no such job" in a row
    MonotonicPoint deniedSince;
    std::optional<TimePoint> heardAt;        ///< when the provider last spoke of the job
    std::optional<MonotonicPoint> runsSince; ///< IN_PROGRESS on `runsOn` without a break
    QString runsOn;
    bool isMadeByItsLog = false; ///< the worker has said "result"
};

} // namespace visgate
