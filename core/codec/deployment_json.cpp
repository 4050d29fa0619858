// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"

#include <array>

namespace visgate {

using namespace codec;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The phases whose duration the API always names, reached or not.
constexpr std::array kPhases{DeploymentStatus::Validating, DeploymentStatus::SelectingGpu,
    DeploymentStatus::CreatingEndpoint, DeploymentStatus::DownloadingModel, DeploymentStatus::LoadingModel};

void writePhases(QJsonObject& object, const Deployment& deployment)
{
    QJsonObject phases;
    for (const DeploymentStatus phase : kPhases)
        phases.insert(toString(phase), QJsonValue::Null);
    const QJsonObject known = encode(deployment.phaseSeconds).toObject();
    for (auto phase = known.begin(); phase != known.end(); ++phase)
        phases.insert(phase.key(), phase.value());
    object.insert("phase_durations"_L1, phases);
}

void readPhases(const QJsonObject& object, Deployment& deployment)
{
    deployment.phaseSeconds
        = decode<QMap<QString, double>>(object.value("phase_durations"_L1)).value_or(QMap<QString, double>());
}

/// The range is a pair, what is likely stands where the API's documentation has it.
void writeRange(QJsonObject& object, const Deployment& deployment)
{
    const std::optional<TimeRange>& range = deployment.estimatedRange;
    object.insert("estimated_ready_range"_L1,
        range ? QJsonValue(QJsonArray{encode(range->low), encode(range->high)}) : QJsonValue());
    object.insert("estimated_ready_likely_seconds"_L1, range ? encode(range->likely) : QJsonValue());
    object.insert("estimated_ready_samples"_L1, range ? QJsonValue(range->ownSamples) : QJsonValue());
    object.insert("estimated_ready_overdue"_L1, range && range->overdue);
}

void readRange(const QJsonObject& object, Deployment& deployment)
{
    const auto ends = decode<QList<std::chrono::seconds>>(object.value("estimated_ready_range"_L1));
    if (!ends || ends->size() != 2)
        return;
    deployment.estimatedRange = TimeRange{ends->first(),
        decode<std::chrono::seconds>(object.value("estimated_ready_likely_seconds"_L1)).value_or(ends->first()),
        ends->last(), object.value("estimated_ready_samples"_L1).toInt(),
        object.value("estimated_ready_overdue"_L1).toBool()};
}

void writeWarm(QJsonObject& object, const Deployment& deployment)
{
    object.insert(
        "warm"_L1, QJsonObject{{u"now"_s, deployment.warm}, {u"next_change"_s, encode(deployment.warmNextChange)}});
}

void readWarm(const QJsonObject& object, Deployment& deployment)
{
    const QJsonValue warm = object.value("warm"_L1);
    deployment.warm = warm["now"_L1].toBool();
    deployment.warmNextChange = decode<std::optional<TimePoint>>(warm["next_change"_L1]).value_or(std::nullopt);
}

/// Windows are written as people write them; one that cannot be read is left out.
void writeWindows(QJsonObject& object, const PoolPolicy& policy)
{
    QJsonArray windows;
    for (const WarmWindow& window : policy.windows)
        windows.append(toText(window));
    object.insert("windows"_L1, windows);
}

void readWindows(const QJsonObject& object, PoolPolicy& policy)
{
    const QJsonArray windows = object.value("windows"_L1).toArray();
    for (const QJsonValue& text : windows) {
        if (const auto parsed = windowFromText(text.toString()))
            policy.windows.append(parsed->window);
    }
}

} // namespace

template <> struct Table<WorkerCounts> {
    static auto fields()
    {
        return std::tuple(field("min", &WorkerCounts::min), field("max", &WorkerCounts::max),
            field("running", &WorkerCounts::running), field("idle", &WorkerCounts::idle),
            field("initializing", &WorkerCounts::initializing), field("throttled", &WorkerCounts::throttled),
            field("unhealthy", &WorkerCounts::unhealthy));
    }
};
template struct Codec<WorkerCounts>;

template <> struct Table<ModelDownload> {
    static auto fields()
    {
        return std::tuple(field("bytes", &ModelDownload::bytes), field("total_bytes", &ModelDownload::total),
            field("bytes_per_second", &ModelDownload::bytesPerSecond),
            shown("remaining_seconds", [](const ModelDownload& it) { return encode(it.remaining()); }));
    }
};
template struct Codec<ModelDownload>;

template <> struct Table<EndpointLimits> {
    static auto fields()
    {
        return std::tuple(field("idle_timeout_seconds", &EndpointLimits::idleTimeout),
            field("execution_timeout_seconds", &EndpointLimits::executionTimeout),
            field("init_timeout_seconds", &EndpointLimits::initTimeout),
            field("worker_idle_timeout_seconds", &EndpointLimits::workerIdleTimeout),
            field("failure_threshold", &EndpointLimits::failureThreshold),
            field("workers_min", &EndpointLimits::workersMin), field("workers_max", &EndpointLimits::workersMax));
    }
};
template struct Codec<EndpointLimits>;

template <> struct Table<DeploymentCost> {
    static auto fields()
    {
        return std::tuple(field("estimated_usd", &DeploymentCost::estimatedUsd),
            field("billed_usd", &DeploymentCost::billedUsd), field("usd_per_hour", &DeploymentCost::usdPerHourNow),
            field("usd", &DeploymentCost::countedUsd));
    }
};
template struct Codec<DeploymentCost>;

template <> struct Table<OrchestrationLine> {
    static auto fields()
    {
        return std::tuple(field("timestamp", &OrchestrationLine::at), text("level", &OrchestrationLine::level),
            text("message", &OrchestrationLine::message));
    }
};
template struct Codec<OrchestrationLine>;

template <> struct Table<EndpointChange> {
    static auto fields()
    {
        return std::tuple(text("field", &EndpointChange::field), text("before", &EndpointChange::before),
            text("after", &EndpointChange::after), field("at", &EndpointChange::at));
    }
};
template struct Codec<EndpointChange>;

template <> struct Table<DeploymentQuestion> {
    static auto fields()
    {
        return std::tuple(field("pools", &DeploymentQuestion::pools), field("gpus", &DeploymentQuestion::gpuNames),
            field("usd_per_hour", &DeploymentQuestion::usdPerHour),
            field("usd_per_hour_more", &DeploymentQuestion::usdPerHourMore),
            field("asked_at", &DeploymentQuestion::askedAt));
    }
};
template struct Codec<DeploymentQuestion>;

template <> struct Table<PoolPolicy> {
    static auto fields()
    {
        return std::tuple(word("mode", &PoolPolicy::mode), custom<1>(writeWindows, readWindows),
            field("zone", &PoolPolicy::zone), field("keep_until", &PoolPolicy::keepUntil));
    }
};
template struct Codec<PoolPolicy>;

template <> struct Table<WarmPrice> {
    static auto fields()
    {
        return std::tuple(needed("usd_per_hour", &WarmPrice::usdPerHour),
            field("usd_per_month", &WarmPrice::usdPerMonth), field("usd_once", &WarmPrice::usdOnce),
            field("hours_per_month", &WarmPrice::hoursPerMonth), field("opens_per_month", &WarmPrice::opensPerMonth),
            field("holds_per_month", &WarmPrice::holdsPerMonth), field("usd_afterwards", &WarmPrice::usdAfterwards));
    }
};
template struct Codec<WarmPrice>;

template <> struct Table<Deployment> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &Deployment::id), needed("status", &Deployment::status),
            field("path", &Deployment::path), needed("target", &Deployment::target),
            text("hf_model_id", &Deployment::modelId), field("revision", &Deployment::revision),
            word("task", &Deployment::task),
            shown("runpod_endpoint_id", [](const Deployment& it) { return encode(it.endpointId); }),
            field("endpoint_id", &Deployment::endpointId), field("endpoint_name", &Deployment::endpointName),
            field("endpoint_url", &Deployment::endpointUrl), field("user_hash", &Deployment::userHash),
            field("gpu_tier", &Deployment::gpuTier), field("gpu_planned", &Deployment::gpuPlanned),
            field("gpu_allocated", &Deployment::gpuAllocated), field("region", &Deployment::region),
            field("region_reason", &Deployment::regionReason), field("loaded_from_cache", &Deployment::loadedFromCache),
            field("question", &Deployment::question),
            custom<1>(
                [](QJsonObject& object, const Deployment& it) {
                    object.insert("model_vram_gb"_L1, it.modelVramGb > 0.0 ? QJsonValue(it.modelVramGb) : QJsonValue());
                },
                [](const QJsonObject& object, Deployment& it) {
                    it.modelVramGb = object.value("model_vram_gb"_L1).toDouble();
                }),
            field("workers", &Deployment::workers), field("workers_seen_at", &Deployment::workersSeenAt),
            field("changed_elsewhere", &Deployment::changedElsewhere), field("limits", &Deployment::limits),
            field("logs", &Deployment::logs), field("error", &Deployment::error),
            field("waiting_for", &Deployment::waitingFor),
            field("estimated_remaining_seconds", &Deployment::estimatedRemaining), custom<1>(writeRange, readRange),
            field("download", &Deployment::download), custom<1>(writePhases, readPhases),
            field("cost", &Deployment::cost),
            shown("webhook",
                [](const Deployment&) {
                    return QJsonObject{
                        {u"state"_s, QJsonValue::Null}, {u"attempts"_s, 0}, {u"last_error"_s, QJsonValue::Null}};
                }),
            field("demo_model", &Deployment::demoModel), field("first_job_id", &Deployment::firstJob),
            field("created_at", &Deployment::createdAt), field("ready_at", &Deployment::readyAt),
            field("deleted_at", &Deployment::deletedAt), field("delete_at", &Deployment::deleteAt),
            field("pool", &Deployment::pool), custom<2>(writeWarm, readWarm),
            field("unconfirmed", &Deployment::unconfirmed), field("key_from_request", &Deployment::keyFromRequest));
    }
};
template struct Codec<Deployment>;

template <> struct Table<DeploymentPage> {
    static auto fields()
    {
        return std::tuple(needed("deployments", &DeploymentPage::deployments), field("total", &DeploymentPage::total),
            field("next_cursor", &DeploymentPage::nextCursor));
    }
};
template struct Codec<DeploymentPage>;

template <> struct Table<ReleaseChange> {
    static auto fields()
    {
        return std::tuple(text("field", &ReleaseChange::field), field("before", &ReleaseChange::before),
            field("after", &ReleaseChange::after));
    }
};
template struct Codec<ReleaseChange>;

template <> struct Table<Release> {
    static auto fields()
    {
        return std::tuple(text("id", &Release::id), field("release", &Release::version),
            field("source", &Release::source), field("created_at", &Release::createdAt),
            field("workers", &Release::workers), field("changes", &Release::changes));
    }
};
template struct Codec<Release>;

template <> struct Table<ReleaseHistory> {
    static auto fields()
    {
        return std::tuple(field("current", &ReleaseHistory::current), field("rolling_out", &ReleaseHistory::rollingOut),
            needed("releases", &ReleaseHistory::releases));
    }
};
template struct Codec<ReleaseHistory>;

} // namespace visgate
