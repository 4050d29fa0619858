// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/result.h"

#include <QFuture>

#include <optional>

namespace visgate {

/// How deployments are kept warm. Part of DeploymentService. The policy and its next change are part of each Deployment
/// and come with its signals.
class WarmService {
public:
    virtual ~WarmService() = default;

    /// What the policy would cost: warm-up jobs, jobs that hold and the idle time after the end counted in.
    virtual QFuture<Result<WarmPrice>> warmPrice(DeploymentId id, PoolPolicy policy) = 0;
    /// Done once it is durable; it holds as soon as the deployment is ready, over restarts. ConfirmationNeeded (with
    /// the price as its argument) for always on unless `acceptedUsdPerMonth` covers it.
    virtual QFuture<Result<Deployment>> setPool(
        DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
        = 0;
};

} // namespace visgate
