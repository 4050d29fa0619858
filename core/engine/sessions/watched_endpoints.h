// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/providers/provider.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace visgate {

/// So long nothing is due by itself.
inline constexpr std::chrono::milliseconds kWatchUntilWoken = std::chrono::hours(1);

/// How urgently the state of an endpoint's workers is wanted.
enum class WatchNeed {
    InTurn,    ///< nothing is known to run there
    AtRisk,    ///< workers exist that may cost money
    Streaming, ///< jobs are on their way
    Deploying,
};

/// Who wants to know of an endpoint. Called from the event loop; must not destroy a viewer.
class EndpointViewer {
public:
    virtual ~EndpointViewer() = default;
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

/// One endpoint that is watched, what is known of it, and who wants to know.
struct WatchedEndpoint {
    struct Seat {
        WatchNeed need = WatchNeed::InTurn;
        bool knowsListing = false;
    };
    EndpointId id;
    std::map<EndpointViewer*, Seat> seats;
    WatchNeed need = WatchNeed::InTurn;     ///< the most urgent of the seats'
    std::optional<ProviderEndpoint> listed; ///< as those who watch it were told
    MonotonicPoint changedAt;               ///< by ourselves; what was listed before counts for nothing
    std::optional<WorkerList> workers;
    std::optional<MonotonicPoint> lookedAt; ///< when the last look began, whatever came of it
    std::optional<MonotonicPoint> seenAt;   ///< when the state that is known was so
    TimePoint seenWall;
    MonotonicPoint detailAt;
    std::optional<WorkerCounts> odd;      ///< counts that the last detailed look did not explain
    std::optional<WorkerCounts> accepted; ///< odd ones that it did not change: the provider's two views disagree
    bool isBusy = false;
    int failures = 0;

    /// Whether a key of this hash may see it at all: another account's list says nothing about it.
    [[nodiscard]] bool isSeenBy(const QString& userHash) const
    {
        return std::any_of(
            seats.begin(), seats.end(), [&userHash](const auto& seat) { return seat.first->viewerHash() == userHash; });
    }
    void weigh()
    {
        need = WatchNeed::InTurn;
        for (const auto& [viewer, seat] : seats)
            need = std::max(need, seat.need);
    }
};

/// The endpoints of one account that are watched, and who is told what. Whoever is told something may come or leave
/// meanwhile. Engine thread only.
class WatchedEndpoints {
public:
    using Entries = std::map<EndpointId, std::unique_ptr<WatchedEndpoint>>;
    struct Followed {
        bool isFirst = false;      ///< nobody watched this endpoint before
        bool isMoreUrgent = false; ///< than it was
        bool isFirstOfAll = false; ///< nobody watched any
    };

    Followed follow(EndpointViewer& viewer, const EndpointId& endpoint, WatchNeed need);
    void leave(EndpointViewer& viewer);

    [[nodiscard]] const Entries& all() const { return m_entries; }
    /// Null where nobody watches it.
    [[nodiscard]] WatchedEndpoint* find(const EndpointId& id) const;

    /// What the account's list says of those that a key of this hash may see.
    void tellListed(const QList<ProviderEndpoint>& list, MonotonicPoint asked, const QString& userHash);
    void tellMissing(EndpointId id, MonotonicPoint asked);
    void tellWorkers(EndpointId id, bool changed);
    /// To those who watch this endpoint.
    void tellTrouble(EndpointId id, const Error& error);
    /// To everybody.
    void tellTrouble(const Error& error);
    void tellWell();

private:
    /// Each of them as long as it still watches the endpoint. By value: what is watched may go meanwhile.
    template <typename Tell> void tell(EndpointId id, Tell tell);
    void tellListedOne(WatchedEndpoint& watched, const ProviderEndpoint* listed, MonotonicPoint asked);

    Entries m_entries;
    std::map<EndpointViewer*, EndpointId> m_viewers;
};

} // namespace visgate
