// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/gpu.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

GpuOffer offer(const char* type, const char* name, const char* pool, double gb, double price, Stock stock)
{
    return {QString::fromLatin1(type), QString::fromLatin1(name), QString::fromLatin1(pool), gb, price, stock, {}};
}

QList<GpuOffer> catalogue()
{
    return {offer("NVIDIA RTX A4000", "RTX A4000", "AMPERE_16", 16, 0.58, Stock::High),
        offer("NVIDIA L4", "L4", "AMPERE_24", 24, 0.69, Stock::Medium),
        offer("NVIDIA GeForce RTX 4090", "RTX 4090", "ADA_24", 24, 1.12, Stock::High),
        offer("NVIDIA A40", "A40", "AMPERE_48", 48, 1.22, Stock::Low),
        offer("NVIDIA RTX A6000", "RTX A6000", "AMPERE_48", 48, 1.30, Stock::High),
        offer("NVIDIA A100 80GB PCIe", "A100 PCIe", "AMPERE_80", 80, 2.74, Stock::None),
        offer("NVIDIA Pod Only", "Pod Only", "", 48, 0.10, Stock::High)};
}

TEST(GpuPlan, CheapestFittingPoolsFirst)
{
    const GpuPlan plan = planGpus(catalogue(), 20.0, {});
    ASSERT_EQ(plan.entries.size(), 3);
    EXPECT_EQ(plan.pools(),
        (QStringList{QStringLiteral("AMPERE_24"), QStringLiteral("ADA_24"), QStringLiteral("AMPERE_48")}));
    EXPECT_DOUBLE_EQ(plan.ceilingUsdPerHour(), 1.30) << "the dearest type of a pool is its price";
}

TEST(GpuPlan, PoolsWithoutStockComeLast)
{
    const GpuPlan plan = planGpus(catalogue(), 40.0, {});
    ASSERT_EQ(plan.entries.size(), 2);
    EXPECT_EQ(plan.entries.last().pool, QStringLiteral("AMPERE_80"));
}

TEST(GpuPlan, ATierIsAnExactName)
{
    const GpuPlan plan = planGpus(catalogue(), 10.0, QStringLiteral("A40"));
    ASSERT_EQ(plan.entries.size(), 1);
    EXPECT_EQ(plan.gpuNames(), QStringList{QStringLiteral("A40")});
    EXPECT_EQ(plan.excludedTypeIds(), QStringList{QStringLiteral("NVIDIA RTX A6000")});
    EXPECT_DOUBLE_EQ(plan.ceilingUsdPerHour(), 1.22);
    EXPECT_TRUE(isKnownTier(catalogue(), QStringLiteral("AMPERE_48")));
    EXPECT_FALSE(isKnownTier(catalogue(), QStringLiteral("a40")));
}

TEST(GpuPlan, WhatHasNoPriceIsPlannedOnlyWhereItIsFree)
{
    GpuOffer own = offer("this-computer", "This computer", "this-computer", 16, 0.0, Stock::High);
    EXPECT_TRUE(planGpus({own}, 8.0, {}).entries.isEmpty()) << "a price that is not known";
    own.isFree = true;
    const GpuPlan plan = planGpus({own}, 8.0, {});
    EXPECT_EQ(plan.pools(), QStringList{QStringLiteral("this-computer")});
    EXPECT_DOUBLE_EQ(plan.ceilingUsdPerHour(), 0.0);
    EXPECT_TRUE(planGpus({own}, 24.0, {}).entries.isEmpty()) << "too small all the same";
}

TEST(GpuPlan, NothingFitsIsAnEmptyPlan)
{
    EXPECT_TRUE(planGpus(catalogue(), 100.0, {}).entries.isEmpty());
    EXPECT_TRUE(planGpus({}, 1.0, {}).entries.isEmpty());
}

} // namespace
} // namespace visgate
