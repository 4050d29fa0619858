// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// Limits of a deployment's endpoint, sent to the provider and read back. Engine thread only.
class EndpointScaling {
public:
    /// Both outlive it.
    EndpointScaling(RunState& state, RunAccount& account);

    /// The deployment's own limits, as its pool policy and those that share the endpoint change them at this moment.
    [[nodiscard]] EndpointLimits effective(EndpointLimits limits) const;
    /// The endpoint as it is after the change. The reply to a change tells what was asked for; what holds is read.
    Task<Result<ProviderEndpoint>> scale(EndpointLimits limits);
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }
    /// Whether the provider took the last change, whatever reading it back said.
    [[nodiscard]] bool wasTaken() const { return m_wasTaken; }

private:
    Task<Result<ProviderEndpoint>> scaleThenRead(EndpointLimits limits);

    RunState& m_state;
    RunAccount& m_account;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    bool m_isUnderWay = false;
    bool m_wasTaken = false;
};

} // namespace visgate
