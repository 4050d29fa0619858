// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "core/domain/money/latency.h"
#include "core/operations/operation.h"

#include <QList>

#include <optional>

// What the program has measured.
namespace visgate {

/// How long pictures and starts took, by the dimensions that are asked for.
struct GetLatency {
    using Reply = QList<LatencyGroup>;
    static constexpr OperationInfo kInfo{"get_latency", Effect::Reads};
    LatencyDimensions by;
    std::optional<AccountId> target = {}; ///< unset: all
    std::optional<TimePoint> since = {};  ///< unset: as long as it is kept
};

/// What happened to deployments between two moments: their workers, states and jobs, as they were seen. Those that are
/// asked for, in that order; else all that stand or that anything is known of in that time, newest first. Spans and
/// states that reach into the time come whole. The newest jobs where there are very many. InvalidRequest where `from`
/// is after `to`; NotFound for a deployment that is unknown.
struct GetMetrics {
    using Reply = QList<DeploymentMetrics>;
    static constexpr OperationInfo kInfo{"get_metrics", Effect::Reads};
    QList<DeploymentId> deployments = {}; ///< empty: all
    TimePoint from = {};
    TimePoint to = {};
    /// Of each deployment; brought into 1 to 5000, and lower where there are very many deployments. Where there are
    /// more than maxSpans, neighbours become one with the figures that held longest in it; gaps stay.
    int maxSpans = 1000;
};

} // namespace visgate
