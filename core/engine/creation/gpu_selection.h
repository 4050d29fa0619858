// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/gpu/gpu.h"
#include "core/engine/creation/creation_promise.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <QList>
#include <QStringList>

namespace visgate {

/// Which GPUs an endpoint may use, and where: the plan, its place, what it may cost, and what comes next when no
/// machine is free. Engine thread only.
class GpuSelection {
public:
    /// All three outlive it.
    GpuSelection(RunState& state, RunAccount& account, CreationPromise& promise);

    /// The step: plans, and promises an endpoint of that plan.
    Task<Pause> select();
    /// What to try after a refusal for want of a machine; false when nothing is left. First the same GPUs anywhere,
    /// then the next ones.
    bool chooseAnother();
    /// Whether these GPUs may be used now. Above the price agreed to, and for other GPUs than those that were seen, the
    /// user is asked first. The price is the one that was seen when it was asked for, else the first plan's.
    bool agreeOn(const QStringList& pools, const QStringList& gpuNames, double price);
    /// The user's answer to record().deployment.question. Conflict if there is none.
    Result<void> answer(bool accepted);
    /// The price of one worker an hour on the dearest GPU of its plan; asks for it where it was never planned.
    Task<Result<double>> usdPerHour();

private:
    void place(const GpuPlan& plan, const QList<GpuOffer>& offers, const QList<DataCenter>& dataCenters);

    RunState& m_state;
    RunAccount& m_account;
    CreationPromise& m_promise;
    EngineContext& m_context;
    DeploymentRecord& m_record;
};

} // namespace visgate
