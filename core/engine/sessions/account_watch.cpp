// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/account_watch.h"

#include "core/engine/context/engine_context.h"
#include "core/engine/context/publisher.h"
#include "core/engine/sessions/account_facts.h"

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
    : m_context(context), m_account(std::move(account)), m_looks(context, m_account, m_watched)
{
    QObject::connect(&m_clocks, &QTimer::timeout, &m_clocks, [this] { lookAtClocks(); });
}

AccountWatch::~AccountWatch() = default;

void AccountWatch::begin()
{
    if (m_context.stopping || std::exchange(m_begun, true))
        return;
    m_wallThen = m_context.now();
    m_monotonicThen = m_context.config.clock->monotonic();
    m_clocks.start(kClocksEvery);
    m_context.scope.add(keepListing());
    m_looks.begin();
}

void AccountWatch::stop()
{
    m_clocks.stop();
    m_lister.wake();
    m_looks.wake();
    for (auto& promise : std::exchange(m_waiting, {})) {
        promise.addResult(Result<QList<ProviderEndpoint>>(fail(ErrorCode::Cancelled)));
        promise.finish();
    }
}

void AccountWatch::follow(Viewer& viewer, const EndpointId& endpoint, WatchNeed need)
{
    const WatchedEndpoints::Followed followed = m_watched.follow(viewer, endpoint, need);
    begin();
    if (followed.isMoreUrgent || (followed.isFirst && need > WatchNeed::InTurn))
        m_looks.wake();
    if (followed.isFirstOfAll)
        m_lister.wake();
}

void AccountWatch::leave(Viewer& viewer)
{
    m_watched.leave(viewer);
}

void AccountWatch::noteOwnChange(const EndpointId& endpoint)
{
    WatchedEndpoint* const watched = m_watched.find(endpoint);
    if (!watched)
        return;
    watched->listed.reset();
    watched->changedAt = m_context.config.clock->monotonic();
}

void AccountWatch::refresh()
{
    m_listWanted = true;
    for (const auto& [id, watched] : m_watched.all())
        watched->lookedAt.reset();
    m_lister.wake();
    m_looks.wake();
}

void AccountWatch::forget()
{
    m_list.reset();
    m_askedAt.reset();
    for (const auto& [id, watched] : m_watched.all())
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
        if (m_watched.all().empty() || isFresh) {
            co_await m_lister.pause(m_watched.all().empty() ? kWatchUntilWoken : m_context.timer(pace.watch - age));
            continue;
        }
        m_listWanted = false;
        const auto list = co_await readList(CallFor::Watching);
        if (m_context.stopping)
            break;
        m_failures = list ? 0 : std::min(m_failures + 1, 10);
        if (!list && !m_listWanted)
            co_await m_lister.pause(m_context.timer(std::min(pace.retryHigh, pace.retryLow * (1 << (m_failures - 1)))));
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
    m_context.facts.noteEndpoints(m_account, list);
    m_watched.tellListed(list, asked, m_context.accounts.userHash(m_account));
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
    m_watched.tellTrouble(error);
}

void AccountWatch::well()
{
    m_looks.wake(); // it may have been closed
    if (!std::exchange(m_troubled, false))
        return;
    m_watched.tellWell();
}

} // namespace visgate
