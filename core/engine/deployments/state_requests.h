// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/changes/release_roll_back.h"
#include "core/engine/ending/endpoint_sleep.h"
#include "core/engine/ending/removal.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"

#include <chrono>
#include <optional>

namespace visgate {

/// What is wanted of a deployment: that it runs, sleeps or goes. Made durable first, then worked on by the steps; told
/// as done only once the provider has confirmed it. Engine thread only.
class StateRequests {
public:
    /// All of them outlive it, and `context.scope` what it adds there.
    StateRequests(
        RunState& state, RunAccount& account, ReleaseRollBack& rollBack, EndpointSleep& sleep, Removal& removal);

    /// Conflict if the present state does not allow it.
    Result<void> set(DesiredState desired);
    /// Put away: max 0 now, deleted at the end of `time` unless it is wanted back before. What cannot be paused
    /// (nothing was created yet, it failed) has nothing to keep and is deleted at once.
    Result<void> keep(std::chrono::seconds time);
    /// The endpoint it was put away with is `owner`'s now: its record ends, the endpoint stays.
    void endKept(const DeploymentId& owner);
    /// Within a step: what was kept long enough is wanted gone.
    void expireKept();
    /// Until then; looked at again and again, because a timer sleeps with the computer, and clocks are set.
    [[nodiscard]] std::chrono::milliseconds untilExpiry() const;

    /// Nothing of it may run any more: paused where that is possible, else given up. `why` says what the user can do.
    void stopSpending(const Error& why);
    /// Why it is to be given up where it is, as soon as the step under way has ended. Asked for once.
    [[nodiscard]] std::optional<Error> takeStopReason();

private:
    void callBesideStep();
    Task<void> takeDeletion(Task<Result<void>> call, EndpointId endpoint);
    Task<void> takeSleep(Task<Result<ProviderEndpoint>> call);

    RunState& m_state;
    RunAccount& m_account;
    ReleaseRollBack& m_rollBack;
    EndpointSleep& m_sleep;
    Removal& m_removal;
    EngineContext& m_context;
    DeploymentRecord& m_record;
    std::optional<Error> m_stopReason; ///< the user's limits, or the user, want it stopped where it is
};

} // namespace visgate
