// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/creation/creation_promise.h"
#include "core/engine/creation/gpu_selection.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <QString>

#include <optional>

namespace visgate {

/// An endpoint that stands already, or was just made, becomes the deployment's. Engine thread only.
class Adoption {
public:
    /// All four outlive it.
    Adoption(RunState& state, RunAccount& account, CreationPromise& promise, GpuSelection& selection);

    struct Standing {
        std::optional<ProviderEndpoint> match;
        bool isNameTaken = false; ///< by one that is not the same set-up any more
    };
    /// The promised name, else another one under which the same set-up may stand.
    Task<Result<Standing>> findStanding(QString promised);
    /// An endpoint that stands already runs on the GPUs that it was made for. Where these are dearer than what was
    /// agreed to, the user is asked as for any dearer plan.
    bool agreeOnFound(const ProviderEndpoint& endpoint);
    /// The same set-up was paused, parked or put away: wanted again, it comes back.
    Task<Pause> wakeAndAdopt(Intent intent, ProviderEndpoint endpoint);
    Pause adopt(Intent intent, const ProviderEndpoint& endpoint, bool foundAgain);
    /// Without any promise: lives on an endpoint that was found, ready at once where `evidence` tells that it works.
    void takeOver(const ProviderEndpoint& endpoint, const WorkerList& workers, const QString& evidence);

private:
    RunState& m_state;
    RunAccount& m_account;
    CreationPromise& m_promise;
    GpuSelection& m_selection;
    EngineContext& m_context;
    DeploymentRecord& m_record;
};

} // namespace visgate
