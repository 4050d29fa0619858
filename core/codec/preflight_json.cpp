// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/preflight/preflight.h"

namespace visgate {

using namespace codec;
using namespace Qt::Literals::StringLiterals;

namespace {

void writeReady(QJsonObject& object, const DeployQuote& quote)
{
    QJsonValue range;
    if (quote.readyLow && quote.readyHigh)
        range = QJsonArray{encode(*quote.readyLow), encode(*quote.readyHigh)};
    object.insert("estimated_ready_range"_L1, range);
}

void readReady(const QJsonObject& object, DeployQuote& quote)
{
    const auto ends = decode<QList<std::chrono::seconds>>(object.value("estimated_ready_range"_L1));
    if (!ends || ends->size() != 2)
        return;
    quote.readyLow = ends->first();
    quote.readyHigh = ends->last();
}

} // namespace

template <> struct Table<GpuOffer> {
    static auto fields()
    {
        return std::tuple(needed("gpu_type_id", &GpuOffer::typeId), text("name", &GpuOffer::name),
            field("pool", &GpuOffer::pool), field("memory_gb", &GpuOffer::memoryGb),
            field("usd_per_hour", &GpuOffer::usdPerHour), field("is_free", &GpuOffer::isFree),
            word("stock", &GpuOffer::stock),
            field("data_centers", &GpuOffer::dataCenters), field("cuda_versions", &GpuOffer::cudaVersions),
            text("source", &GpuOffer::source));
    }
};
template struct Codec<GpuOffer>;

template <> struct Table<GpuPlanEntry> {
    static auto fields()
    {
        return std::tuple(text("pool", &GpuPlanEntry::pool), field("gpus", &GpuPlanEntry::gpuNames),
            field("excluded_gpu_type_ids", &GpuPlanEntry::excludedTypeIds), field("memory_gb", &GpuPlanEntry::memoryGb),
            field("usd_per_hour", &GpuPlanEntry::usdPerHour), word("stock", &GpuPlanEntry::stock));
    }
};
template struct Codec<GpuPlanEntry>;

template <> struct Table<GpuPlan> {
    static auto fields()
    {
        return std::tuple(field("pools", &GpuPlan::entries), field("needed_gb", &GpuPlan::neededGb));
    }
};
template struct Codec<GpuPlan>;

template <> struct Table<PriceQuote> {
    static auto fields()
    {
        return std::tuple(field("first", &PriceQuote::firstPicture), field("next", &PriceQuote::nextPicture),
            field("idle_day", &PriceQuote::idlePerDay), field("worst", &PriceQuote::worstCase),
            field("usd_per_hour", &PriceQuote::usdPerHour), field("source", &PriceQuote::source));
    }
};
template struct Codec<PriceQuote>;

/// `fix` is the error whose remedy puts this line right.
template <> struct Table<PreflightLine> {
    static auto fields()
    {
        return std::tuple(text("id", &PreflightLine::id), word("level", &PreflightLine::level),
            text("title", &PreflightLine::title), field("detail", &PreflightLine::detail),
            field("fix", &PreflightLine::error), field("asked", &PreflightLine::asked),
            field("advisory", &PreflightLine::advisory));
    }
};
template struct Codec<PreflightLine>;

template <> struct Table<PreflightReport> {
    static auto fields()
    {
        return std::tuple(needed("lines", &PreflightReport::lines),
            shown("blocked", [](const PreflightReport& report) { return QJsonValue(report.isBlocked()); }));
    }
};
template struct Codec<PreflightReport>;

template <> struct Table<DeployQuote> {
    static auto fields()
    {
        return std::tuple(field("plan", &DeployQuote::plan), field("estimated_cost", &DeployQuote::price),
            flat(&DeployQuote::preflight), custom<2>(writeReady, readReady),
            field("estimated_ready_samples", &DeployQuote::ownSamples));
    }
};
template struct Codec<DeployQuote>;

} // namespace visgate
