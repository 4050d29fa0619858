// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/logs/worker_logs.h"
#include "core/engine/observation/start_progress.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"
#include "core/engine/sessions/account_watch.h"

namespace visgate {

/// The logs of a deployment's workers, also beyond the moment: lines that come late, of workers that are gone, after
/// the owner has changed. Engine thread only.
class RunLogs {
public:
    /// All three outlive it. `start` is told what the workers say.
    RunLogs(RunState& state, RunAccount& account, StartProgress& start);

    /// Once in the life of this process: what the last owner has not read.
    void catchUp();
    /// Reads of the workers in the list what they need it for.
    void onWorkers(const WorkerList& list, WatchNeed need);
    /// From a callback; one that the log stream brought already counts once.
    void take(const WorkerEvent& event) { m_reading.take(event, {}); }
    void close() { m_reading.close(); }
    /// What failed for good has no step left that would look at its workers; the last lines of its log tell why it
    /// failed.
    Task<void> readLastLines();

    /// Lines of its workers' logs are on their way, or may be.
    [[nodiscard]] bool lacksLines();
    /// What the last owner had not read is not here yet.
    [[nodiscard]] bool isCatchingUp();

private:
    void rememberUnread();
    [[nodiscard]] bool isWhole();

    RunState& m_state;
    RunAccount& m_account;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    WorkerLogs m_reading;
    bool m_isTakenUp = false; ///< what the last owner had not read is being read
    bool m_isCaughtUp = false;
    bool m_wasBusy = false; ///< it started, or had jobs, in the life of this process
};

} // namespace visgate
