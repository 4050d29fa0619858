// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/table.h"
#include "core/domain/money/latency.h"

namespace visgate {

using namespace codec;

template <> struct Table<LatencyFigures> {
    static auto fields()
    {
        return std::tuple(field("count", &LatencyFigures::count), field("p50_seconds", &LatencyFigures::p50),
            field("p95_seconds", &LatencyFigures::p95));
    }
};
template struct Codec<LatencyFigures>;

template <> struct Table<LatencyGroup> {
    static auto fields()
    {
        return std::tuple(field("family", &LatencyGroup::family), field("gpu", &LatencyGroup::gpu),
            field("runner", &LatencyGroup::runner), field("first_step_warm", &LatencyGroup::firstStepWarm),
            field("first_step_cold", &LatencyGroup::firstStepCold), field("generation", &LatencyGroup::generation),
            field("queue_delay", &LatencyGroup::queueDelay), field("cold_start", &LatencyGroup::coldStart),
            field("picture_warm", &LatencyGroup::pictureWarm), field("picture_cold", &LatencyGroup::pictureCold),
            field("load", &LatencyGroup::load), field("step", &LatencyGroup::step),
            field("decode", &LatencyGroup::decode), field("upload", &LatencyGroup::upload));
    }
};
template struct Codec<LatencyGroup>;

template <> struct Table<LatencyDimensions> {
    static auto fields()
    {
        return std::tuple(field("by_family", &LatencyDimensions::family), field("by_gpu", &LatencyDimensions::gpu),
            field("by_runner", &LatencyDimensions::runner));
    }
};
template struct Codec<LatencyDimensions>;

} // namespace visgate
