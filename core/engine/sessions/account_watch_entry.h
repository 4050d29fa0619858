// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/sessions/account_watch.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

// What the two halves of AccountWatch share: the list (account_watch.cpp) and the workers (account_look.cpp).
namespace visgate {

constexpr std::chrono::milliseconds kWatchUntilWoken = std::chrono::hours(1);
constexpr std::size_t kDetailedLooksAtOnce = 2;
constexpr std::size_t kCountsAtOnce = 2;

/// Copied, because whoever is told something may come or leave meanwhile.
template <typename Map> [[nodiscard]] std::vector<typename Map::key_type> keysOf(const Map& map)
{
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map)
        keys.push_back(key);
    return keys;
}

/// One endpoint that is watched, and who wants to know of it.
struct AccountWatch::Entry {
    struct Seat {
        WatchNeed need = WatchNeed::InTurn;
        bool knowsListing = false;
    };
    EndpointId id;
    std::map<Viewer*, Seat> seats;
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

    void weigh()
    {
        need = WatchNeed::InTurn;
        for (const auto& [viewer, seat] : seats)
            need = std::max(need, seat.need);
    }
    [[nodiscard]] std::vector<Viewer*> viewers() const { return keysOf(seats); }
};

} // namespace visgate
