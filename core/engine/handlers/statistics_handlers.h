// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/store/latency_repository.h"

#include <QList>

namespace visgate {

class Handlers;
struct GetLatency;

/// What the program has measured. Engine thread only.
class StatisticsHandlers {
public:
    explicit StatisticsHandlers(LatencyRepository& latency) : m_latency(latency) { }

    void addTo(Handlers& handlers);

private:
    Task<Result<QList<LatencyGroup>>> latency(GetLatency query);

    LatencyRepository& m_latency;
};

} // namespace visgate
