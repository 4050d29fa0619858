// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <QFuture>
#include <QPromise>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace visgate {

struct EngineContext;

/// How urgently the state of an endpoint's workers is wanted.
enum class WatchNeed {
    InTurn,    ///< nothing is known to run there
    AtRisk,    ///< workers exist that may cost money
    Streaming, ///< jobs are on their way
    Deploying,
};

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
    /// Who wants to know. Called from the event loop; must not destroy a viewer.
    class Viewer {
    public:
        virtual ~Viewer() = default;
        /// Whose endpoints it may be told of.
        [[nodiscard]] virtual QString viewerHash() const = 0;
        /// In the list, for the first time or different from the last. `asked` is when the list was asked for.
        virtual void onListed(const ProviderEndpoint& endpoint, MonotonicPoint asked) = 0;
        /// Not in the list; said again with each list.
        virtual void onMissing(MonotonicPoint asked) = 0;
        /// The workers as they were at `at`; `changed`: more than their age is new.
        virtual void onWorkers(const WorkerList& list, TimePoint at, bool changed) = 0;
        /// The account does not answer; then, that it does again.
        virtual void onTrouble(const Error& error) = 0;
        virtual void onWell() = 0;
    };

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
    struct Entry;
    using Entries = std::map<EndpointId, std::unique_ptr<Entry>>;

    void begin();
    Task<void> keepListing();
    Task<void> keepLooking(std::size_t looker);
    Task<void> answerWaiting();
    Task<Result<QList<ProviderEndpoint>>> readList(CallFor reason);
    Task<void> look(EndpointId id, bool detailed);

    [[nodiscard]] Entry* next(bool detailed, std::chrono::nanoseconds& wait);
    [[nodiscard]] Entry* entry(const EndpointId& id);
    [[nodiscard]] bool isSeen(const Entry& entry) const;
    [[nodiscard]] bool wantsDetail(const Entry& entry) const;
    [[nodiscard]] std::chrono::milliseconds intervalOf(const Entry& entry) const;
    void takeDetail(Entry& entry, WorkerList list, MonotonicPoint asked);
    void takeCounts(Entry& entry, const QueueHealth& health, MonotonicPoint asked);
    void tell(Entry& entry, bool changed);
    void takeList(QList<ProviderEndpoint> list, MonotonicPoint asked);
    void trouble(const Error& error);
    void well();
    void wakeLookers();
    void lookAtClocks();
    [[nodiscard]] std::chrono::milliseconds timer(std::chrono::nanoseconds span) const;

    EngineContext& m_context;
    const AccountRef m_account;
    Entries m_entries;
    std::map<Viewer*, EndpointId> m_viewers;
    std::optional<QList<ProviderEndpoint>> m_list;
    TimePoint m_listedAt;
    std::vector<QPromise<Result<QList<ProviderEndpoint>>>> m_waiting;
    bool m_isAnswering = false;              ///< those who wait
    std::optional<MonotonicPoint> m_askedAt; ///< when the list that is known was asked for
    Waker m_lister;
    std::vector<std::unique_ptr<Waker>> m_lookers;
    QTimer m_clocks; ///< notices that wall and monotonic time went apart
    TimePoint m_wallThen;
    MonotonicPoint m_monotonicThen;
    bool m_begun = false;
    bool m_listWanted = false;
    bool m_troubled = false;
    int m_failures = 0;
};

} // namespace visgate
