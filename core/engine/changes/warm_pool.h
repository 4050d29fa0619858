// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/warm/schedule.h"
#include "core/engine/creation/gpu_selection.h"
#include "core/engine/observation/account_news.h"
#include "core/engine/run/endpoint_scaling.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <chrono>
#include <optional>

namespace visgate {

/// An endpoint kept warm by its pool policy: a warm time is opened by a small job, held by others before the idle
/// time-out ends, and given back at its end. Never by minimum workers, except always on. Nothing here is needed for it
/// to stop: with this program gone, the idle time-out that the endpoint itself has ends the last worker. Engine thread
/// only.
class WarmPool {
public:
    /// All of them outlive it. `news` tells when workers were seen last, `selection` what one costs.
    WarmPool(RunState& state, RunAccount& account, EndpointScaling& scaling, GpuSelection& selection,
        const AccountNews& news);

    /// How it is kept from now on. `acceptedUsdPerMonth` is what the user has agreed to for always on.
    Result<void> want(const PoolPolicy& policy, double acceptedUsdPerMonth);
    /// The step. One look at the policy: does at most one thing to the endpoint. How long nothing else needs to be
    /// done.
    Task<Pause> tend();
    /// Before the endpoint is left to others, it is as it would be without us.
    Task<Result<void>> giveBack();

private:
    Task<Pause> open(WarmPlan plan);
    Task<Pause> close();
    Task<Pause> hold(WarmPlan plan);
    Task<Result<void>> settleHoldJob();
    Task<Pause> applyAlwaysOn();
    [[nodiscard]] std::chrono::milliseconds untilNextLook(const WarmPlan& plan) const;

    RunState& m_state;
    RunAccount& m_account;
    EndpointScaling& m_scaling;
    GpuSelection& m_selection;
    const AccountNews& m_news;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    bool m_isRaised = false; ///< this process has seen the endpoint's idle time-out raised as the policy wants it
    std::optional<MonotonicPoint> m_activeAt;   ///< when a job was last known to run in this warm time
    std::optional<MonotonicPoint> m_holdSentAt; ///< the last job that holds
    int m_holdDenials = 0;                      ///< "no such job" in a row, of the job that holds
    int m_holdFailures = 0;                     ///< in a row, in this warm time
};

} // namespace visgate
