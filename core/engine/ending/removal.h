// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/changes/warm_pool.h"
#include "core/engine/ending/endpoint_sleep.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// A deployment deleted, and what a failed start left behind stopped. Each is done only when reading back shows it.
/// Engine thread only.
class Removal {
public:
    /// All four outlive it.
    Removal(RunState& state, RunAccount& account, EndpointSleep& sleep, WarmPool& pool);

    /// The step, until the endpoint is gone or left to others.
    Task<Pause> remove();
    /// Nothing of it is at the provider: it is deleted.
    Pause finish();
    /// The step after a failure, which must not go on billing: max 0, then no worker left; where workers stay, the
    /// endpoint goes.
    Task<Pause> stopWhatRemains();
    /// The provider has taken this one's deletion.
    void noteTaken(const EndpointId& endpoint) { m_taken = endpoint; }

private:
    Task<Pause> leaveToOthers();
    Task<Pause> deleteOwn();
    Task<Pause> emptyOrDelete();
    Pause markStopped();
    Task<Result<bool>> hasVanished();
    Task<Result<void>> putBackToSleep();
    Task<void> readBilling();

    RunState& m_state;
    RunAccount& m_account;
    EndpointSleep& m_sleep;
    WarmPool& m_pool;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    EndpointId m_taken; ///< the provider has taken its deletion
};

} // namespace visgate
