// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/spend_keeper.h"

#include "core/engine/accounts.h"
#include "core/engine/spend_account.h"
#include "core/engine/worker_sights.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a kill may lose is made up for by the workers' own age; this only bounds the writing.
constexpr auto kWriteEvery = 10s;
constexpr auto kCheckEvery = 2s;

TimePoint hourOf(TimePoint time)
{
    return std::chrono::floor<std::chrono::hours>(time);
}

TimePoint startOfDay(TimePoint now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000);
    return fromMicroseconds(local.date().startOfDay().toMSecsSinceEpoch() * 1000);
}

TimePoint startOfMonth(TimePoint now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000).date();
    return fromMicroseconds(QDate(today.year(), today.month(), 1).startOfDay().toMSecsSinceEpoch() * 1000);
}

/// The period that a mark is announced in once.
QString periodOf(LimitScope scope, TimePoint now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000).date();
    switch (scope) {
    case LimitScope::Deployment:
        return u"ever"_s;
    case LimitScope::Day:
        return today.toString(Qt::ISODate);
    case LimitScope::Month:
        return today.toString(u"yyyy-MM"_s);
    }
    return {};
}

QString dollars(double usd)
{
    return u"$%1"_s.arg(usd, 0, 'f', 2);
}

void merge(QList<CostShare>& into, const QList<CostShare>& more)
{
    for (const CostShare& share : more) {
        const auto known
            = std::find_if(into.begin(), into.end(), [&](const CostShare& sum) { return sum.cause == share.cause; });
        if (known == into.end()) {
            into.append(share);
        } else {
            known->seconds += share.seconds;
            known->usd += share.usd;
        }
    }
}

} // namespace

Error limitError(const LimitState& state)
{
    const ErrorCode code = state.limit.scope == LimitScope::Deployment ? ErrorCode::DeploymentLimitReached
        : state.limit.scope == LimitScope::Day                         ? ErrorCode::DayLimitReached
                                                                       : ErrorCode::MonthLimitReached;
    return Error{code, {}, 0, {}, {dollars(state.limit.stopAtUsd.value_or(0.0)).toStdString()}};
}

SpendKeeper::SpendKeeper(EngineContext& context, SpendRepository& store) : m_context(context), m_store(store) { }

SpendKeeper::~SpendKeeper() = default;

SpendKeeper::Account& SpendKeeper::account(const DeploymentRecord& record)
{
    std::unique_ptr<Account>& place = m_accounts[record.deployment.id];
    if (place)
        return *place;
    place = std::make_unique<Account>();
    place->deployment = record.deployment.id;
    place->target = record.deployment.target;
    place->hour = hourOf(m_context.now());
    place->writtenAt = m_context.config.clock->monotonic();
    if (const auto hours = m_store.hours(record.deployment.id)) {
        for (const SpendHour& hour : *hours) {
            merge(place->total, hour.shares);
            if (hour.billedUsd)
                place->billedUsd = place->billedUsd.value_or(0.0) + *hour.billedUsd;
        }
    }
    if (auto workers = m_store.workers(record.deployment.id)) {
        for (CostMeter::Worker& worker : *workers) {
            const auto unseen = std::max(TimePoint::duration(0), m_context.now() - worker.keptAt);
            worker.seenAt = place->writtenAt - std::chrono::duration_cast<MonotonicPoint::duration>(unseen);
        }
        place->meter.resume(*workers);
        place->workersWritten = workers->size();
    }
    return *place;
}

double SpendKeeper::priceOf(const DeploymentRecord& record, const QString& gpuTypeId) const
{
    const Deployment& d = record.deployment;
    const QString& type = gpuTypeId.isEmpty() ? d.gpuAllocated : gpuTypeId;
    return m_context.accounts.priceOf(d.target, type).value_or(record.usdPerHourCeiling);
}

CostMeter::Rules SpendKeeper::rulesFor(const DeploymentRecord& record) const
{
    const Deployment& d = record.deployment;
    CostMeter::Rules rules;
    rules.limits = d.limits;
    rules.limits.workersMin = std::max(d.limits.workersMin, d.workers.min);
    rules.limits.idleTimeout = std::max(d.limits.idleTimeout, record.warmIdle);
    rules.keepsWarm = d.warm || rules.limits.workersMin > 0 || record.warmIdle > d.limits.idleTimeout;
    rules.ours = std::chrono::duration_cast<std::chrono::seconds>(
        std::max(TimePoint::duration(0), m_context.now() - d.createdAt));
    return rules;
}

void SpendKeeper::onWorkers(DeploymentRecord& record, const WorkerList& list)
{
    Deployment& d = record.deployment;
    if (m_hooks.pays && !m_hooks.pays(record)) {
        d.cost.usdPerHourNow = 0.0; // the one that was there first counts these workers
        return;
    }
    Account& mine = account(record);
    const QList<CostShare> shares
        = mine.meter.onWorkers(sightsOf(list, [&](const QString& gpu) { return priceOf(record, gpu); }),
            m_context.config.clock->monotonic(), rulesFor(record));
    take(record, mine, shares, mine.meter.workers().size() != mine.workersWritten);
    if (!shares.isEmpty())
        checkLimits(d.target, Which::Running);
}

void SpendKeeper::onStartGivenUp(DeploymentRecord& record)
{
    Account& mine = account(record);
    take(record, mine, mine.meter.onStartGivenUp(), true);
}

void SpendKeeper::onJob(DeploymentRecord& record, const Job& job)
{
    if (!job.ran || (m_hooks.pays && !m_hooks.pays(record)))
        return;
    Account& mine = account(record);
    mine.jobsUsd += std::ceil(std::chrono::duration<double>(*job.ran).count()) * priceOf(record, {}) / 3600.0;
    take(record, mine, mine.meter.onJobEnded(job.workerId, *job.ran, priceOf(record, {}), rulesFor(record)), false);
}

void SpendKeeper::onEnded(DeploymentRecord& record)
{
    const auto found = m_accounts.find(record.deployment.id);
    if (found == m_accounts.end())
        return;
    Account& mine = *found->second;
    take(record, mine, mine.meter.onWorkers({}, m_context.config.clock->monotonic(), rulesFor(record)), true);
    record.deployment.cost.usdPerHourNow = 0.0;
}

void SpendKeeper::take(DeploymentRecord& record, Account& mine, const QList<CostShare>& shares, bool writeNow)
{
    const TimePoint hour = hourOf(m_context.now());
    if (hour != mine.hour) {
        write(mine);
        mine.hour = hour;
    }
    merge(mine.total, shares);
    merge(mine.unwritten, shares);
    if (writeNow || m_context.config.clock->monotonic() - mine.writtenAt > kWriteEvery)
        write(mine);
    showCost(record, mine);
}

void SpendKeeper::refresh(DeploymentRecord& record)
{
    showCost(record, account(record));
}

void SpendKeeper::showCost(DeploymentRecord& record, Account& mine)
{
    DeploymentCost& cost = record.deployment.cost;
    cost.usdPerHourNow = mine.meter.usdPerHourNow();
    // A job may end before the worker list has told of a single second.
    cost.estimatedUsd = std::max(estimateUsd(mine.total, startBilling(mine.target)), mine.jobsUsd);
    if (mine.billedUsd)
        cost.billedUsd = mine.billedUsd;
}

void SpendKeeper::write(Account& mine)
{
    QList<CostMeter::Worker> workers = mine.meter.workers();
    for (CostMeter::Worker& worker : workers)
        worker.keptAt = m_context.now();
    mine.writtenAt = m_context.config.clock->monotonic();
    if (mine.unwritten.isEmpty() && workers.size() == mine.workersWritten)
        return;
    // Should the store not take it, it stays here for the next try.
    if (m_context.stored(m_store.add(mine.deployment, mine.target, mine.hour, mine.unwritten, workers))) {
        mine.unwritten.clear();
        mine.workersWritten = workers.size();
    }
}

void SpendKeeper::flush()
{
    for (const auto& [id, mine] : m_accounts)
        write(*mine);
}

StartBilling SpendKeeper::startBilling(Target target)
{
    const auto votes = m_store.votes(target, m_context.accounts.userHash(target));
    return votes ? votes->verdict() : StartBilling::Unknown;
}

double SpendKeeper::unwrittenUsd(Target target, const DeploymentId& deployment) const
{
    double usd = 0.0;
    for (const auto& [id, mine] : m_accounts) {
        if (mine->target == target && (deployment.isEmpty() || id == deployment))
            usd += estimateUsd(mine->unwritten, StartBilling::Unknown);
    }
    return usd;
}

Result<double> SpendKeeper::spentSince(Target target, TimePoint from)
{
    const auto hours = m_store.hours(target, hourOf(from), m_context.now() + 1h);
    if (!hours)
        return fail(hours.error());
    return summarize(target, hourOf(from), m_context.now() + 1h, *hours, startBilling(target)).countedUsd
        + unwrittenUsd(target, {});
}

Result<double> SpendKeeper::spentBy(const DeploymentId& deployment, Target target)
{
    const auto hours = m_store.hours(deployment);
    if (!hours)
        return fail(hours.error());
    double usd = unwrittenUsd(target, deployment);
    const StartBilling reading = startBilling(target);
    for (const SpendHour& hour : *hours)
        usd += hour.countedUsd(reading);
    return usd;
}

Result<QList<LimitState>> SpendKeeper::statesOf(Target target, const QList<SpendLimit>& limits, Which which)
{
    QList<LimitState> states;
    const auto add = [&](const SpendLimit& limit, const Result<double>& spent) {
        if (spent)
            states.append({limit, target, *spent, levelOf(limit, *spent)});
        return spent.has_value();
    };
    const QList<DeploymentRecord> records = m_hooks.records ? m_hooks.records() : QList<DeploymentRecord>();
    for (const SpendLimit& limit : limits) {
        if (limit.scope == LimitScope::Day || limit.scope == LimitScope::Month) {
            const TimePoint from
                = limit.scope == LimitScope::Day ? startOfDay(m_context.now()) : startOfMonth(m_context.now());
            const auto spent = spentSince(target, from);
            if (!add(limit, spent))
                return fail(spent.error());
            continue;
        }
        for (const DeploymentRecord& record : records) {
            const DeploymentId& id = record.deployment.id;
            const bool hasOwn = limit.deployment.isEmpty()
                && std::any_of(
                    limits.begin(), limits.end(), [&](const SpendLimit& other) { return other.deployment == id; });
            const bool isAsked = which == Which::All || record.deployment.cost.usdPerHourNow > 0.0;
            if (!isAsked || record.deployment.target != target || hasOwn
                || (!limit.deployment.isEmpty() && limit.deployment != id))
                continue;
            SpendLimit one = limit;
            one.deployment = id;
            const auto spent = spentBy(id, target);
            if (!add(one, spent))
                return fail(spent.error());
        }
    }
    return states;
}

void SpendKeeper::checkLimits(Target target, Which which)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const auto last = m_checkedAt.constFind(static_cast<int>(target));
    if (which == Which::Running && last != m_checkedAt.cend() && now - *last < kCheckEvery)
        return;
    m_checkedAt[static_cast<int>(target)] = now;
    const auto limits = m_store.limits();
    if (!limits || limits->isEmpty())
        return;
    const auto states = statesOf(target, *limits, which);
    if (!states) // an unreadable store says so elsewhere; it must not look like a limit
        return;
    for (const LimitState& state : *states) {
        if (state.level == LimitLevel::Below)
            continue;
        const auto isNew = m_store.announce(state, periodOf(state.limit.scope, m_context.now()));
        if (isNew && *isNew && m_hooks.announced)
            m_hooks.announced(state);
        if (state.level == LimitLevel::Stop && m_hooks.stop)
            m_hooks.stop(state, limitError(state));
    }
}

QList<PendingStop> SpendKeeper::pendingStops()
{
    if (!m_pendingStops) {
        const auto stored = m_store.pendingStops();
        if (!stored)
            return {};
        m_pendingStops = *stored;
    }
    return *m_pendingStops;
}

void SpendKeeper::setPendingStops(const QList<PendingStop>& stops)
{
    m_pendingStops = stops;
    [[maybe_unused]] const auto kept = m_context.stored(m_store.setPendingStops(stops));
}

void SpendKeeper::endPendingStop(const AccountRef& account)
{
    QList<PendingStop> stops = pendingStops();
    const auto isMeant = [&account](const PendingStop& stop) {
        return stop.target == account.target && stop.requestKeyHash == account.guest;
    };
    if (stops.removeIf(isMeant) > 0)
        setPendingStops(stops);
}

std::optional<Error> SpendKeeper::refusal(const AccountRef& account, const DeploymentId& deployment)
{
    const Target target = account.target;
    for (const PendingStop& stop : pendingStops()) {
        if (stop.target == target && stop.requestKeyHash == account.guest)
            return Error{ErrorCode::StopUnderWay, {}, 0, {}, {}};
    }
    const auto limits = m_store.limits();
    const auto states
        = limits ? statesOf(target, *limits, Which::All) : Result<QList<LimitState>>(fail(limits.error()));
    if (!states)
        return states.error();
    for (const LimitState& state : *states) {
        const bool covers = state.limit.scope != LimitScope::Deployment || state.limit.deployment == deployment;
        if (covers && state.level == LimitLevel::Stop)
            return limitError(state);
    }
    return std::nullopt;
}

Result<QList<SpendLimit>> SpendKeeper::limits()
{
    return m_store.limits();
}

Result<void> SpendKeeper::setLimit(const SpendLimit& limit)
{
    const auto isBad = [](const std::optional<double>& mark) { return mark && (*mark <= 0.0 || *mark > 1e6); };
    if (isBad(limit.tellAtUsd) || isBad(limit.stopAtUsd)
        || (limit.tellAtUsd && limit.stopAtUsd && *limit.tellAtUsd > *limit.stopAtUsd))
        return fail(ErrorCode::InvalidRequest, "tell_at_usd, stop_at_usd");
    if (!limit.deployment.isEmpty() && limit.scope != LimitScope::Deployment)
        return fail(ErrorCode::InvalidRequest, "deployment_id");
    auto set = m_context.stored(m_store.setLimit(limit));
    if (!set)
        return set;
    for (const Target target : {Target::Practice, Target::Runpod})
        checkLimits(target, Which::All);
    return {};
}

Result<QList<LimitState>> SpendKeeper::limitStates()
{
    const auto limits = m_store.limits();
    if (!limits)
        return fail(limits.error());
    QList<LimitState> all;
    for (const Target target : {Target::Runpod, Target::Practice}) {
        auto states = statesOf(target, *limits, Which::All);
        if (!states)
            return states;
        all.append(std::move(*states));
    }
    return all;
}

Result<SpendSummary> SpendKeeper::summary(Target target, TimePoint from, TimePoint to, const DeploymentId& deployment)
{
    flush();
    auto hours = m_store.hours(target, hourOf(from), to);
    if (!hours)
        return fail(hours.error());
    if (!deployment.isEmpty())
        hours->removeIf([&](const SpendHour& hour) { return hour.deployment != deployment; });
    SpendSummary summary = summarize(target, hourOf(from), to, *hours, startBilling(target));
    for (DeploymentSpend& spend : summary.deployments)
        spend.modelId = m_hooks.modelOf ? m_hooks.modelOf(spend.deployment) : QString();
    for (const auto& [id, mine] : m_accounts) {
        if (mine->target == target && (deployment.isEmpty() || id == deployment))
            summary.usdPerHourNow += mine->meter.usdPerHourNow();
    }
    return summary;
}

} // namespace visgate
