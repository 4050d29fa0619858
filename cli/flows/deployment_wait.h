// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"

#include <chrono>
#include <optional>

namespace visgate::cli {

/// How long a deletion may take until the provider has confirmed it.
inline constexpr std::chrono::seconds kDeletePatience{180};

enum class WaitEnd { Done, Failed, Interrupted, TimedOut };

struct WaitResult {
    WaitEnd end = WaitEnd::Done;
    Deployment deployment;
    std::optional<Job> job;     ///< the first picture, if one was asked for
    std::optional<Error> error; ///< set when Failed
};

/// Shows the stages until the deployment is ready and its first job, if it has one, has ended.
[[nodiscard]] WaitResult waitForDeployment(
    Context& context, const Deployment& deployment, std::chrono::seconds patience);

/// Asks for the deletion and waits until the provider has confirmed it. JobTimedOut: it is still going on.
[[nodiscard]] Result<Deployment> deleteAndWait(Context& context, const DeploymentId& id, std::chrono::seconds patience);

/// Puts it away and waits until nothing runs: then it is paused, or deleted where there was nothing to keep.
[[nodiscard]] Result<Deployment> keepAndWait(Context& context, const DeploymentId& id, std::chrono::seconds patience);

} // namespace visgate::cli
