// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/engine/sessions/provider_sessions.h"

#include <chrono>
#include <optional>

namespace visgate {

/// The deployments, as their jobs know them. Engine thread only.
class JobOwners {
public:
    virtual ~JobOwners() = default;
    /// Unset for one that lives no longer.
    [[nodiscard]] virtual std::optional<Deployment> deploymentOf(const DeploymentId& id) const = 0;
    /// Where its jobs go; empty while there is no endpoint.
    [[nodiscard]] virtual EndpointId endpointOf(const DeploymentId& id) const = 0;
    [[nodiscard]] virtual AccountRef accountOf(const DeploymentId& id) const = 0;
    /// Whether that account is open, and has the key that the deployment belongs to.
    [[nodiscard]] virtual bool isReachable(const DeploymentId& id) const = 0;
    [[nodiscard]] virtual std::chrono::seconds executionTimeoutOf(const DeploymentId& id) const = 0;
    [[nodiscard]] virtual double usdPerHourOf(const DeploymentId& id) const = 0;
    /// Jobs at the provider that are not ours to list: the warm-up.
    [[nodiscard]] virtual int extraJobsOf(const DeploymentId& id) const = 0;
    virtual void onJob(const Job& job) = 0;
};

} // namespace visgate
