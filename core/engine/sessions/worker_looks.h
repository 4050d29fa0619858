// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/watched_endpoints.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace visgate {

struct EngineContext;

/// Looks at the workers of an account's watched endpoints, by need and only few at a time. Where nothing has changed,
/// only the queue's counts are asked for. Engine thread only.
class WorkerLooks {
public:
    /// All of them outlive this object.
    WorkerLooks(EngineContext& context, const AccountRef& account, WatchedEndpoints& watched);

    /// Goes on until the engine stops.
    void begin();
    /// Something is due now, or the account was opened.
    void wake();

private:
    Task<void> keepLooking(std::size_t looker);
    Task<void> look(EndpointId id, bool detailed);
    [[nodiscard]] WatchedEndpoint* next(bool detailed, std::chrono::nanoseconds& wait);
    [[nodiscard]] bool wantsDetail(const WatchedEndpoint& watched) const;
    [[nodiscard]] std::chrono::milliseconds intervalOf(const WatchedEndpoint& watched) const;
    void takeDetail(WatchedEndpoint& watched, WorkerList list, MonotonicPoint asked);
    void takeCounts(WatchedEndpoint& watched, const QueueHealth& health, MonotonicPoint asked);

    EngineContext& m_context;
    const AccountRef& m_account;
    WatchedEndpoints& m_watched;
    std::vector<std::unique_ptr<Waker>> m_lookers;
};

} // namespace visgate
