// SPDX-License-Identifier: GPL-3.0-or-later
// What the program has measured.
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/statistics.h"

#include <utility>

namespace visgate {

Task<Result<QList<LatencyGroup>>> EngineCore::latency(GetLatency query)
{
    auto samples = m_parts->latency.list(query.target, query.since);
    if (!samples)
        co_return fail(std::move(samples.error()));
    co_return groupLatency(*samples, query.by);
}

void EngineCore::handleLatency()
{
    m_handlers.add<GetLatency>([this](GetLatency op) { return latency(std::move(op)); });
}

} // namespace visgate
