// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/creation/adoption.h"
#include "core/engine/creation/creation_promise.h"
#include "core/engine/creation/gpu_selection.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <QString>

namespace visgate {

/// From the request to an endpoint: everything before the first worker. Engine thread only.
class Creation {
public:
    /// Both outlive it.
    Creation(RunState& state, RunAccount& account);

    // The steps, in their order. Each tells how long to wait for the next one.
    Task<Pause> validate();
    Task<Pause> selectGpu() { return m_selection.select(); }
    Task<Pause> create();

    [[nodiscard]] GpuSelection& selection() { return m_selection; }
    [[nodiscard]] Adoption& adoption() { return m_adoption; }

private:
    Task<Pause> createNow(Intent intent);
    Task<Pause> lookForLostReply(Intent intent, QString name, Error error);
    Task<Result<EndpointSpec>> endpointSpec();

    RunState& m_state;
    RunAccount& m_account;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    CreationPromise m_promise;
    GpuSelection m_selection;
    Adoption m_adoption;
};

} // namespace visgate
