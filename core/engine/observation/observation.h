// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/observation/account_news.h"
#include "core/engine/observation/endpoint_check.h"
#include "core/engine/observation/start_progress.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

namespace visgate {

/// The steps while an endpoint exists and nothing is wanted of it but that it works. Engine thread only.
class Observation {
public:
    /// All of them outlive it.
    Observation(RunState& state, RunAccount& account, StartProgress& start, EndpointCheck& check, AccountNews& news);

    /// Until it is ready or has failed.
    Task<Pause> observeStart();
    /// From then on: nothing is to be done until the account's watch, a job or the user brings something new.
    Task<Pause> watch();

private:
    Task<void> removeTwins();
    [[nodiscard]] bool needsWarmUp();
    Task<Result<void>> warmUp();

    RunState& m_state;
    RunAccount& m_account;
    StartProgress& m_start;
    EndpointCheck& m_check;
    AccountNews& m_news;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    bool m_areTwinsRemoved = false;
    int m_warmUpDenials = 0; ///< "no such job" in a row, of the debug job
};

} // namespace visgate
