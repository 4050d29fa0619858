// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <chrono>
#include <memory>

namespace visgate {

class AccountEndpoints;
class DeploymentTable;
class Handlers;
class PendingStops;

/// "Stop everything": maximum 0 at every endpoint of ours, then reading back until no worker runs. The wish is on disk
/// before the first call, so that a target that cannot be reached now is stopped when it can be. Engine thread only.
class StopHandlers {
public:
    StopHandlers(
        EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints, PendingStops& pending)
        : m_context(context), m_table(table), m_endpoints(endpoints), m_pending(pending)
    {
    }

    void addTo(Handlers& handlers);

    /// A stop that an earlier life accepted becomes each deployment's own wish before any of them does anything:
    /// what is stopped by it is "paused", and not "parked", and what was about to be made is not made.
    void takeUp();
    /// Goes on with what is pending, if that is not under way: each account for at most `patience`.
    Task<void> goOn(std::chrono::milliseconds patience);

private:
    Task<Result<StopReport>> stopEverything();
    /// One round: every account that it is pending at, all at once and each by itself, until all is read back or
    /// `patience` has passed.
    Task<void> stopRound(std::shared_ptr<StopReport> report, std::chrono::milliseconds patience);
    Task<void> stopAccount(AccountRef account, std::shared_ptr<StopReport> report, std::chrono::milliseconds patience);
    /// True when no worker of it is left.
    Task<bool> stopEndpoint(AccountRef account, ProviderEndpoint endpoint, qsizetype place,
        std::shared_ptr<StopReport> report, std::chrono::milliseconds patience);

    EngineContext& m_context;
    const DeploymentTable& m_table;
    const AccountEndpoints& m_endpoints;
    PendingStops& m_pending;
    bool m_isStopping = false;
};

} // namespace visgate
