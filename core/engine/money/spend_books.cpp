// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/spend_books.h"

#include "core/catalog/gpu_snapshot.h"
#include "core/engine/money/spend_account.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/starts/worker_sights.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a kill may lose is made up for by the workers' own age; this only bounds the writing.
constexpr auto kWriteEvery = 10s;

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

SpendBooks::SpendBooks(EngineContext& context, SpendRepository& store) : m_context(context), m_store(store) { }

SpendBooks::~SpendBooks() = default;

SpendBooks::Account& SpendBooks::account(const DeploymentId& id, AccountId target)
{
    std::unique_ptr<Account>& place = m_accounts[id];
    if (place)
        return *place;
    place = std::make_unique<Account>();
    place->deployment = id;
    place->target = target;
    place->hour = hourOf(m_context.now());
    place->writtenAt = m_context.config.clock->monotonic();
    place->hours = m_store.hours(id).value_or(QList<SpendHour>());
    if (auto workers = m_store.workers(id)) {
        for (CostMeter::Worker& worker : *workers) {
            const auto unseen = std::max(TimePoint::duration(0), m_context.now() - worker.keptAt);
            worker.seenAt = place->writtenAt - std::chrono::duration_cast<MonotonicPoint::duration>(unseen);
        }
        place->meter.resume(*workers);
        place->workersWritten = workers->size();
        place->usdPerHourWritten = place->meter.usdPerHourNow();
    }
    return *place;
}

std::optional<double> SpendBooks::knownPrice(const DeploymentRecord& record, const QString& gpuTypeId) const
{
    const Deployment& d = record.deployment;
    const bool hasOwnKey = !d.userHash.isEmpty() && m_context.accounts.hasGuest(d.target, d.userHash);
    return m_context.facts.priceOf(hasOwnKey ? AccountRef(d.target, d.userHash) : AccountRef(d.target), gpuTypeId);
}

double SpendBooks::usdPerHourOf(const DeploymentRecord& record, const QString& gpuTypeId)
{
    const QString& type = gpuTypeId.isEmpty() ? record.deployment.gpuAllocated : gpuTypeId;
    if (const auto known = knownPrice(record, type))
        return *known;
    if (!type.isEmpty() && type == record.deployment.gpuAllocated && record.gpuUsdPerHour > 0.0)
        return record.gpuUsdPerHour;
    if (m_published.isEmpty()) {
        for (const GpuOffer& offer : builtInGpuSnapshot().offers)
            m_published.insert(offer.typeId, offer.usdPerHour);
    }
    if (const double published = m_published.value(type); published > 0.0)
        return published;
    if (record.usdPerHourCeiling > 0.0)
        return record.usdPerHourCeiling;
    // Nothing at all is known of it: in doubt it is dear.
    return m_published.isEmpty() ? 0.0 : *std::max_element(m_published.cbegin(), m_published.cend());
}

QList<DeploymentId> SpendBooks::sharing(const DeploymentRecord& record) const
{
    QList<DeploymentId> ids = m_context.sharing.payersOf(record.deployment);
    if (ids.isEmpty())
        ids.append(record.deployment.id);
    return ids;
}

void SpendBooks::gather(const QList<DeploymentId>& sharing, AccountId target)
{
    if (sharing.size() < 2)
        return;
    Account& payer = account(sharing.constFirst(), target);
    for (const DeploymentId& id : sharing.sliced(1)) {
        Account& other = account(id, target);
        const QList<CostMeter::Worker> workers = other.meter.handOver();
        if (workers.isEmpty())
            continue;
        payer.meter.resume(workers);
        write(payer); // twice on disk for a moment is made up for at the next look, not at all would be lost
        write(other);
    }
}

CostMeter::Rules SpendBooks::rulesFor(const DeploymentRecord& record) const
{
    const Deployment& d = record.deployment;
    CostMeter::Rules rules;
    rules.limits = d.limits;
    // At max 0 nothing is kept up, whatever it is to have when it wakes.
    rules.limits.workersMin = d.workers.max == 0 ? 0 : std::max(d.limits.workersMin, d.workers.min);
    rules.limits.idleTimeout = std::max(d.limits.idleTimeout, record.warmIdle);
    rules.keepsWarm = d.warm || rules.limits.workersMin > 0 || record.warmIdle > d.limits.idleTimeout;
    rules.ours = std::chrono::duration_cast<std::chrono::seconds>(
        std::max(TimePoint::duration(0), m_context.now() - d.createdAt));
    return rules;
}

void SpendBooks::onWorkers(DeploymentRecord& record, const WorkerList& list, const QSet<QString>& heard)
{
    Deployment& d = record.deployment;
    const QList<DeploymentId> ids = sharing(record);
    gather(ids, d.target);
    Account& mine = account(d.id, d.target);
    if (ids.constFirst() != d.id) {
        showCost(record, mine);
        return;
    }
    for (const ProviderWorker& worker : list.workers) {
        const auto price = knownPrice(record, worker.gpuTypeId);
        if (price && worker.gpuTypeId == d.gpuAllocated)
            record.gpuUsdPerHour = *price;
        if (!price && !worker.gpuTypeId.isEmpty() && !m_unpriced.contains(worker.gpuTypeId) && m_watcher) {
            m_unpriced.insert(worker.gpuTypeId);
            m_watcher->onPriceMissing();
        }
    }
    const QList<CostShare> shares
        = mine.meter.onWorkers(sightsOf(
                                   list, [&](const QString& gpu) { return usdPerHourOf(record, gpu); }, heard),
            m_context.config.clock->monotonic(), rulesFor(record));
    take(record, mine, shares, mine.hasWorkersToWrite());
    if (!shares.isEmpty() && m_watcher)
        m_watcher->onSpent(d.target);
}

void SpendBooks::onStartGivenUp(DeploymentRecord& record)
{
    Account& mine = account(record.deployment.id, record.deployment.target);
    take(record, mine, mine.meter.onStartGivenUp(), true);
}

void SpendBooks::onJob(DeploymentRecord& record, const Job& job)
{
    const QList<DeploymentId> ids = sharing(record);
    if (!job.ran || ids.constFirst() != record.deployment.id)
        return;
    Account& mine = account(record.deployment.id, record.deployment.target);
    take(record, mine, mine.meter.onJobEnded(job.workerId, *job.ran, usdPerHourOf(record), rulesFor(record)), false);
}

void SpendBooks::onEnded(DeploymentRecord& record)
{
    Account& mine = account(record.deployment.id, record.deployment.target);
    QList<DeploymentId> others = sharing(record);
    others.removeAll(record.deployment.id);
    if (!others.isEmpty() && !mine.meter.workers().isEmpty()) // they go on, at the expense of whoever is left
        gather(others << record.deployment.id, record.deployment.target);
    take(record, mine, mine.meter.onWorkers({}, m_context.config.clock->monotonic(), rulesFor(record)), true);
}

void SpendBooks::take(DeploymentRecord& record, Account& mine, const QList<CostShare>& shares, bool writeNow)
{
    const TimePoint hour = hourOf(m_context.now());
    if (hour != mine.hour) {
        write(mine);
        mine.hour = hour;
    }
    if (!shares.isEmpty()) {
        auto present = std::find_if(
            mine.hours.begin(), mine.hours.end(), [&](const SpendHour& known) { return known.hour == hour; });
        if (present == mine.hours.end())
            present = mine.hours.insert(
                mine.hours.end(), SpendHour{mine.deployment, mine.target, hour, {}, std::nullopt, false});
        merge(present->shares, shares);
    }
    merge(mine.unwritten, shares);
    if (writeNow || m_context.config.clock->monotonic() - mine.writtenAt > kWriteEvery)
        write(mine);
    showCost(record, mine);
}

void SpendBooks::refresh(DeploymentRecord& record)
{
    showCost(record, account(record.deployment.id, record.deployment.target));
}

void SpendBooks::showCost(DeploymentRecord& record, Account& mine)
{
    const StartBilling reading = startBilling(mine.target);
    DeploymentCost cost;
    cost.usdPerHourNow = mine.meter.usdPerHourNow();
    for (const SpendHour& hour : std::as_const(mine.hours)) {
        cost.estimatedUsd += estimateUsd(hour.shares, reading);
        cost.countedUsd += hour.countedUsd(reading);
        if (hour.billedUsd)
            cost.billedUsd = cost.billedUsd.value_or(0.0) + *hour.billedUsd;
    }
    record.deployment.cost = cost;
}

void SpendBooks::write(Account& mine)
{
    QList<CostMeter::Worker> workers = mine.meter.workers();
    for (CostMeter::Worker& worker : workers)
        worker.keptAt = m_context.now();
    mine.writtenAt = m_context.config.clock->monotonic();
    if (mine.unwritten.isEmpty() && !mine.hasWorkersToWrite())
        return;
    // Should the store not take it, it stays here for the next try.
    if (m_context.stored(m_store.add(mine.deployment, mine.target, mine.hour, mine.unwritten, workers))) {
        mine.unwritten.clear();
        mine.workersWritten = workers.size();
        mine.usdPerHourWritten = mine.meter.usdPerHourNow();
    }
}

void SpendBooks::flush()
{
    for (const auto& [id, mine] : m_accounts)
        write(*mine);
}

StartBilling SpendBooks::startBilling(AccountId target)
{
    const auto votes = m_store.votes(target, m_context.accounts.userHash(target));
    return votes ? votes->verdict() : StartBilling::Unknown;
}

/// What is stored, and in its place what is known here and may not be written yet.
Result<QList<SpendHour>> SpendBooks::hoursOf(AccountId target, TimePoint from, TimePoint to)
{
    auto hours = m_store.hours(target, from, to);
    if (!hours)
        return hours;
    hours->removeIf([this](const SpendHour& hour) { return m_accounts.contains(hour.deployment); });
    for (const auto& [id, mine] : m_accounts) {
        if (mine->target == target)
            std::copy_if(mine->hours.cbegin(), mine->hours.cend(), std::back_inserter(*hours),
                [&](const SpendHour& hour) { return hour.hour >= from && hour.hour < to; });
    }
    return hours;
}

void SpendBooks::onBilled(AccountId target)
{
    for (const auto& [id, mine] : m_accounts) {
        if (mine->target != target)
            continue;
        write(*mine); // then the store knows the present hour, too
        if (auto own = m_store.hours(id); own && mine->unwritten.isEmpty())
            mine->hours = *std::move(own);
    }
}

Result<double> SpendBooks::spentSince(AccountId target, TimePoint from)
{
    const auto hours = hoursOf(target, hourOf(from), m_context.now() + 1h);
    if (!hours)
        return fail(hours.error());
    return summarize(target, hourOf(from), m_context.now() + 1h, *hours, startBilling(target)).countedUsd;
}

double SpendBooks::spentBy(const DeploymentId& deployment, AccountId target)
{
    double usd = 0.0;
    const StartBilling reading = startBilling(target);
    for (const SpendHour& hour : std::as_const(account(deployment, target).hours))
        usd += hour.countedUsd(reading);
    return usd;
}

Result<SpendSummary> SpendBooks::summary(AccountId target, TimePoint from, TimePoint to, const DeploymentId& deployment)
{
    auto hours = hoursOf(target, hourOf(from), to);
    if (!hours)
        return fail(hours.error());
    if (!deployment.isEmpty())
        hours->removeIf([&](const SpendHour& hour) { return hour.deployment != deployment; });
    SpendSummary summary = summarize(target, hourOf(from), to, *hours, startBilling(target));
    for (DeploymentSpend& spend : summary.deployments) {
        const auto record = m_context.deployments.find(spend.deployment);
        spend.modelId = record && *record ? (*record)->deployment.modelId : QString();
    }
    for (const auto& [id, mine] : m_accounts) {
        if (mine->target == target && (deployment.isEmpty() || id == deployment))
            summary.usdPerHourNow += mine->meter.usdPerHourNow();
    }
    return summary;
}

} // namespace visgate
