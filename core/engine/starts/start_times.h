// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/starts/stage_clock.h"
#include "core/engine/starts/start_history.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <map>
#include <optional>

namespace visgate {

/// One deployment's starts against the user's own history: how long this one will still take, whether it is stuck, and
/// what the next one can learn from it. Engine thread only.
class StartTimes {
public:
    StartTimes(EngineContext& context, StartHistory& history);

    /// A worker is wanted; what is known of the circumstances.
    void begin(const StageSetting& setting);
    void onWorkers(const WorkerList& list);
    void onEvent(const WorkerEvent& event, const QString& worker);
    /// A line that the provider wrote into the worker's log.
    void onSystemLine(const QString& worker, const QString& line);
    /// What draws on its workers.
    void onRunner(const QString& runner);
    /// A picture was made by a worker that was up.
    void onPicture(std::chrono::milliseconds ran, int count);

    /// Until it is ready; nothing when it is. It never grows, unless it says that it is overdue.
    [[nodiscard]] std::optional<TimeRange> remaining();
    /// Why it will probably not come up, and what to do. `suspicion` is what log and workers have told of it so far; it
    /// counts as soon as nothing moves.
    [[nodiscard]] std::optional<Error> stuck(const EndpointLimits& limits, const std::optional<Error>& suspicion);
    [[nodiscard]] bool isPullingImage() const;

private:
    [[nodiscard]] StageSetting settingOf(const QString& gpuTypeId) const;
    void keepFinished();
    void keepColdStart(const StageClock::ColdStart& coldStart);
    [[nodiscard]] TimeRange keepWord(const std::optional<TimeRange>& believed);

    EngineContext& m_context;
    StartHistory& m_history;
    StageClock m_clock;
    std::optional<StageSetting> m_setting;
    QString m_gpuTypeId;
    QString m_runner; ///< of the worker that was ready last
    struct Promise {
        MonotonicPoint low, likely, high; ///< when it will be ready
        bool overdue = false;
    };
    std::optional<Promise> m_promise;        ///< of the present start
    std::map<StartStage, double> m_patience; ///< seconds; of the present start
};

/// In words, with its likely cause and remedy: this stage takes longer than nearly all of the user's own did.
[[nodiscard]] Error stuckError(StartStage stage, double usualSeconds);

} // namespace visgate
