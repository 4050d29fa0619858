// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/stop_handlers.h"

#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/money/pending_stops.h"
#include "core/operations/handlers.h"
#include "core/operations/money.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kStopPatience = 60s;
constexpr std::chrono::milliseconds kStopTurn = 200ms;
/// An idle worker beyond its idle time-out is only remembered by the provider, and costs nothing.
constexpr std::chrono::seconds kRememberedFor{10};

/// Whoever waits for all of several tasks goes on however each of them ends.
class Countdown {
public:
    explicit Countdown(std::shared_ptr<int> left) : m_left(std::move(left)) { }
    ~Countdown() { --*m_left; }
    Countdown(const Countdown&) = delete;
    Countdown& operator=(const Countdown&) = delete;

private:
    std::shared_ptr<int> m_left;
};

} // namespace

void StopHandlers::addTo(Handlers& handlers)
{
    handlers.add<StopEverything>([this](StopEverything) { return stopEverything(); });
}

Task<Result<StopReport>> StopHandlers::stopEverything()
{
    const auto report = std::make_shared<StopReport>();
    report->askedAt = m_context.now();
    QList<PendingStop> stops;
    const QList<ProviderAccount> accounts = m_context.book.all();
    for (const ProviderAccount& account : accounts)
        stops.append({account.id, {}, report->askedAt});
    for (const auto& [id, owner] : m_table.all()) {
        const AccountRef account = owner->keyAccount();
        const PendingStop stop{account.target, account.guest, report->askedAt};
        if (!stops.contains(stop) && owner->mayExist())
            stops.append(stop);
    }
    // What an earlier one has not reached yet is not forgotten for the later.
    for (const PendingStop& earlier : m_pending.all()) {
        const PendingStop again{earlier.target, earlier.requestKeyHash, report->askedAt};
        if (!stops.contains(again))
            stops.append(again);
    }
    m_pending.set(stops);
    m_context.at("stop_all.committed");
    const Error byUser{ErrorCode::Cancelled, {}, 0, {}, {}};
    for (const auto& [id, owner] : m_table.all())
        owner->stopSpending(byUser);
    co_await stopRound(report, kStopPatience);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    co_return *report;
}

void StopHandlers::takeUp()
{
    const QList<PendingStop> stops = m_pending.all();
    const Error byUser{ErrorCode::Cancelled, {}, 0, {}, {}};
    for (const auto& [id, owner] : m_table.all()) {
        const AccountRef account = owner->keyAccount();
        const bool isMeant = std::any_of(stops.begin(), stops.end(), [&account](const PendingStop& stop) {
            return stop.target == account.target && stop.requestKeyHash == account.guest;
        });
        if (isMeant)
            owner->stopSpending(byUser);
    }
}

Task<void> StopHandlers::goOn(std::chrono::milliseconds patience)
{
    const QList<PendingStop> pending = m_pending.all();
    if (m_context.stopping || pending.isEmpty() || m_isStopping)
        co_return;
    const auto report = std::make_shared<StopReport>();
    report->askedAt = pending.constFirst().askedAt;
    co_await stopRound(report, patience);
}

Task<void> StopHandlers::stopRound(std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    m_isStopping = true;
    const auto left = std::make_shared<int>(0);
    const QList<PendingStop> stops = m_pending.all();
    for (const PendingStop& stop : stops) {
        ++*left;
        m_context.scope.add([](StopHandlers* self, PendingStop one, std::shared_ptr<StopReport> into,
                                std::chrono::milliseconds limit, std::shared_ptr<int> count) -> Task<void> {
            const Countdown atTheEnd(std::move(count));
            co_await self->stopAccount(AccountRef(one.target, one.requestKeyHash), into, limit);
        }(this, stop, report, patience, left));
    }
    Waker waker;
    while (*left > 0)
        co_await waker.pause(kStopTurn);
    m_isStopping = false;
    if (!m_context.stopping)
        m_context.publisher.publish(*report);
}

Task<void> StopHandlers::stopAccount(
    AccountRef account, std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    ProviderSessions& accounts = m_context.accounts;
    const auto isUnreached = [&](Error why) {
        if (!m_context.stopping)
            report->unreachable.append({account.target, !account.guest.isEmpty(), std::move(why)});
    };
    // Where practice does not run and nothing of ours is known, nothing is there.
    if (account.target.isPractice() && m_table.at(account).isEmpty() && !accounts.isOpen(account)) {
        m_pending.end(account);
        co_return;
    }
    AccountRef asked = account;
    if (!account.guest.isEmpty() && !accounts.hasGuest(account.target, account.guest))
        asked = AccountRef(account.target); // perhaps the stored key is the same
    auto opened = co_await accounts.open(asked, 0.0);
    if (m_context.stopping)
        co_return;
    if (!opened && account.guest.isEmpty() && m_endpoints.isWithoutAccount(account, opened.error())) {
        m_pending.end(account);
        // Nothing is recorded, but a keychain out of reach may hold the key of an account in which something runs.
        if (isOfTheKeychain(opened.error().code))
            report->unreachable.append({account.target, false, opened.error(), false});
        co_return;
    }
    if (asked != account && (!opened || accounts.userHash(asked) != account.guest)) {
        isUnreached(Error{ErrorCode::KeyNeeded, {}, 0, {}, {}});
        co_return;
    }
    if (asked != account) {
        m_pending.end(account); // it is the stored key's account, which is asked for itself
        co_return;
    }
    if (!opened || !accounts.isOpen(asked)) {
        isUnreached(opened ? Error{ErrorCode::Cancelled, {}, 0, {}, {}} : opened.error());
        co_return;
    }
    auto list = co_await accounts.provider(asked)->listEndpoints(CallFor::Deployment);
    if (m_context.stopping || !list || !accounts.isOpen(asked)) {
        isUnreached(list ? Error{ErrorCode::Cancelled, {}, 0, {}, {}} : list.error());
        co_return;
    }
    const QString hash = accounts.userHash(asked);
    const QList<const DeploymentRun*> ours = m_table.at(account);
    const auto left = std::make_shared<int>(0);
    const auto isAllStopped = std::make_shared<bool>(true);
    for (const ProviderEndpoint& endpoint : *list) {
        const bool isRecorded = std::any_of(m_table.all().begin(), m_table.all().end(),
            [&](const auto& other) { return other.second->record().deployment.endpointId == endpoint.id; });
        const EndpointOwner owner = m_endpoints.ownerOf(endpoint, asked);
        if (!isRecorded && owner == EndpointOwner::NotOurs)
            continue;
        const qsizetype place = report->endpoints.size();
        report->endpoints.append({account.target, endpoint.id, endpoint.name, 0, false, owner});
        ++*left;
        m_context.scope.add([](StopHandlers* self, AccountRef at, ProviderEndpoint one, qsizetype index,
                                std::shared_ptr<StopReport> into, std::chrono::milliseconds limit,
                                std::shared_ptr<int> count, std::shared_ptr<bool> all) -> Task<void> {
            const Countdown atTheEnd(std::move(count));
            const bool stopped = co_await self->stopEndpoint(std::move(at), std::move(one), index, into, limit);
            *all = *all && stopped;
        }(this, asked, endpoint, place, report, patience, left, isAllStopped));
    }
    // What an earlier key's account has is not in the list of this one.
    const bool hasStrangers = std::any_of(ours.begin(), ours.end(), [&](const DeploymentRun* owner) {
        const Deployment& d = owner->record().deployment;
        return !d.userHash.isEmpty() && d.userHash != hash && !d.endpointId.isEmpty()
            && std::none_of(list->cbegin(), list->cend(), [&](const auto& known) { return known.id == d.endpointId; });
    });
    if (hasStrangers)
        isUnreached(Error{ErrorCode::KeyNeeded, {}, 0, {}, {}});
    Waker waker;
    while (*left > 0)
        co_await waker.pause(kStopTurn);
    if (!m_context.stopping && *isAllStopped && !hasStrangers)
        m_pending.end(account);
}

Task<bool> StopHandlers::stopEndpoint(AccountRef account, ProviderEndpoint endpoint, qsizetype place,
    std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    ProviderSessions& accounts = m_context.accounts;
    const MonotonicPoint begin = m_context.config.clock->monotonic();
    const auto idle = std::max(endpoint.idleTimeout, std::chrono::seconds(1));
    const EnginePace pace = m_context.pace(account.target);
    bool isZero = endpoint.workersMax == 0;
    Waker waker;
    while (!m_context.stopping && accounts.isOpen(account) && m_context.config.clock->monotonic() - begin < patience) {
        if (!isZero) {
            auto scaled = co_await accounts.provider(account)->scale(endpoint.id, 0, 0, idle);
            if (m_context.stopping || !accounts.isOpen(account))
                co_return false;
            isZero = scaled ? scaled->workersMax == 0 : isGone(scaled.error());
        }
        if (isZero) {
            auto list = co_await accounts.provider(account)->workers(endpoint.id, CallFor::Deployment);
            if (m_context.stopping)
                co_return false;
            const bool isRemembered = m_context.config.clock->monotonic() - begin > idle * 2 + kRememberedFor;
            if (list) {
                const WorkerCounts& counts = list->counts;
                report->endpoints[place].workersLeft = counts.running + counts.initializing + counts.unhealthy
                    + counts.throttled + (isRemembered ? 0 : counts.idle);
            }
            report->endpoints[place].stopped
                = list ? report->endpoints.at(place).workersLeft == 0 : isGone(list.error());
            if (report->endpoints.at(place).stopped)
                co_return true;
        }
        co_await waker.pause(std::min<std::chrono::milliseconds>(pace.confirm, kStopTurn * 5));
    }
    co_return false;
}

} // namespace visgate
