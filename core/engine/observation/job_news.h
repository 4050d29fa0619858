// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/observation/account_news.h"
#include "core/engine/observation/start_progress.h"
#include "core/engine/run/run_state.h"

#include <QSet>
#include <QString>

#include <optional>

namespace visgate {

/// What a change of one of its jobs tells a deployment: what it cost, how quick its worker was, that it is ready.
/// Engine thread only.
class JobNews {
public:
    /// All three outlive it.
    JobNews(RunState& state, StartProgress& start, AccountNews& news);

    void take(const Job& job);

private:
    void keepLatency(const Job& job);

    RunState& m_state;
    StartProgress& m_start;
    AccountNews& m_news;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    std::optional<QSet<QString>> m_workersThatDrew; ///< have completed a job; unset until one does in this process
};

} // namespace visgate
