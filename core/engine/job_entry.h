// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"

#include <optional>

namespace visgate {

/// One unfinished job, on its way.
struct JobRunner::Entry {
    Job job;
    Target target = Target::Practice;
    Waker waker;
    bool suspect = false; ///< it may have been sent without our knowing the provider's id
    bool cancelWanted = false;
    std::optional<std::optional<Error>> ended; ///< its deployment ended, and why
    int failures = 0;
};

} // namespace visgate
