// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/observation/endpoint_check.h"
#include "core/engine/observation/run_logs.h"
#include "core/engine/observation/start_progress.h"
#include "core/engine/run/endpoint_scaling.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"
#include "core/engine/sessions/account_watch.h"

#include <optional>

namespace visgate {

/// What the account's watch tells a deployment: its endpoint's settings and existence, its workers, its bills. Engine
/// thread only.
class AccountNews final : private AccountWatch::Viewer {
public:
    /// Who takes in what is told.
    struct Listeners {
        StartProgress& start;
        RunLogs& logs;
        EndpointCheck& check;
        const EndpointScaling& scaling;
    };
    /// All of them outlive it.
    AccountNews(RunState& state, RunAccount& account, Listeners listeners);
    ~AccountNews() override;

    /// Is told of the endpoint from now on, as urgently as its state needs.
    void follow();
    /// The same, unless nothing is to be seen there any more.
    void followWhatLives();
    void unfollow();
    /// Somebody has it on the screen: for a minute its workers are read more often.
    void noteViewed();
    /// The provider's books have been read.
    void onBills();
    /// When the workers were looked at last.
    [[nodiscard]] MonotonicPoint lookedAt() const { return m_lookedAt; }

private:
    [[nodiscard]] QString viewerHash() const override { return m_record.deployment.userHash; }
    void onListed(const ProviderEndpoint& endpoint, MonotonicPoint asked) override;
    void onMissing(MonotonicPoint asked) override;
    void onWorkers(const WorkerList& list, TimePoint at, bool changed) override;
    void onTrouble(const Error& error) override;
    void onWell() override;

    [[nodiscard]] WatchNeed presentNeed() const;
    /// A change of ours is under way, or wanted and not confirmed.
    [[nodiscard]] bool isChangingEndpoint() const;
    void takeWorkers(const WorkerList& list, TimePoint at);
    void takeWhere(const ProviderWorker& worker);

    RunState& m_state;
    RunAccount& m_account;
    Listeners m_listeners;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    MonotonicPoint m_lookedAt;
    std::optional<MonotonicPoint> m_viewedUntil;
};

} // namespace visgate
