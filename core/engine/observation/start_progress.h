// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run/run_state.h"
#include "core/engine/starts/download_watch.h"
#include "core/engine/starts/start_times.h"
#include "core/engine/starts/start_watch.h"

#include <QString>

#include <optional>

namespace visgate {

/// A start as workers, their logs and their reports tell of it: its phase, how long it will take, whether it is stuck,
/// whether the deployment is ready or has failed. Engine thread only.
class StartProgress {
public:
    /// `state` outlives it.
    explicit StartProgress(RunState& state);

    /// A worker is wanted.
    void begin();
    /// The same, for the first time in the life of this process.
    void beginOnce();
    /// A look at the workers.
    void onWorkers(const WorkerList& list, MonotonicPoint at);
    /// A line of a worker's log; `isSystem` if the provider wrote it.
    void onLine(const QString& worker, const QString& line, bool isSystem);
    /// What a worker's log or its callback tells.
    void onEvent(const WorkerEvent& event, const QString& worker);
    /// A worker's explicit report to the callback receiver.
    void onReported(DeploymentStatus reported, const QString& message);
    /// What a completed job tells of the worker that drew it.
    void onPicture(const Job& job);

    /// Ready, failed, or in which phase: from all that was seen so far.
    void judge();
    /// Adds how far the model is fetched and how long it will still take, or why it is stuck.
    void describe(Deployment& shown);

private:
    [[nodiscard]] StageSetting setting() const;
    void showStuck();
    void showImagePull();
    void showPhase(DeploymentStatus phase);

    RunState& m_state;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    StartWatch m_watch;
    StartTimes m_times;
    DownloadWatch m_downloads;
    MonotonicPoint m_lookedAt;    ///< at the workers
    std::optional<Error> m_stuck; ///< a start that takes longer than usual, while it does
    bool m_hasBegun = false;
};

} // namespace visgate
