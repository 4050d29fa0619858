// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/watched_endpoints.h"
#include "core/engine/sessions/worker_looks.h"
#include "core/providers/provider.h"

#include <QFuture>
#include <QPromise>
#include <QTimer>

#include <optional>
#include <vector>

namespace visgate {

struct EngineContext;

/// Everything the engine wants to know of one account, asked for once, whatever the number of deployments: a single
/// list call serves existence, limits and parking of all of them; live worker states are read by need, first the
/// deploying, then those with jobs, then those with workers, the rest in turn. An endpoint where nothing has changed
/// is only asked for its counts at the queue, which does not draw on the account's request quota. How fast the rest
/// goes out is the budget's business (see RequestGate): asking for more at once than it lets out is pointless, so only
/// a few calls are under way at any time.
///
/// Viewers are told when something is new; nobody else does any work. One object an account, on the engine's thread.
class AccountWatch {
public:
    using Viewer = EndpointViewer;

    AccountWatch(EngineContext& context, AccountRef account);
    ~AccountWatch();
    AccountWatch(const AccountWatch&) = delete;
    AccountWatch& operator=(const AccountWatch&) = delete;

    /// Begins to watch the endpoint for this viewer, or changes how urgently.
    void follow(Viewer& viewer, const EndpointId& endpoint, WatchNeed need);
    void leave(Viewer& viewer);
    /// The account's endpoints, from a call that began after this one. Everybody who asks meanwhile shares it.
    Task<Result<QList<ProviderEndpoint>>> list();
    /// The last list, with when it was asked for; unset before the first.
    [[nodiscard]] const std::optional<QList<ProviderEndpoint>>& lastList() const { return m_list; }
    [[nodiscard]] TimePoint listedAt() const { return m_listedAt; }
    /// Everything is looked at again at once: the computer slept, the network came back, the key changed.
    void refresh();
    /// We have changed the endpoint ourselves: what the next list says of it is news, even if it stands there as it did
    /// in the last one, for then somebody else has set it back.
    void noteOwnChange(const EndpointId& endpoint);
    /// The key changed: what was seen may be another account's.
    void forget();
    /// Lets the calls under way end and answers who waits.
    void stop();

private:
    void begin();
    Task<void> keepListing();
    Task<void> answerWaiting();
    Task<Result<QList<ProviderEndpoint>>> readList(CallFor reason);
    void takeList(QList<ProviderEndpoint> list, MonotonicPoint asked);
    void trouble(const Error& error);
    void well();
    void lookAtClocks();

    EngineContext& m_context;
    const AccountRef m_account;
    WatchedEndpoints m_watched;
    WorkerLooks m_looks;
    std::optional<QList<ProviderEndpoint>> m_list;
    TimePoint m_listedAt;
    std::vector<QPromise<Result<QList<ProviderEndpoint>>>> m_waiting;
    bool m_isAnswering = false;              ///< those who wait
    std::optional<MonotonicPoint> m_askedAt; ///< when the list that is known was asked for
    Waker m_lister;
    QTimer m_clocks; ///< notices that wall and monotonic time went apart
    TimePoint m_wallThen;
    MonotonicPoint m_monotonicThen;
    bool m_begun = false;
    bool m_listWanted = false;
    bool m_troubled = false;
    int m_failures = 0;
};

} // namespace visgate
