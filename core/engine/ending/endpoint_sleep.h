// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/endpoint_scaling.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// A deployment's endpoint put to sleep at max 0, and woken. Each is done only when reading back shows it. Engine
/// thread only.
class EndpointSleep {
public:
    /// All three outlive it.
    EndpointSleep(RunState& state, RunAccount& account, EndpointScaling& scaling);

    /// The step, until no worker of it runs.
    Task<Pause> pause();
    /// The step, until it may have workers again.
    Task<Pause> resume();
    /// The wish is another one: what the provider took for the last one counts no more.
    void forget() { m_isTaken = false; }

    /// Asks for max 0, whatever is wanted of it.
    Task<Result<ProviderEndpoint>> ask();
    /// Max 0 was asked for: no worker is left that could cost anything.
    Task<Result<bool>> isStopped();

private:
    Pause markPaused();

    RunState& m_state;
    RunAccount& m_account;
    EndpointScaling& m_scaling;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    MonotonicPoint m_askedAt;
    bool m_isTaken = false; ///< the provider has taken max 0, for the present wish
};

} // namespace visgate
