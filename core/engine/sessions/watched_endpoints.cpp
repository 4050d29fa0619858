// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/watched_endpoints.h"

#include <utility>

namespace visgate {

namespace {

/// Copied, because whoever is told something may come or leave meanwhile.
template <typename Map> [[nodiscard]] std::vector<typename Map::key_type> keysOf(const Map& map)
{
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map)
        keys.push_back(key);
    return keys;
}

} // namespace

WatchedEndpoint* WatchedEndpoints::find(const EndpointId& id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.get();
}

WatchedEndpoints::Followed WatchedEndpoints::follow(EndpointViewer& viewer, const EndpointId& endpoint, WatchNeed need)
{
    if (const auto seat = m_viewers.find(&viewer); seat != m_viewers.end() && seat->second != endpoint)
        leave(viewer);
    m_viewers[&viewer] = endpoint;
    std::unique_ptr<WatchedEndpoint>& watched = m_entries[endpoint];
    Followed followed;
    followed.isFirst = !watched;
    if (followed.isFirst) {
        watched = std::make_unique<WatchedEndpoint>();
        watched->id = endpoint;
    }
    const WatchNeed before = watched->need;
    watched->seats[&viewer].need = need;
    watched->weigh();
    followed.isMoreUrgent = watched->need > before;
    followed.isFirstOfAll = followed.isFirst && m_entries.size() == 1;
    return followed;
}

void WatchedEndpoints::leave(EndpointViewer& viewer)
{
    const auto seat = m_viewers.find(&viewer);
    if (seat == m_viewers.end())
        return;
    if (WatchedEndpoint* const watched = find(seat->second)) {
        watched->seats.erase(&viewer);
        watched->weigh();
        if (watched->seats.empty())
            m_entries.erase(seat->second);
    }
    m_viewers.erase(seat);
}

template <typename Tell> void WatchedEndpoints::tell(EndpointId id, Tell tell)
{
    const WatchedEndpoint* const watched = find(id);
    if (!watched)
        return;
    for (EndpointViewer* const viewer : keysOf(watched->seats)) {
        WatchedEndpoint* const still = find(id);
        if (still && still->seats.contains(viewer))
            tell(*still, *viewer);
    }
}

void WatchedEndpoints::tellListed(const QList<ProviderEndpoint>& list, MonotonicPoint asked, const QString& userHash)
{
    std::map<EndpointId, const ProviderEndpoint*> byId;
    for (const ProviderEndpoint& endpoint : list)
        byId[endpoint.id] = &endpoint;
    for (const EndpointId& id : keysOf(m_entries)) {
        WatchedEndpoint* const watched = find(id);
        if (!watched || !watched->isSeenBy(userHash))
            continue;
        const auto found = byId.find(id);
        tellListedOne(*watched, found == byId.end() ? nullptr : found->second, asked);
    }
}

void WatchedEndpoints::tellListedOne(WatchedEndpoint& watched, const ProviderEndpoint* listed, MonotonicPoint asked)
{
    if (!listed) {
        watched.listed.reset();
        tell(watched.id, [asked](WatchedEndpoint& still, EndpointViewer& viewer) {
            still.seats[&viewer].knowsListing = false;
            viewer.onMissing(asked);
        });
        return;
    }
    const bool isNews = !watched.listed || *watched.listed != *listed;
    if (isNews && asked >= watched.changedAt)
        watched.listed = *listed;
    tell(watched.id, [&](WatchedEndpoint& still, EndpointViewer& viewer) {
        if (!std::exchange(still.seats[&viewer].knowsListing, true) || isNews)
            viewer.onListed(*listed, asked);
    });
}

void WatchedEndpoints::tellMissing(EndpointId id, MonotonicPoint asked)
{
    tell(std::move(id), [asked](WatchedEndpoint&, EndpointViewer& viewer) { viewer.onMissing(asked); });
}

void WatchedEndpoints::tellWorkers(EndpointId id, bool changed)
{
    tell(std::move(id), [changed](WatchedEndpoint& still, EndpointViewer& viewer) {
        viewer.onWorkers(*still.workers, still.seenWall, changed);
    });
}

void WatchedEndpoints::tellTrouble(EndpointId id, const Error& error)
{
    tell(std::move(id), [&error](WatchedEndpoint&, EndpointViewer& viewer) { viewer.onTrouble(error); });
}

void WatchedEndpoints::tellTrouble(const Error& error)
{
    for (EndpointViewer* const viewer : keysOf(m_viewers)) {
        if (m_viewers.contains(viewer))
            viewer->onTrouble(error);
    }
}

void WatchedEndpoints::tellWell()
{
    for (EndpointViewer* const viewer : keysOf(m_viewers)) {
        if (m_viewers.contains(viewer))
            viewer->onWell();
    }
}

} // namespace visgate
