// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

enum class Stock { None, Low, Medium, High, Unknown };

/// One GPU type as the provider's catalogue offers it.
struct GpuOffer {
    QString typeId; ///< "NVIDIA A40"
    QString name;   ///< "A40"
    QString pool;   ///< "AMPERE_48"; empty if it cannot be used serverless
    double memoryGb = 0.0;
    double usdPerHour = 0.0; ///< serverless price of one GPU
    Stock stock = Stock::Unknown;
    QStringList dataCenters;
};

/// A pool = the unit that an endpoint asks for. Price is the dearest type in it (the ceiling).
struct GpuPlanEntry {
    QString pool;
    QStringList gpuNames;
    double memoryGb = 0.0;   ///< smallest in the pool
    double usdPerHour = 0.0; ///< dearest in the pool
    Stock stock = Stock::Unknown;
    QStringList excludedTypeIds; ///< types of the pool that the user's tier leaves out
};

struct GpuPlan {
    QList<GpuPlanEntry> entries; ///< best first; the first is what is created
    double neededGb = 0.0;
    [[nodiscard]] double ceilingUsdPerHour() const;
    [[nodiscard]] QStringList pools() const;
    [[nodiscard]] QStringList gpuNames() const;
    [[nodiscard]] QStringList excludedTypeIds() const;
};

/// The best stock of the plan's pools; Unknown counts least.
[[nodiscard]] Stock bestStock(const GpuPlan& plan);

/// Pure: which pools can hold `neededGb`, cheapest with stock first, at most `maxPools`. `tier` narrows to one GPU or
/// pool by exact name ("A40" is not "RTX A4000"); empty plan if nothing fits.
[[nodiscard]] GpuPlan planGpus(const QList<GpuOffer>& offers, double neededGb, const QString& tier, int maxPools = 3);
/// Whether `tier` names a GPU type, a GPU name or a pool of the catalogue, exactly.
[[nodiscard]] bool isKnownTier(const QList<GpuOffer>& offers, const QString& tier);

/// The price that stands on the button. USD. Worst case: the limits stop it after this much with nobody watching.
struct PriceQuote {
    double firstPicture = 0.0;
    double nextPicture = 0.0;
    double idlePerDay = 0.0;
    double worstCase = 0.0;
    double usdPerHour = 0.0; ///< dearest GPU of the plan
    QString source;          ///< "live" or the snapshot's date
};

} // namespace visgate
