// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/foundation/result.h"

namespace visgate {

/// Whether a worker can take this input (core/foundation/worker_protocol/job_limits.h): asked before anything is made
/// or paid for it. PromptMissing, PromptTooLong, PromptUnusable, InputOutOfRange.
[[nodiscard]] Result<void> checkInput(const JobInput& input);

} // namespace visgate
