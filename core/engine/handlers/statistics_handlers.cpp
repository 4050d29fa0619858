// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/statistics_handlers.h"

#include "core/operations/handlers.h"
#include "core/operations/statistics.h"

#include <utility>

namespace visgate {

void StatisticsHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetLatency>([this](GetLatency op) { return latency(std::move(op)); });
}

Task<Result<QList<LatencyGroup>>> StatisticsHandlers::latency(GetLatency query)
{
    auto samples = m_latency.list(query.target, query.since);
    if (!samples)
        co_return fail(std::move(samples.error()));
    co_return groupLatency(*samples, query.by);
}

} // namespace visgate
