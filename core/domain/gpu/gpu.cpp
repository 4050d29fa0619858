// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/gpu.h"

#include <algorithm>
#include <tuple>

namespace visgate {

namespace {

bool namesOffer(const GpuOffer& offer, const QString& tier)
{
    return tier == offer.typeId || tier == offer.name || tier == offer.pool;
}

/// What costs nothing may be planned without a price; what has none otherwise is not known.
bool isFreePool(const QList<GpuOffer>& offers, const QString& pool)
{
    return std::all_of(
        offers.begin(), offers.end(), [&pool](const GpuOffer& offer) { return offer.pool != pool || offer.isFree; });
}

/// Enum order is None, Low, Medium, High, Unknown; an unknown stock is as good as a medium one.
int stockRank(Stock stock)
{
    return stock == Stock::Unknown ? static_cast<int>(Stock::Medium) : static_cast<int>(stock);
}

/// Types that the tier leaves out are listed as excluded; they neither raise the price nor add stock.
QMap<QString, GpuPlanEntry> groupByPool(const QList<GpuOffer>& offers, const QString& tier)
{
    QMap<QString, GpuPlanEntry> pools;
    for (const GpuOffer& offer : offers) {
        if (offer.pool.isEmpty() || (!tier.isEmpty() && !namesOffer(offer, tier)))
            continue;
        auto entry = pools.find(offer.pool);
        if (entry == pools.end()) {
            pools.insert(offer.pool, {offer.pool, {offer.name}, offer.memoryGb, offer.usdPerHour, offer.stock, {}});
            continue;
        }
        entry->gpuNames.append(offer.name);
        entry->memoryGb = std::min(entry->memoryGb, offer.memoryGb);
        entry->usdPerHour = std::max(entry->usdPerHour, offer.usdPerHour);
        if (stockRank(offer.stock) > stockRank(entry->stock))
            entry->stock = offer.stock;
    }
    for (const GpuOffer& offer : offers) {
        const auto entry = pools.find(offer.pool);
        if (entry != pools.end() && !entry->gpuNames.contains(offer.name))
            entry->excludedTypeIds.append(offer.typeId);
    }
    return pools;
}

} // namespace

double GpuPlan::ceilingUsdPerHour() const
{
    double ceiling = 0.0;
    for (const GpuPlanEntry& entry : entries)
        ceiling = std::max(ceiling, entry.usdPerHour);
    return ceiling;
}

double GpuPlan::smallestGb() const
{
    double smallest = entries.isEmpty() ? 0.0 : entries.constFirst().memoryGb;
    for (const GpuPlanEntry& entry : entries)
        smallest = std::min(smallest, entry.memoryGb);
    return smallest;
}

QStringList GpuPlan::pools() const
{
    QStringList ids;
    for (const GpuPlanEntry& entry : entries)
        ids.append(entry.pool);
    return ids;
}

QStringList GpuPlan::gpuNames() const
{
    QStringList names;
    for (const GpuPlanEntry& entry : entries)
        names.append(entry.gpuNames);
    return names;
}

QStringList GpuPlan::excludedTypeIds() const
{
    QStringList ids;
    for (const GpuPlanEntry& entry : entries)
        ids.append(entry.excludedTypeIds);
    return ids;
}

GpuPlan planGpus(
    const QList<GpuOffer>& offers, double neededGb, const QString& tier, int maxPools, const PoolHistory& history)
{
    GpuPlan plan;
    plan.neededGb = neededGb;
    const auto pools = groupByPool(offers, tier);
    for (const GpuPlanEntry& entry : pools) {
        if (entry.memoryGb >= neededGb && (entry.usdPerHour > 0.0 || isFreePool(offers, entry.pool)))
            plan.entries.append(entry);
    }
    const auto key = [&](const GpuPlanEntry& entry) {
        return std::tuple(entry.stock == Stock::None, history.value(entry.pool).isUnlucky(), entry.usdPerHour);
    };
    std::stable_sort(plan.entries.begin(), plan.entries.end(),
        [&](const GpuPlanEntry& a, const GpuPlanEntry& b) { return key(a) < key(b); });
    if (plan.entries.size() > maxPools)
        plan.entries.resize(maxPools);
    return plan;
}

QList<GpuOffer> withoutPools(const QList<GpuOffer>& offers, const QStringList& pools)
{
    QList<GpuOffer> left = offers;
    left.removeIf([&](const GpuOffer& offer) { return pools.contains(offer.pool); });
    return left;
}

bool isKnownTier(const QList<GpuOffer>& offers, const QString& tier)
{
    return std::any_of(offers.begin(), offers.end(), [&](const GpuOffer& offer) { return namesOffer(offer, tier); });
}

Stock bestStock(const GpuPlan& plan)
{
    Stock best = Stock::Unknown;
    for (const GpuPlanEntry& entry : plan.entries) {
        if (entry.stock != Stock::Unknown && (best == Stock::Unknown || entry.stock > best))
            best = entry.stock;
    }
    return best;
}

} // namespace visgate
