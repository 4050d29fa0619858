// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/account_watch.h"

#include "core/engine/accounts.h"
#include "core/engine/engine_context.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kUntilWoken = std::chrono::hours(1);
/// The list of workers itself is read again after so long, even where the counts have not moved.
constexpr std::chrono::minutes kDetailAge{10};
/// A look that is so late does not wait for a detailed one.
constexpr seconds kLate{20};
constexpr milliseconds kBetweenCounts{250};
constexpr std::size_t kDetailedAtOnce = 2;
constexpr std::size_t kCountsAtOnce = 2;
constexpr milliseconds kClocksEvery{2000};
constexpr seconds kClocksApart{5};

bool isGone(const Error& error)
{
    return error.providerStatus == 404 || error.code == ErrorCode::EndpointVanished;
}

bool isSame(const WorkerList& a, const WorkerList& b)
{
    const auto isSameWorker = [](const ProviderWorker& x, const ProviderWorker& y) {
        return x.id == y.id && x.status == y.status && x.stale == y.stale && x.gpuTypeId == y.gpuTypeId
            && x.dataCenter == y.dataCenter;
    };
    return a.counts == b.counts && a.endpointVersion == b.endpointVersion
        && std::equal(a.workers.begin(), a.workers.end(), b.workers.begin(), b.workers.end(), isSameWorker);
}

/// Copied, because whoever is told something may come or leave meanwhile.
template <typename Map> std::vector<typename Map::key_type> keysOf(const Map& map)
{
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map)
        keys.push_back(key);
    return keys;
}

WorkerCounts countsOf(const QueueHealth& health)
{
    WorkerCounts counts;
    counts.running = health.workersRunning;
    counts.idle = health.workersIdle;
    counts.initializing = health.workersInitializing;
    counts.throttled = health.workersThrottled;
    counts.unhealthy = health.workersUnhealthy;
    return counts;
}

} // namespace

struct AccountWatch::Entry {
    struct Seat {
        WatchNeed need = WatchNeed::InTurn;
        bool knowsListing = false;
    };
    EndpointId id;
    std::map<Viewer*, Seat> seats;
    WatchNeed need = WatchNeed::InTurn; ///< the most urgent of the seats'
    std::optional<ProviderEndpoint> listed;
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

AccountWatch::AccountWatch(EngineContext& context, AccountRef account)
    : m_context(context), m_account(std::move(account))
{
    for (std::size_t i = 0; i < kDetailedAtOnce + kCountsAtOnce; ++i)
        m_lookers.push_back(std::make_unique<Waker>());
    QObject::connect(&m_clocks, &QTimer::timeout, &m_clocks, [this] { lookAtClocks(); });
}

AccountWatch::~AccountWatch() = default;

milliseconds AccountWatch::timer(nanoseconds span) const
{
    return std::chrono::ceil<milliseconds>(m_context.config.clock->timerFor(span));
}

void AccountWatch::begin()
{
    if (m_context.stopping || std::exchange(m_begun, true))
        return;
    m_wallThen = m_context.now();
    m_monotonicThen = m_context.config.clock->monotonic();
    m_clocks.start(kClocksEvery);
    m_context.scope.add(keepListing());
    for (std::size_t looker = 0; looker < m_lookers.size(); ++looker)
        m_context.scope.add(keepLooking(looker));
}

void AccountWatch::stop()
{
    m_clocks.stop();
    m_lister.wake();
    wakeLookers();
    for (auto& promise : std::exchange(m_waiting, {})) {
        promise.addResult(Result<QList<ProviderEndpoint>>(fail(ErrorCode::Cancelled)));
        promise.finish();
    }
}

void AccountWatch::wakeLookers()
{
    for (const auto& looker : m_lookers)
        looker->wake();
}

AccountWatch::Entry* AccountWatch::entry(const EndpointId& id)
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.get();
}

void AccountWatch::follow(Viewer& viewer, const EndpointId& endpoint, WatchNeed need)
{
    if (const auto seat = m_viewers.find(&viewer); seat != m_viewers.end() && seat->second != endpoint)
        leave(viewer);
    m_viewers[&viewer] = endpoint;
    std::unique_ptr<Entry>& watched = m_entries[endpoint];
    const bool isFirst = !watched;
    if (isFirst) {
        watched = std::make_unique<Entry>();
        watched->id = endpoint;
    }
    const WatchNeed before = watched->need;
    watched->seats[&viewer].need = need;
    watched->weigh();
    begin();
    if (watched->need > before || (isFirst && need > WatchNeed::InTurn))
        wakeLookers();
    if (isFirst && m_entries.size() == 1)
        m_lister.wake();
}

void AccountWatch::leave(Viewer& viewer)
{
    const auto seat = m_viewers.find(&viewer);
    if (seat == m_viewers.end())
        return;
    if (Entry* const watched = entry(seat->second)) {
        watched->seats.erase(&viewer);
        watched->weigh();
        if (watched->seats.empty())
            m_entries.erase(seat->second);
    }
    m_viewers.erase(seat);
}

void AccountWatch::refresh()
{
    m_listWanted = true;
    for (const auto& [id, watched] : m_entries)
        watched->lookedAt.reset();
    m_lister.wake();
    wakeLookers();
}

void AccountWatch::forget()
{
    m_list.reset();
    for (const auto& [id, watched] : m_entries)
        watched->listed.reset();
    refresh();
}

/// While the computer sleeps, the monotonic clock stands and the wall clock goes on; a program that was stopped finds
/// its timer late. What is known is old then.
void AccountWatch::lookAtClocks()
{
    const TimePoint wall = m_context.now();
    const MonotonicPoint monotonic = m_context.config.clock->monotonic();
    const nanoseconds passed = monotonic - m_monotonicThen;
    const nanoseconds apart = (wall - m_wallThen) - passed;
    const bool wasStopped = m_context.config.clock->timerFor(passed) > kClocksEvery + kClocksApart;
    m_wallThen = wall;
    m_monotonicThen = monotonic;
    if (wasStopped || apart > kClocksApart || apart < -kClocksApart)
        refresh();
}

Task<Result<QList<ProviderEndpoint>>> AccountWatch::list(CallFor reason)
{
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    begin();
    QPromise<Result<QList<ProviderEndpoint>>> promise;
    promise.start();
    const QFuture<Result<QList<ProviderEndpoint>>> future = promise.future();
    m_waiting.push_back(std::move(promise));
    if (reason == CallFor::Deployment)
        m_reason = reason;
    m_lister.wake();
    auto list = co_await future;
    co_return list;
}

Task<void> AccountWatch::keepListing()
{
    while (!m_context.stopping) {
        if (m_entries.empty() && m_waiting.empty()) {
            co_await m_lister.pause(kUntilWoken);
            continue;
        }
        m_listWanted = false;
        const bool wasRead = co_await readList();
        if (m_context.stopping)
            break;
        const EnginePace pace = m_context.pace(m_account.target);
        m_failures = wasRead ? 0 : std::min(m_failures + 1, 10);
        const milliseconds pause
            = wasRead ? pace.watch : std::min(pace.retryHigh, pace.retryLow * (1 << (m_failures - 1)));
        if (m_waiting.empty() && !m_listWanted)
            co_await m_lister.pause(timer(pause));
    }
}

Task<bool> AccountWatch::readList()
{
    auto asked = std::exchange(m_waiting, {});
    const CallFor reason = std::exchange(m_reason, CallFor::Watching);
    auto opened = co_await m_context.accounts.open(m_account, 0.0);
    const MonotonicPoint began = m_context.config.clock->monotonic();
    Result<QList<ProviderEndpoint>> list = fail(ErrorCode::Cancelled);
    if (!opened)
        list = fail(opened.error());
    else if (Provider* const provider = m_context.accounts.provider(m_account); provider && !m_context.stopping) {
        auto answer = co_await provider->listEndpoints(reason);
        list = std::move(answer);
    }
    const bool isUsable = list && !m_context.stopping && m_context.accounts.isOpen(m_account);
    if (isUsable)
        takeList(*list, began);
    else if (!list && !m_context.stopping && list.error().code != ErrorCode::Cancelled)
        trouble(list.error());
    for (auto& promise : asked) {
        promise.addResult(list);
        promise.finish();
    }
    co_return isUsable;
}

void AccountWatch::takeList(QList<ProviderEndpoint> list, MonotonicPoint asked)
{
    well();
    m_context.accounts.noteEndpoints(m_account, list);
    std::map<EndpointId, const ProviderEndpoint*> byId;
    for (const ProviderEndpoint& endpoint : list)
        byId[endpoint.id] = &endpoint;
    for (const EndpointId& id : keysOf(m_entries)) {
        Entry* const watched = entry(id);
        if (!watched || !isSeen(*watched))
            continue;
        const auto found = byId.find(id);
        const bool isThere = found != byId.end();
        const bool isNews = isThere && (!watched->listed || *watched->listed != *found->second);
        if (isNews)
            watched->listed = *found->second;
        else if (!isThere)
            watched->listed.reset();
        for (Viewer* const viewer : watched->viewers()) {
            Entry* const still = entry(id);
            if (!still || !still->seats.contains(viewer))
                continue;
            if (!isThere) {
                still->seats[viewer].knowsListing = false;
                viewer->onMissing(asked);
            } else if (!std::exchange(still->seats[viewer].knowsListing, true) || isNews) {
                viewer->onListed(*found->second, asked);
            }
        }
    }
    const bool changed = !m_list || *m_list != list;
    m_list = std::move(list);
    m_listedAt = m_context.now();
    if (changed && m_listChanged)
        m_listChanged();
}

/// Whether the present key may see it at all: another account's list says nothing about it.
bool AccountWatch::isSeen(const Entry& watched) const
{
    const QString hash = m_context.accounts.userHash(m_account);
    return std::any_of(
        watched.seats.begin(), watched.seats.end(), [&](const auto& seat) { return seat.first->viewerHash() == hash; });
}

bool AccountWatch::wantsDetail(const Entry& watched) const
{
    if (watched.need >= WatchNeed::Streaming || watched.odd)
        return true;
    return watched.workers && !watched.workers->workers.isEmpty()
        && m_context.config.clock->monotonic() - watched.detailAt > kDetailAge;
}

milliseconds AccountWatch::intervalOf(const Entry& watched) const
{
    const EnginePace pace = m_context.pace(m_account.target);
    if (watched.failures > 0)
        return std::min(pace.retryHigh, pace.retryLow * (1 << std::min(watched.failures - 1, 10)));
    switch (watched.need) {
    case WatchNeed::Deploying:
        return pace.observe;
    case WatchNeed::Streaming:
        return pace.observe * 2;
    case WatchNeed::AtRisk:
        return watched.odd ? pace.observe * 2 : pace.risk;
    case WatchNeed::InTurn:
        return watched.odd ? pace.observe * 2 : pace.turn;
    }
    return pace.turn;
}

/// The look that is due most, by the number of intervals it is late; how long it is late counts as well, so that
/// those with a long interval come in turn, too. Null: none is due for `wait`.
AccountWatch::Entry* AccountWatch::next(bool detailed, nanoseconds& wait)
{
    constexpr double mostIntervals = 10.0;
    constexpr double minute = 60.0;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    Entry* best = nullptr;
    double bestScore = -1.0;
    wait = kUntilWoken;
    for (const auto& [id, watched] : m_entries) {
        if (watched->isBusy || !isSeen(*watched))
            continue;
        const milliseconds interval = intervalOf(*watched);
        const nanoseconds late
            = watched->lookedAt ? nanoseconds(now - *watched->lookedAt - interval) : nanoseconds(kLate * 2);
        const bool isDetailed = wantsDetail(*watched);
        // While the budget keeps the detailed look waiting, the counts at least stay fresh.
        const bool isStale = watched->seenAt && now - *watched->seenAt > kLate && !watched->odd;
        if (detailed != isDetailed && (detailed || !isStale))
            continue;
        if (late < nanoseconds(0)) {
            wait = std::min(wait, -late);
            continue;
        }
        const double score
            = std::min(mostIntervals, std::chrono::duration<double>(late) / std::max(interval, milliseconds(1)))
            + std::chrono::duration<double>(late).count() / minute + static_cast<double>(watched->need);
        if (score > bestScore) {
            bestScore = score;
            best = watched.get();
        }
    }
    return best;
}

Task<void> AccountWatch::keepLooking(std::size_t looker)
{
    Waker& waker = *m_lookers.at(looker);
    const bool detailed = looker < kDetailedAtOnce;
    while (!m_context.stopping) {
        nanoseconds wait{};
        Entry* const chosen = m_context.accounts.isOpen(m_account) ? next(detailed, wait) : nullptr;
        if (!chosen) {
            if (!m_context.accounts.isOpen(m_account))
                wait = kUntilWoken; // the list opens it, and wakes the lookers
            co_await waker.pause(timer(wait));
            continue;
        }
        const EndpointId id = chosen->id;
        co_await look(id, detailed);
        if (!detailed && !m_context.stopping) {
            const milliseconds spacing = std::min(kBetweenCounts, m_context.pace(m_account.target).risk / 8);
            co_await waker.pause(timer(spacing));
        }
    }
}

Task<void> AccountWatch::look(EndpointId id, bool detailed)
{
    Provider* const provider = m_context.accounts.provider(m_account);
    const MonotonicPoint asked = m_context.config.clock->monotonic();
    {
        Entry* const watched = entry(id);
        watched->isBusy = true;
        watched->lookedAt = asked;
    }
    std::optional<Error> error;
    if (detailed) {
        auto list = co_await provider->workers(id);
        if (!list)
            error = list.error();
        else if (Entry* const watched = entry(id); watched && !m_context.stopping)
            takeDetail(*watched, std::move(*list), asked);
    } else {
        auto health = co_await provider->health(id);
        if (!health)
            error = health.error();
        else if (Entry* const watched = entry(id); watched && !m_context.stopping)
            takeCounts(*watched, *health, asked);
    }
    Entry* const watched = entry(id);
    if (!watched || m_context.stopping)
        co_return;
    watched->isBusy = false;
    watched->failures = error && error->code != ErrorCode::Cancelled ? watched->failures + 1 : 0;
    if (!error || error->code == ErrorCode::Cancelled)
        co_return;
    for (Viewer* const viewer : watched->viewers()) {
        if (isGone(*error))
            viewer->onMissing(asked);
        else if (detailed && watched->need >= WatchNeed::Streaming)
            viewer->onTrouble(*error);
    }
}

void AccountWatch::takeDetail(Entry& watched, WorkerList list, MonotonicPoint asked)
{
    watched.accepted = std::exchange(watched.odd, std::nullopt);
    const bool changed = !watched.workers || !isSame(*watched.workers, list);
    watched.workers = std::move(list);
    watched.detailAt = asked;
    watched.seenAt = asked;
    tell(watched, changed);
}

void AccountWatch::takeCounts(Entry& watched, const QueueHealth& health, MonotonicPoint asked)
{
    const WorkerCounts counts = countsOf(health);
    if (!watched.workers && counts.total() == 0)
        watched.workers = WorkerList();
    const bool isKnown = watched.workers && (watched.workers->counts == counts || watched.accepted == counts);
    if (!isKnown) {
        watched.odd = counts;
        watched.lookedAt.reset(); // a detailed look at once
        wakeLookers();
        return;
    }
    // As before, only older.
    const seconds passed = watched.seenAt ? std::chrono::duration_cast<seconds>(asked - *watched.seenAt) : seconds(0);
    for (ProviderWorker& worker : watched.workers->workers) {
        if (worker.uptime)
            *worker.uptime += passed;
    }
    watched.seenAt = watched.seenAt ? *watched.seenAt + passed : asked;
    tell(watched, false);
}

void AccountWatch::tell(Entry& watched, bool changed)
{
    watched.seenWall = m_context.now();
    const EndpointId id = watched.id;
    for (Viewer* const viewer : watched.viewers()) {
        Entry* const still = entry(id);
        if (still && still->seats.contains(viewer))
            viewer->onWorkers(*still->workers, still->seenWall, changed);
    }
}

void AccountWatch::trouble(const Error& error)
{
    m_troubled = true;
    if (m_account.target == Target::Practice && error.code == ErrorCode::NetworkUnreachable)
        m_context.accounts.doubt(Target::Practice); // it left or died: the next call starts it again
    for (Viewer* const viewer : keysOf(m_viewers)) {
        if (m_viewers.contains(viewer))
            viewer->onTrouble(error);
    }
}

void AccountWatch::well()
{
    wakeLookers(); // it may have been closed
    if (!std::exchange(m_troubled, false))
        return;
    for (Viewer* const viewer : keysOf(m_viewers)) {
        if (m_viewers.contains(viewer))
            viewer->onWell();
    }
}

} // namespace visgate
