// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"
#include "core/foundation/result.h"

#include <QFuture>

#include <chrono>

namespace visgate {

/// What can be done with a deployment that stands, beyond pausing and deleting. Part of DeploymentService.
class LifecycleService {
public:
    virtual ~LifecycleService() = default;

    /// Done once the provider's own figures show the new limits. InvalidRequest naming the field, Conflict without an
    /// endpoint, the provider's refusal (such as a full quota): then everything is as before.
    virtual QFuture<Result<Deployment>> scaleDeployment(DeploymentId id, ScaleRequest request) = 0;
    /// Puts it away instead of deleting it: max 0 now, `deleteAt` set, deleted then even if the program was off
    /// meanwhile. Done once the wish is durable. What has nothing to keep is deleted at once.
    virtual QFuture<Result<void>> keepDeployment(DeploymentId id, std::chrono::seconds time) = 0;
    /// Brings back what was put away; Conflict for anything else.
    virtual QFuture<Result<Deployment>> restoreDeployment(DeploymentId id) = 0;
    virtual QFuture<Result<ReleaseHistory>> releases(DeploymentId id) = 0;
    /// Brings back the configuration of an earlier release as a new one; the history as it is then.
    virtual QFuture<Result<ReleaseHistory>> rollBack(DeploymentId id, int version) = 0;
};

/// How long *Remove* keeps a deployment.
inline constexpr std::chrono::seconds kKeepTime = std::chrono::hours(24);

} // namespace visgate
