// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"
#include "core/domain/warm/schedule.h"
#include "core/engine/context/engine_context.h"

#include <chrono>
#include <optional>

namespace visgate {

class DeploymentTable;
class Handlers;
class WarmSearch;

/// What can be done with a deployment that stands: other limits, kept warm or put away and brought back, earlier
/// releases. Engine thread only.
class LifecycleHandlers {
public:
    LifecycleHandlers(EngineContext& context, DeploymentTable& table, WarmSearch& warm)
        : m_context(context), m_table(table), m_warm(warm)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<Deployment>> scale(DeploymentId id, ScaleRequest request);
    Task<Result<void>> keep(DeploymentId id, std::chrono::seconds time);
    Task<Result<Deployment>> restore(DeploymentId id);
    Task<Result<ReleaseHistory>> releases(DeploymentId id);
    Task<Result<ReleaseHistory>> rollBack(DeploymentId id, int version);
    Task<Result<WarmPrice>> warmPrice(DeploymentId id, PoolPolicy policy);
    Task<Result<Deployment>> setPool(DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth);

    EngineContext& m_context;
    DeploymentTable& m_table;
    WarmSearch& m_warm;
};

} // namespace visgate
