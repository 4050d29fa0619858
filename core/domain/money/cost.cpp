// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/money/cost.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace visgate {

namespace {

using std::chrono::seconds;
using State = WorkerSight::State;

constexpr std::array<std::pair<CostCause, const char*>, 5> kCauses{
    {{CostCause::Picture, "picture"}, {CostCause::ColdStart, "cold_start"}, {CostCause::StuckStart, "stuck_start"},
        {CostCause::Idle, "idle"}, {CostCause::KeepWarm, "keep_warm"}}};

/// The age is whole seconds, and two looks may disagree a little; less than this is not a new container.
constexpr double kAgeSlack = 3.0;
/// An idle worker beyond its idle time-out is only remembered by the provider (facts: "scaled down"), give or take.
constexpr double kIdleSlack = 5.0;
/// Between asking a container to end and its end.
constexpr seconds kStopGrace{10};
/// Looking for a machine, and one start that did not come up.
constexpr seconds kStartAllowance{2400};
constexpr seconds kShortestLife{60};
constexpr seconds kLongestLife{604'800};
/// Prices move between the look at the catalogue and the end of the worst case.
constexpr double kPriceRise = 1.25;

constexpr int kFewestVotes = 3;
constexpr int kClearMajority = 4;
constexpr double kTellingShare = 0.15; ///< starts must be so much of the estimate to tell anything

double count(seconds value)
{
    return static_cast<double>(value.count());
}

double between(MonotonicPoint from, MonotonicPoint to)
{
    return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

double cost(double usdPerHour, double time)
{
    return usdPerHour * time / 3600.0;
}

} // namespace

QString toString(CostCause cause)
{
    for (const auto& [known, name] : kCauses) {
        if (known == cause)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<CostCause> costCauseFromString(const QString& text)
{
    for (const auto& [cause, name] : kCauses) {
        if (text == QLatin1String(name))
            return cause;
    }
    return std::nullopt;
}

bool isOfStart(CostCause cause)
{
    return cause == CostCause::ColdStart || cause == CostCause::StuckStart;
}

void CostMeter::give(Worker& worker, CostCause cause, double time)
{
    worker.counted += time;
    if (cause == CostCause::ColdStart)
        worker.ofStart += time;
    const double usd = cost(worker.usdPerHour, time);
    const auto known
        = std::find_if(m_due.begin(), m_due.end(), [cause](const CostShare& share) { return share.cause == cause; });
    if (known == m_due.end()) {
        m_due.append({cause, time, usd});
    } else {
        known->seconds += time;
        known->usd += usd;
    }
}

QList<CostShare> CostMeter::take()
{
    QList<CostShare> due = std::exchange(m_due, {});
    due.removeIf([](const CostShare& share) { return share.seconds == 0.0 && share.usd == 0.0; });
    return due;
}

/// What was booked as a cold start becomes a stuck start's.
void CostMeter::callStuck(Worker& worker)
{
    const double time = std::exchange(worker.ofStart, 0.0);
    if (time <= 0.0)
        return;
    const double counted = worker.counted;
    give(worker, CostCause::ColdStart, -time);
    give(worker, CostCause::StuckStart, time);
    worker.counted = counted;
    worker.ofStart = 0.0;
}

/// The container has ended; `unseen` seconds ago it was there.
void CostMeter::finish(Worker& worker, double unseen, const Rules& rules)
{
    double more = 0.0;
    CostCause cause = CostCause::Idle;
    switch (worker.state) {
    case State::Waiting:
    case State::Broken:
        break;
    case State::Starting:
        more = std::min(unseen, std::max(0.0, count(rules.limits.initTimeout) - worker.counted));
        cause = CostCause::ColdStart;
        break;
    case State::Busy:
        more = std::min(unseen, count(rules.limits.executionTimeout + rules.limits.idleTimeout));
        cause = CostCause::Picture;
        break;
    case State::Idle:
        // Where a worker always runs nothing but the look itself bounds it.
        more = rules.limits.workersMin > 0
            ? unseen
            : std::min(unseen, std::max(0.0, count(rules.limits.idleTimeout) + 1.0 - worker.idle));
        cause = rules.keepsWarm ? CostCause::KeepWarm : CostCause::Idle;
        break;
    }
    if (worker.counted > 0.0 || more > 0.0) {
        const double whole = std::ceil(worker.counted + more);
        give(worker, cause, whole - worker.counted);
    }
    if (!worker.wasUp)
        callStuck(worker);
    worker.counted = 0.0;
    worker.ofStart = 0.0;
    worker.idle = 0.0;
    worker.wasUp = false;
}

void CostMeter::look(Worker& worker, const WorkerSight& sight, MonotonicPoint now, const Rules& rules)
{
    const double unseen = between(worker.seenAt, now);
    const bool hasContainer = sight.state == State::Busy || sight.state == State::Idle
        || (sight.state == State::Starting && (sight.age || sight.heard));
    const bool hadContainer = worker.hasContainer();
    worker.isFree = false;
    if (!hasContainer) {
        if (hadContainer)
            finish(worker, unseen, rules);
        worker.state = sight.state == State::Broken ? State::Broken : State::Waiting;
        return;
    }
    worker.hadContainer = true;
    if (sight.age && count(*sight.age) + kAgeSlack < worker.counted)
        finish(worker, 0.0, rules); // another container in the same place
    const double since = sight.age ? std::max(0.0, count(*sight.age) - worker.counted) : hadContainer ? unseen : 0.0;
    worker.usdPerHour = sight.usdPerHour;
    const State before = std::exchange(worker.state, sight.state);
    if (sight.state == State::Starting) {
        give(worker, CostCause::ColdStart, since);
        return;
    }
    // The look that first sees it up brings the rest of its start.
    const bool justUp = !std::exchange(worker.wasUp, true);
    if (justUp && since > 0.0) {
        give(worker, CostCause::ColdStart, since);
        return;
    }
    if (sight.state == State::Busy) {
        worker.idle = 0.0;
        give(worker, CostCause::Picture, since);
        return;
    }
    if (before == State::Busy) { // part of that it was still at work; a job's own time is more exact
        worker.idle = std::min(since, 1.0);
        give(worker, CostCause::Picture, since);
        return;
    }
    const double allowed = std::max(0.0, count(rules.limits.idleTimeout) + kIdleSlack - worker.idle);
    worker.idle += since;
    const double billed = rules.limits.workersMin > 0 ? since : std::min(since, allowed);
    give(worker, rules.keepsWarm ? CostCause::KeepWarm : CostCause::Idle, billed);
    worker.counted += since - billed; // seen, and not billed
    worker.isFree = rules.limits.workersMin == 0 && worker.idle > count(rules.limits.idleTimeout) + kIdleSlack;
}

QList<CostShare> CostMeter::onWorkers(const QList<WorkerSight>& sights, MonotonicPoint now, const Rules& rules)
{
    QSet<QString> present;
    for (const WorkerSight& sight : sights) {
        present.insert(sight.worker);
        auto found = m_workers.find(sight.worker);
        if (found == m_workers.end()) {
            Worker fresh;
            fresh.id = sight.worker;
            fresh.seenAt = now;
            if (sight.age && rules.ours && *sight.age > *rules.ours) {
                fresh.counted = count(*sight.age - *rules.ours);
                fresh.wasUp = true;
            }
            found = m_workers.insert(sight.worker, fresh);
        }
        found->usdPerHour = sight.usdPerHour;
        look(*found, sight, now, rules);
        found->seenAt = now;
        m_jobSeconds.remove(sight.worker);
    }
    for (auto worker = m_workers.begin(); worker != m_workers.end();) {
        if (present.contains(worker->id)) {
            ++worker;
            continue;
        }
        finish(*worker, between(worker->seenAt, now), rules);
        worker = m_workers.erase(worker);
    }
    return take();
}

QList<CostShare> CostMeter::onStartGivenUp()
{
    for (Worker& worker : m_workers) {
        if (!worker.wasUp)
            callStuck(worker);
    }
    return take();
}

QList<CostShare> CostMeter::onJobEnded(
    const QString& worker, std::chrono::milliseconds ran, double usdPerHour, const Rules& rules)
{
    if (worker.isEmpty())
        return {};
    const double time = std::ceil(std::chrono::duration<double>(ran).count());
    if (const auto known = m_workers.find(worker); known != m_workers.end()) {
        // A container has been up for the job at least, the first one also where no look has seen it yet; the next look
        // may be long in coming. (Of a worker that has none any more, its end was counted already.)
        if (!known->hadContainer) {
            known->hadContainer = true;
            known->state = State::Busy;
            known->usdPerHour = usdPerHour;
        }
        if (const double more = time - known->counted; known->hasContainer() && more > 0.0) {
            give(*known, CostCause::Picture, more);
            known->seenAt += std::chrono::duration_cast<MonotonicPoint::duration>(std::chrono::duration<double>(more));
        }
        return take();
    }
    // It came and went between two looks.
    Worker passing;
    passing.id = worker;
    passing.usdPerHour = usdPerHour;
    const bool isFirst = !m_jobSeconds.contains(worker);
    m_jobSeconds[worker] += time;
    give(passing, CostCause::Picture, time);
    if (isFirst)
        give(passing, CostCause::Idle, count(rules.limits.idleTimeout));
    return take();
}

double CostMeter::usdPerHourNow() const
{
    double usd = 0.0;
    for (const Worker& worker : m_workers) {
        if (worker.hasContainer() && !worker.isFree)
            usd += worker.usdPerHour;
    }
    return usd;
}

QList<CostMeter::Worker> CostMeter::handOver()
{
    return std::exchange(m_workers, {}).values();
}

void CostMeter::resume(const QList<Worker>& workers)
{
    for (const Worker& worker : workers)
        m_workers[worker.id] = worker;
}

StartBilling StartBillingVotes::verdict() const
{
    if (free >= kFewestVotes && free >= kClearMajority * billed)
        return StartBilling::Free;
    if (billed >= kFewestVotes && billed >= kClearMajority * free)
        return StartBilling::Billed;
    return StartBilling::Unknown;
}

void StartBillingVotes::count(double usdWithStarts, double usdOfStarts, double billedUsd)
{
    if (usdWithStarts <= 0.0 || usdOfStarts < kTellingShare * usdWithStarts)
        return;
    const double off = std::abs(billedUsd - usdWithStarts);
    const double offWithout = std::abs(billedUsd - (usdWithStarts - usdOfStarts));
    // A bill between the two says nothing.
    if (std::max(off, offWithout) < 2 * std::min(off, offWithout))
        return;
    ++(off < offWithout ? billed : free);
}

double estimateUsd(const QList<CostShare>& shares, StartBilling reading)
{
    double usd = 0.0;
    for (const CostShare& share : shares) {
        if (reading != StartBilling::Free || !isOfStart(share.cause))
            usd += share.usd;
    }
    return usd;
}

seconds requestTimeToLive(seconds executionTimeout)
{
    // A request that is lost with its worker is given to another one once.
    return std::clamp(2 * executionTimeout + kStartAllowance, kShortestLife, kLongestLife);
}

PriceQuote quotePrice(double ceiling, double startSeconds, double pictureSeconds, const EndpointLimits& limits)
{
    PriceQuote quote;
    quote.usdPerHour = ceiling;
    const double idle = count(limits.idleTimeout);
    quote.firstPicture = cost(ceiling, startSeconds + pictureSeconds + idle);
    quote.nextPicture = cost(ceiling, pictureSeconds);
    quote.idlePerDay = cost(ceiling, count(std::chrono::hours(24))) * limits.workersMin;
    const double unwatched
        = count(requestTimeToLive(limits.executionTimeout) + limits.initTimeout + limits.idleTimeout + kStopGrace);
    quote.worstCase = kPriceRise
        * (cost(ceiling, unwatched) * std::max(1, limits.workersMax)
            + cost(ceiling, count(kParkedAfter)) * limits.workersMin);
    return quote;
}

} // namespace visgate
