// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/worker_looks.h"

#include "core/engine/context/engine_context.h"
#include "core/engine/context/error_kinds.h"

#include <algorithm>
#include <utility>

namespace visgate {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

namespace {

/// The list of workers itself is read again after so long, even where the counts have not moved.
constexpr std::chrono::minutes kDetailAge{10};
/// A look that is so late does not wait for a detailed one.
constexpr seconds kLate{20};
constexpr milliseconds kBetweenCounts{250};
constexpr std::size_t kDetailedLooksAtOnce = 2;
constexpr std::size_t kCountsAtOnce = 2;

bool isSame(const WorkerList& a, const WorkerList& b)
{
    const auto isSameWorker = [](const ProviderWorker& x, const ProviderWorker& y) {
        return x.id == y.id && x.status == y.status && x.stale == y.stale && x.gpuTypeId == y.gpuTypeId
            && x.dataCenter == y.dataCenter;
    };
    return a.counts == b.counts && a.endpointVersion == b.endpointVersion
        && std::equal(a.workers.begin(), a.workers.end(), b.workers.begin(), b.workers.end(), isSameWorker);
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

WorkerLooks::WorkerLooks(EngineContext& context, const AccountRef& account, WatchedEndpoints& watched)
    : m_context(context), m_account(account), m_watched(watched)
{
    for (std::size_t i = 0; i < kDetailedLooksAtOnce + kCountsAtOnce; ++i)
        m_lookers.push_back(std::make_unique<Waker>());
}

void WorkerLooks::begin()
{
    for (std::size_t looker = 0; looker < m_lookers.size(); ++looker)
        m_context.scope.add(keepLooking(looker));
}

void WorkerLooks::wake()
{
    for (const auto& looker : m_lookers)
        looker->wake();
}

bool WorkerLooks::wantsDetail(const WatchedEndpoint& watched) const
{
    if (watched.need >= WatchNeed::Streaming || watched.odd)
        return true;
    return watched.workers && !watched.workers->workers.isEmpty()
        && m_context.config.clock->monotonic() - watched.detailAt > kDetailAge;
}

milliseconds WorkerLooks::intervalOf(const WatchedEndpoint& watched) const
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
WatchedEndpoint* WorkerLooks::next(bool detailed, nanoseconds& wait)
{
    constexpr double mostIntervals = 10.0;
    constexpr double minute = 60.0;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    WatchedEndpoint* best = nullptr;
    double bestScore = -1.0;
    wait = kWatchUntilWoken;
    const QString hash = m_context.accounts.userHash(m_account);
    for (const auto& [id, watched] : m_watched.all()) {
        if (watched->isBusy || !watched->isSeenBy(hash))
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

Task<void> WorkerLooks::keepLooking(std::size_t looker)
{
    Waker& waker = *m_lookers.at(looker);
    const bool detailed = looker < kDetailedLooksAtOnce;
    while (!m_context.stopping) {
        nanoseconds wait{};
        WatchedEndpoint* const chosen = m_context.accounts.isOpen(m_account) ? next(detailed, wait) : nullptr;
        if (!chosen) {
            if (!m_context.accounts.isOpen(m_account))
                wait = kWatchUntilWoken; // the list opens it, and wakes the lookers
            co_await waker.pause(m_context.timer(wait));
            continue;
        }
        const EndpointId id = chosen->id;
        co_await look(id, detailed);
        if (!detailed && !m_context.stopping) {
            const milliseconds spacing = std::min(kBetweenCounts, m_context.pace(m_account.target).risk / 8);
            co_await waker.pause(m_context.timer(spacing));
        }
    }
}

Task<void> WorkerLooks::look(EndpointId id, bool detailed)
{
    Provider* const provider = m_context.accounts.provider(m_account);
    const MonotonicPoint asked = m_context.config.clock->monotonic();
    {
        WatchedEndpoint* const watched = m_watched.find(id);
        watched->isBusy = true;
        watched->lookedAt = asked;
    }
    std::optional<Error> error;
    if (detailed) {
        auto list = co_await provider->workers(id);
        if (!list)
            error = list.error();
        else if (WatchedEndpoint* const watched = m_watched.find(id); watched && !m_context.stopping)
            takeDetail(*watched, std::move(*list), asked);
    } else {
        auto health = co_await provider->health(id);
        if (!health)
            error = health.error();
        else if (WatchedEndpoint* const watched = m_watched.find(id); watched && !m_context.stopping)
            takeCounts(*watched, *health, asked);
    }
    WatchedEndpoint* const watched = m_watched.find(id);
    if (!watched || m_context.stopping)
        co_return;
    watched->isBusy = false;
    watched->failures = error && error->code != ErrorCode::Cancelled ? watched->failures + 1 : 0;
    if (!error || error->code == ErrorCode::Cancelled)
        co_return;
    if (isGone(*error))
        m_watched.tellMissing(id, asked);
    else if (detailed && watched->need >= WatchNeed::Streaming)
        m_watched.tellTrouble(id, *error);
}

void WorkerLooks::takeDetail(WatchedEndpoint& watched, WorkerList list, MonotonicPoint asked)
{
    watched.accepted = std::exchange(watched.odd, std::nullopt);
    const bool changed = !watched.workers || !isSame(*watched.workers, list);
    watched.workers = std::move(list);
    watched.detailAt = asked;
    watched.seenAt = asked;
    watched.seenWall = m_context.now();
    m_watched.tellWorkers(watched.id, changed);
}

void WorkerLooks::takeCounts(WatchedEndpoint& watched, const QueueHealth& health, MonotonicPoint asked)
{
    const WorkerCounts counts = countsOf(health);
    if (!watched.workers && counts.total() == 0)
        watched.workers = WorkerList();
    const bool isKnown = watched.workers && (watched.workers->counts == counts || watched.accepted == counts);
    if (!isKnown) {
        watched.odd = counts;
        watched.lookedAt.reset(); // a detailed look at once
        wake();
        return;
    }
    // As before, only older.
    const seconds passed = watched.seenAt ? std::chrono::duration_cast<seconds>(asked - *watched.seenAt) : seconds(0);
    for (ProviderWorker& worker : watched.workers->workers) {
        if (worker.uptime)
            *worker.uptime += passed;
    }
    watched.seenAt = watched.seenAt ? *watched.seenAt + passed : asked;
    watched.seenWall = m_context.now();
    m_watched.tellWorkers(watched.id, false);
}

} // namespace visgate
