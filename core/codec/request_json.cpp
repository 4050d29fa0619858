// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/table.h"
#include "core/codec/values.h"
#include "core/domain/deployment/request.h"
#include "core/domain/storage/volume.h"

namespace visgate {

using namespace codec;

template <> struct Table<CreateRequest> {
    static auto fields()
    {
        return std::tuple(field("hf_model_id", &CreateRequest::modelId), field("model_name", &CreateRequest::modelName),
            field("provider", &CreateRequest::providerName), needed("target", &CreateRequest::target),
            field("task", &CreateRequest::task), field("revision", &CreateRequest::revision),
            field("gpu_tier", &CreateRequest::gpuTier), field("first_input", &CreateRequest::firstInput),
            field("limits", &CreateRequest::limits), field("practice_speed", &CreateRequest::practiceSpeed),
            field("force", &CreateRequest::force), field("disk_gb", &CreateRequest::diskGb),
            field("region", &CreateRequest::region), field("idempotency_key", &CreateRequest::idempotencyKey),
            field("body_digest", &CreateRequest::bodyDigest), field("pool", &CreateRequest::pool),
            field("accepted_usd_per_month", &CreateRequest::acceptedUsdPerMonth),
            field("accepted_usd_per_hour", &CreateRequest::acceptedUsdPerHour),
            field("accepted_pools", &CreateRequest::acceptedPools),
            field("user_runpod_key", &CreateRequest::providerKey), field("hf_token", &CreateRequest::hubToken));
    }
};
template struct Codec<CreateRequest>;

template <> struct Table<ScaleRequest> {
    static auto fields()
    {
        return std::tuple(field("workers_min", &ScaleRequest::workersMin),
            field("workers_max", &ScaleRequest::workersMax), field("idle_timeout_seconds", &ScaleRequest::idleTimeout),
            field("accepted_usd_per_month", &ScaleRequest::acceptedUsdPerMonth));
    }
};
template struct Codec<ScaleRequest>;

template <> struct Table<CleanupRequest> {
    static auto fields()
    {
        return std::tuple(field("all", &CleanupRequest::all), field("others", &CleanupRequest::others),
            field("apply", &CleanupRequest::apply));
    }
};
template struct Codec<CleanupRequest>;

template <> struct Table<KeepNear> {
    static auto fields()
    {
        return std::tuple(needed("target", &KeepNear::target), needed("hf_model_id", &KeepNear::modelId),
            field("revision", &KeepNear::revision), field("volume_id", &KeepNear::volume),
            field("data_center", &KeepNear::dataCenter));
    }
};
template struct Codec<KeepNear>;

template <> struct Table<SpendQuery> {
    static auto fields()
    {
        return std::tuple(needed("target", &SpendQuery::target), needed("from", &SpendQuery::from),
            needed("to", &SpendQuery::to), field("deployment_id", &SpendQuery::deployment),
            field("pictures_per_day", &SpendQuery::picturesPerDay), field("as_known", &SpendQuery::asKnown));
    }
};
template struct Codec<SpendQuery>;

} // namespace visgate
