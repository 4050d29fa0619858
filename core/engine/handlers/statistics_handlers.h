// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/metrics/metrics.h"
#include "core/store/latency_repository.h"

#include <QList>

namespace visgate {

class DeploymentTable;
class Handlers;
class MetricsRepository;
class WorkerHistory;
struct EngineContext;
struct GetLatency;
struct GetMetrics;

/// What the program has measured, and what it saw of deployments over time. Engine thread only.
class StatisticsHandlers {
public:
    /// All of them outlive it.
    StatisticsHandlers(EngineContext& context, const DeploymentTable& table, LatencyRepository& latency,
        WorkerHistory& workers, MetricsRepository& metrics)
        : m_context(context), m_table(table), m_latency(latency), m_workers(workers), m_metrics(metrics)
    {
    }

    void addTo(Handlers& handlers);

private:
    struct Bounds;

    Task<Result<QList<LatencyGroup>>> latency(GetLatency query);
    Task<Result<QList<DeploymentMetrics>>> metrics(GetMetrics query);
    [[nodiscard]] Result<QList<DeploymentMetrics>> answer(const GetMetrics& query);
    /// All that stand, or that something is known of in that time.
    [[nodiscard]] Result<QList<DeploymentId>> allOf(const GetMetrics& query);
    [[nodiscard]] Result<DeploymentMetrics> metricsOf(const DeploymentId& id, const GetMetrics& query, Bounds bounds);
    [[nodiscard]] Result<QList<JobPoint>> jobsOf(const DeploymentId& id, const GetMetrics& query, int most);

    EngineContext& m_context;
    const DeploymentTable& m_table;
    LatencyRepository& m_latency;
    WorkerHistory& m_workers;
    MetricsRepository& m_metrics;
};

} // namespace visgate
