// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// Whether a deployment's endpoint is there, and as it should be. The account's list may be older than the endpoint or
/// than our own last change of it: its own address decides. Engine thread only.
class EndpointCheck {
public:
    /// Both outlive it.
    EndpointCheck(RunState& state, RunAccount& account);

    /// The list does not fit what we know.
    void demand() { m_isDemanded = true; }
    [[nodiscard]] bool isDemanded() const { return m_isDemanded; }
    /// The step, if it is demanded: gone, parked, woken, changed elsewhere, or well.
    Task<Pause> check();
    /// Compares with what we set or accepted last; what differs was changed elsewhere. It is shown, and it stays.
    bool noteFacts(const EndpointFacts& facts);

private:
    RunState& m_state;
    RunAccount& m_account;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    bool m_isDemanded = false;
    int m_absences = 0; ///< "no such endpoint" in a row
};

} // namespace visgate
