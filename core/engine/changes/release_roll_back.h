// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <QFuture>
#include <QPromise>

#include <vector>

namespace visgate {

/// The releases of a deployment's endpoint, and the way back to an earlier one. Engine thread only.
class ReleaseRollBack {
public:
    /// Both outlive it.
    ReleaseRollBack(RunState& state, RunAccount& account);

    Task<Result<ReleaseHistory>> history();
    /// Makes the wish for an earlier release durable; whenDone() tells of its end.
    Result<void> want(const RollBackRequest& desired);
    /// The history as it is once the wanted release is back, or why it cannot be.
    [[nodiscard]] QFuture<Result<ReleaseHistory>> whenDone();
    /// Answers who waits: it is not wanted any more.
    void cancel() { answer(fail(ErrorCode::Cancelled)); }
    /// The step. What was asked for, perhaps by an earlier run of the program, is found again by what it brought: a
    /// newer release of the wanted content. Only where there is none it is asked for (again).
    Task<Pause> apply();

private:
    Pause end(Result<ReleaseHistory> outcome);
    void answer(const Result<ReleaseHistory>& outcome);

    RunState& m_state;
    RunAccount& m_account;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    std::vector<QPromise<Result<ReleaseHistory>>> m_waiting;
    bool m_isTaken = false; ///< the provider has said yes to the return that is wanted now
};

} // namespace visgate
