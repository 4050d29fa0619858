// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace visgate {

enum class Stock { None, Low, Medium, High, Unknown };

/// One GPU type as the provider's catalogue offers it.
struct GpuOffer {
    QString typeId; ///< "NVIDIA A40"
    QString name;   ///< "A40"
    QString pool;   ///< "AMPERE_48"; empty if it cannot be used serverless
    double memoryGb = 0.0;
    double usdPerHour = 0.0; ///< serverless price of one GPU; 0: not known, unless it is free
    Stock stock = Stock::Unknown;
    QStringList dataCenters;                 ///< where it can be had now
    QStringList cudaVersions = {};           ///< that hosts with it run: "12.4"; empty if not told
    QString source = QStringLiteral("live"); ///< of price and stock: "live", or the date of a snapshot
    bool isFree = false;                     ///< the user's own: known to cost nothing but electricity
    bool operator==(const GpuOffer&) const = default;
};

/// A pool = the unit that an endpoint asks for. Price is the dearest type in it (the ceiling).
struct GpuPlanEntry {
    QString pool;
    QStringList gpuNames;
    double memoryGb = 0.0;   ///< smallest in the pool
    double usdPerHour = 0.0; ///< dearest in the pool; 0 for one that is free
    Stock stock = Stock::Unknown;
    QStringList excludedTypeIds; ///< types of the pool that the user's tier leaves out
    bool operator==(const GpuPlanEntry&) const = default;
};

struct GpuPlan {
    QList<GpuPlanEntry> entries; ///< best first; the first is what is created
    double neededGb = 0.0;
    [[nodiscard]] double ceilingUsdPerHour() const;
    [[nodiscard]] double smallestGb() const; ///< of the pools; 0 for an empty plan
    [[nodiscard]] QStringList pools() const;
    [[nodiscard]] QStringList gpuNames() const;
    [[nodiscard]] QStringList excludedTypeIds() const;
    bool operator==(const GpuPlan&) const = default;
};

/// The best stock of the plan's pools; Unknown counts least.
[[nodiscard]] Stock bestStock(const GpuPlan& plan);

/// How a pool served this user of late.
struct PoolRecord {
    int asked = 0;
    int refused = 0; ///< no machine was free
    [[nodiscard]] bool isUnlucky() const { return refused >= 2 && refused * 2 > asked; }
    bool operator==(const PoolRecord&) const = default;
};
using PoolHistory = QMap<QString, PoolRecord>; ///< by pool id

/// Pure: which pools can hold `neededGb`, cheapest with stock first, at most `maxPools`. A pool that
/// mostly had nothing free for this user stands behind the others. `tier` narrows to one GPU or
/// pool by exact name ("A40" is not "RTX A4000"); empty plan if nothing fits.
[[nodiscard]] GpuPlan planGpus(const QList<GpuOffer>& offers, double neededGb, const QString& tier, int maxPools = 3,
    const PoolHistory& history = {});
/// The offers without those of some pools: what is left to ask for after a refusal.
[[nodiscard]] QList<GpuOffer> withoutPools(const QList<GpuOffer>& offers, const QStringList& pools);
/// Whether `tier` names a GPU type, a GPU name or a pool of the catalogue, exactly.
[[nodiscard]] bool isKnownTier(const QList<GpuOffer>& offers, const QString& tier);

/// An endpoint without requests is set to no workers after so long (facts).
inline constexpr std::chrono::days kParkedAfter{7};

/// The price that stands on the button. USD. Worst case: the limits stop it after this much with nobody watching; where
/// workers always run, after kParkedAfter.
struct PriceQuote {
    double firstPicture = 0.0;
    double nextPicture = 0.0;
    double idlePerDay = 0.0;
    double worstCase = 0.0;
    double usdPerHour = 0.0; ///< dearest GPU of the plan
    QString source;          ///< "live" or the snapshot's date

    /// What minimum workers cost while nobody draws.
    [[nodiscard]] double idlePerMonth() const { return idlePerDay * 365.25 / 12.0; }
    bool operator==(const PriceQuote&) const = default;
};

} // namespace visgate
