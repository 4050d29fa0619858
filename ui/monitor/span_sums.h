// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/charts/chart_data.h"

#include <functional>

namespace visgate::ui {

/// The figures of a span, one a series.
using SpanFigures = std::function<QList<double>(const DeploymentMetrics& of, const WorkerSpan& span)>;

/// The sum over deployments, from one change to the next. Of those that have the same owner (a number a deployment;
/// none: each its own) only the first that is known at a moment counts. Where of none anything is known, there is no
/// step.
[[nodiscard]] QList<ChartStep> summedSpans(
    const QList<DeploymentMetrics>& metrics, const QList<int>& owners, int series, const SpanFigures& figures);

/// What they have cost so far, growing evenly within each span; a deployment that is not watched any more keeps what it
/// has cost. `seriesOf` tells which series a deployment belongs to; negative: none.
[[nodiscard]] QList<ChartStep> summedCosts(
    const QList<DeploymentMetrics>& metrics, int series, const std::function<int(const DeploymentMetrics&)>& seriesOf);

} // namespace visgate::ui
