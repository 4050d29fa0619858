// SPDX-License-Identifier: GPL-3.0-or-later
// Money as the engine's callers see it: what was spent, the limits, and who is stopped by them.
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/money.h"

#include <QHash>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Prices move; what runs is counted at one that is no older than this.
constexpr auto kPricesEvery = 10min;
constexpr std::chrono::milliseconds kLongestTurn = 5s;

QString sentenceOf(const LimitState& state)
{
    const bool stops = state.level == LimitLevel::Stop;
    const double mark = (stops ? state.limit.stopAtUsd : state.limit.tellAtUsd).value_or(0.0);
    return (stops ? u"limit reached (%1): $%2 spent, stop at $%3"_s : u"limit in sight (%1): $%2 spent, tell at $%3"_s)
        .arg(toString(state.limit.scope))
        .arg(state.spentUsd, 0, 'f', 4)
        .arg(mark, 0, 'f', 2);
}

bool covers(const LimitState& state, const DeploymentRecord& record)
{
    const Deployment& d = record.deployment;
    return d.target == state.target && (state.limit.scope != LimitScope::Deployment || state.limit.deployment == d.id);
}

} // namespace

void EngineCore::hookSpend()
{
    SpendKeeper::Hooks hooks;
    hooks.announced = [this](const LimitState& state) {
        for (const auto& [id, owner] : m_parts->table.all()) {
            const DeploymentStatus status = owner->record().deployment.status;
            if (covers(state, owner->record()) && !isSettled(status))
                owner->remark(sentenceOf(state));
        }
        m_publisher.publish(state);
    };
    hooks.stop = [this](const LimitState& state, const Error& why) {
        for (const auto& [id, owner] : m_parts->table.all()) {
            if (covers(state, owner->record()))
                owner->stopSpending(why);
        }
    };
    hooks.sharing = [this](const DeploymentRecord& record) { return m_parts->sharing.payersOf(record.deployment); };
    hooks.priceMissing = [this] { m_parts->moneyWaker.wake(); };
    hooks.modelOf = [this](const DeploymentId& id) {
        const auto record = m_parts->deployments.find(id);
        return record && *record ? (*record)->deployment.modelId : QString();
    };
    hooks.records = [this] {
        QList<DeploymentRecord> records;
        for (const auto& [id, owner] : m_parts->table.all())
            records.append(owner->record());
        return records;
    };
    m_parts->spend.setHooks(std::move(hooks));
}

Result<void> EngineCore::checkSpend(const AccountRef& account, const DeploymentId& deployment)
{
    if (auto refused = m_parts->spend.refusal(account, deployment))
        return fail(*std::move(refused));
    return {};
}

/// Bills, prices and what was left to be stopped: as long as the engine lives.
Task<void> EngineCore::watchMoney()
{
    while (!m_context->stopping) {
        const std::chrono::milliseconds turn = std::min(
            {m_context->pace(Target::Practice).billing, m_context->pace(Target::Runpod).billing, kLongestTurn});
        co_await m_parts->moneyWaker.pause(turn);
        for (const Target target : {Target::Practice, Target::Runpod}) {
            if (m_context->stopping || !m_parts->accounts.isOpen(target))
                continue;
            co_await refreshPrices(target);
            if (m_context->stopping)
                co_return;
            const bool wasRead = co_await m_parts->spend.readBillsIfDue(target);
            if (m_context->stopping)
                co_return;
            for (const auto& [id, owner] : m_parts->table.all()) {
                const Deployment& d = owner->record().deployment;
                if (wasRead && d.target == target && d.cost.estimatedUsd > 0.0)
                    owner->onBills();
            }
            m_parts->spend.checkLimits(target, SpendKeeper::Which::Running);
        }
        const QList<PendingStop> pending = m_parts->spend.pendingStops();
        if (!m_context->stopping && !pending.isEmpty() && !m_isStoppingAll) {
            const auto report = std::make_shared<StopReport>();
            report->askedAt = pending.constFirst().askedAt;
            co_await stopRound(report, kLongestTurn);
        }
    }
}

bool EngineCore::costsNow(Target target) const
{
    return std::any_of(m_parts->table.all().begin(), m_parts->table.all().end(), [target](const auto& other) {
        const Deployment& d = other.second->record().deployment;
        return d.target == target && d.cost.usdPerHourNow > 0.0;
    });
}

Task<void> EngineCore::refreshPrices(Target target)
{
    SpendQuery all;
    all.target = target;
    const double elsewhere = usdPerHourElsewhere(all);
    if ((!costsNow(target) && elsewhere <= 0.0) || !m_parts->accounts.arePricesOlderThan(target, kPricesEvery))
        co_return;
    [[maybe_unused]] auto offers = co_await m_parts->accounts.offers(target); // failing, the last ones stand
    if (elsewhere > 0.0 && !m_context->stopping)
        m_publisher.publishEndpoints(); // their price has
}

Task<Result<SpendReport>> EngineCore::spend(SpendQuery query)
{
    if (query.to <= query.from)
        co_return fail(ErrorCode::InvalidRequest, "from, to");
    if (!query.asKnown) {
        [[maybe_unused]] auto read
            = co_await m_parts->spend.readBills(query.target, CallFor::Deployment); // offline, what is known stands
    }
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    std::optional<VolumeSpend> volumes;
    if (query.deployment.isEmpty() && !query.asKnown)
        volumes = co_await m_parts->volumes.spend(query.target);
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    auto summary = m_parts->spend.summary(query.target, query.from, query.to, query.deployment);
    if (!summary)
        co_return fail(std::move(summary.error()));
    auto jobs = m_parts->jobRows.list(query.deployment);
    if (!jobs)
        co_return fail(std::move(jobs.error()));
    summary->pictures += picturesIn(query, *jobs);
    summary->usdPerHourElsewhere = usdPerHourElsewhere(query);
    SpendReport report;
    report.forecast = forecastOf(query, *summary, volumes ? volumes->monthlyUsd : 0.0);
    report.summary = *std::move(summary);
    report.volumes = volumes;
    co_return report;
}

/// The least that endpoints which no deployment of ours lives on cost now: their minimum of workers never sleeps.
double EngineCore::usdPerHourElsewhere(const SpendQuery& query)
{
    double usd = 0.0;
    if (!query.deployment.isEmpty())
        return usd;
    for (const AccountEndpoint& endpoint : knownEndpoints(query.target)) {
        if (endpoint.owner != EndpointOwner::Ours)
            usd += endpoint.usdPerHour;
    }
    return usd;
}

int EngineCore::picturesIn(const SpendQuery& query, const QList<Job>& jobs)
{
    QHash<QString, Target> targets;
    const auto isOfTarget = [&](const DeploymentId& id) {
        const QString key = QString::fromStdString(id.value());
        if (!targets.contains(key))
            targets.insert(key, targetOf(id).value_or(query.target));
        return targets.value(key) == query.target;
    };
    int pictures = 0;
    for (const Job& job : jobs) {
        const bool isOfPeriod = job.finishedAt && *job.finishedAt >= query.from && *job.finishedAt < query.to;
        if (isOfPeriod && job.status == JobStatus::Completed && isOfTarget(job.deployment))
            pictures += std::max(1, static_cast<int>(job.artifacts.size()));
    }
    return pictures;
}

MonthForecast EngineCore::forecastOf(const SpendQuery& query, const SpendSummary& summary, double volumesUsd) const
{
    double standing = 0.0;
    double dearest = 0.0;
    for (const auto& [id, owner] : m_parts->table.all()) {
        const DeploymentRecord& record = owner->record();
        const Deployment& d = record.deployment;
        if (d.target != query.target || (!query.deployment.isEmpty() && id != query.deployment))
            continue;
        dearest = std::max(dearest, record.usdPerHourCeiling);
        if (d.status == DeploymentStatus::Ready)
            standing += record.usdPerHourCeiling * d.workers.min;
    }
    const double days = std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(query.to - query.from).count());
    constexpr double assumedSeconds = 60.0; // of a first picture, where nothing was ever made
    return forecastMonth(summary, query.picturesPerDay.value_or(summary.pictures / days),
        dearest * assumedSeconds / 3600.0, standing, volumesUsd);
}

std::optional<Target> EngineCore::targetOf(const DeploymentId& id)
{
    if (DeploymentRun* const owner = m_parts->table.find(id))
        return owner->record().deployment.target;
    const auto record = m_parts->deployments.find(id);
    if (!record || !*record)
        return std::nullopt;
    return (*record)->deployment.target;
}

Task<Result<QList<SpendLimit>>> EngineCore::spendLimits()
{
    co_return m_parts->spend.limits();
}

Task<Result<void>> EngineCore::setSpendLimit(SpendLimit limit)
{
    if (!limit.deployment.isEmpty()) {
        auto known = m_parts->table.deployment(limit.deployment);
        if (!known)
            co_return fail(std::move(known.error()));
    }
    co_return m_parts->spend.setLimit(limit);
}

Task<Result<QList<LimitState>>> EngineCore::limitStates()
{
    co_return m_parts->spend.limitStates();
}

void EngineCore::handleMoney()
{
    m_handlers.add<GetSpend>([this](GetSpend op) { return spend(std::move(op.query)); });
    m_handlers.add<ListSpendLimits>([this](ListSpendLimits) { return spendLimits(); });
    m_handlers.add<SetSpendLimit>([this](SetSpendLimit op) { return setSpendLimit(std::move(op.limit)); });
    m_handlers.add<ListLimitStates>([this](ListLimitStates) { return limitStates(); });
    m_handlers.add<StopEverything>([this](StopEverything) { return stopEverything(); });
}

} // namespace visgate
