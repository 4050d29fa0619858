// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/endpoint_scaling.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// New limits for a deployment's workers: how many, and how long an idle one stays. Engine thread only.
class LimitChange {
public:
    /// All three outlive it.
    LimitChange(RunState& state, RunAccount& account, EndpointScaling& scaling);

    /// Makes the wish durable; RunState::whenSettled() tells when it is confirmed. Conflict while there is no endpoint.
    Result<void> want(const EndpointLimits& limits, double acceptedUsdPerMonth);
    /// Somebody else changed them at the endpoint that is shared.
    void take(const EndpointLimits& limits);
    /// The step: until the provider's own figures show record().newLimits, or it has refused them.
    Task<Pause> apply();

private:
    RunState& m_state;
    RunAccount& m_account;
    EndpointScaling& m_scaling;
    EngineContext& m_context;
    DeploymentRecord& m_record;
};

} // namespace visgate
