// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/statistics.h"

#include "core/codec/enumerations.h"
#include "core/codec/table.h"

namespace visgate {

using namespace codec;

template <> struct Table<GetLatency> {
    static auto fields()
    {
        return std::tuple(
            flat(&GetLatency::by), field("target", &GetLatency::target), field("since", &GetLatency::since));
    }
};
template struct Codec<GetLatency>;

template <> struct Table<GetMetrics> {
    static auto fields()
    {
        return std::tuple(field("deployment_ids", &GetMetrics::deployments), needed("from", &GetMetrics::from),
            needed("to", &GetMetrics::to), field("max_spans", &GetMetrics::maxSpans));
    }
};
template struct Codec<GetMetrics>;

} // namespace visgate
