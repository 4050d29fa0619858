// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/account_watch.h"

#include "core/engine/context/engine_context.h"
#include "core/engine/context/publisher.h"
#include "core/engine/sessions/account_watch_entry.h"
#include "core/engine/sessions/provider_sessions.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kClocksEvery{2000};
constexpr seconds kClocksApart{5};

} // namespace

AccountWatch::AccountWatch(EngineContext& context, AccountRef account)
    : m_context(context), m_account(std::move(account))
{
    for (std::size_t i = 0; i < kDetailedLooksAtOnce + kCountsAtOnce; ++i)
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

void AccountWatch::noteOwnChange(const EndpointId& endpoint)
{
    Entry* const watched = entry(endpoint);
    if (!watched)
        return;
    watched->listed.reset();
    watched->changedAt = m_context.config.clock->monotonic();
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
    m_askedAt.reset();
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

Task<Result<QList<ProviderEndpoint>>> AccountWatch::list()
{
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    begin();
    QPromise<Result<QList<ProviderEndpoint>>> promise;
    promise.start();
    const QFuture<Result<QList<ProviderEndpoint>>> future = promise.future();
    m_waiting.push_back(std::move(promise));
    if (!std::exchange(m_isAnswering, true))
        m_context.scope.add(answerWaiting());
    auto list = co_await future;
    co_return list;
}

/// Beside the list that is read in the background: that one may wait long for its turn, and nobody who asks waits with
/// it.
Task<void> AccountWatch::answerWaiting()
{
    while (!m_waiting.empty() && !m_context.stopping) {
        auto asked = std::exchange(m_waiting, {});
        auto list = co_await readList(CallFor::Deployment);
        for (auto& promise : asked) {
            promise.addResult(list);
            promise.finish();
        }
    }
    m_isAnswering = false;
}

Task<void> AccountWatch::keepListing()
{
    while (!m_context.stopping) {
        const EnginePace pace = m_context.pace(m_account.target);
        const auto age = m_context.config.clock->monotonic() - m_askedAt.value_or(MonotonicPoint());
        const bool isFresh = m_askedAt && m_list && !m_listWanted && age < pace.watch;
        if (m_entries.empty() || isFresh) {
            co_await m_lister.pause(m_entries.empty() ? kWatchUntilWoken : timer(pace.watch - age));
            continue;
        }
        m_listWanted = false;
        const auto list = co_await readList(CallFor::Watching);
        if (m_context.stopping)
            break;
        m_failures = list ? 0 : std::min(m_failures + 1, 10);
        if (!list && !m_listWanted)
            co_await m_lister.pause(timer(std::min(pace.retryHigh, pace.retryLow * (1 << (m_failures - 1)))));
    }
}

Task<Result<QList<ProviderEndpoint>>> AccountWatch::readList(CallFor reason)
{
    auto opened = co_await m_context.accounts.open(m_account, 0.0);
    const MonotonicPoint began = m_context.config.clock->monotonic();
    Result<QList<ProviderEndpoint>> list = fail(ErrorCode::Cancelled);
    if (!opened)
        list = fail(opened.error());
    else if (Provider* const provider = m_context.accounts.provider(m_account); provider && !m_context.stopping) {
        auto answer = co_await provider->listEndpoints(reason);
        list = std::move(answer);
    }
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    const bool isUsable = list && m_context.accounts.isOpen(m_account);
    // An answer that was overtaken by a later question's is old news.
    if (isUsable && (!m_askedAt || began >= *m_askedAt))
        takeList(*list, began);
    else if (!list && list.error().code != ErrorCode::Cancelled)
        trouble(list.error());
    if (list && !isUsable)
        co_return fail(ErrorCode::Cancelled);
    co_return list;
}

void AccountWatch::takeList(QList<ProviderEndpoint> list, MonotonicPoint asked)
{
    well();
    m_askedAt = asked;
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
        if (isNews && asked >= watched->changedAt)
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
    if (changed && m_account.guest.isEmpty())
        m_context.publisher.publishEndpoints();
}

void AccountWatch::trouble(const Error& error)
{
    m_troubled = true;
    if (m_account.target.isPractice() && error.code == ErrorCode::NetworkUnreachable)
        m_context.accounts.doubt(AccountId::practice()); // it left or died: the next call starts it again
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
