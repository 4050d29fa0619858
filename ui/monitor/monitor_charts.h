// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/charts/chart_data.h"
#include "ui/charts/ticks.h"
#include "ui/common/format.h"

#include <QCoreApplication>
#include <QHash>

#include <array>

namespace visgate::ui {

enum class MonitorChart { Workers, Gpus, Regions, PerHour, SoFar, Jobs, Queued, FirstStep, Ran };

inline constexpr std::array monitorCharts{MonitorChart::Workers, MonitorChart::Gpus, MonitorChart::Regions,
    MonitorChart::PerHour, MonitorChart::SoFar, MonitorChart::Jobs, MonitorChart::Queued, MonitorChart::FirstStep,
    MonitorChart::Ran};

/// What is known of deployments as data of charts: one deployment's, or the sum of several. Values only.
class MonitorCharts {
    Q_DECLARE_TR_FUNCTIONS(MonitorCharts)

public:
    /// The place of workers that wait for a GPU among the series of MonitorChart::Workers; none where none waited.
    static constexpr int kWaitingForGpu = 3;

    /// `endpoints` tells which deployments share one: its workers are counted once. Empty where no provider tells it.
    [[nodiscard]] static ChartData data(MonitorChart chart, const QList<DeploymentMetrics>& metrics,
        const QHash<DeploymentId, EndpointId>& endpoints = {});
    [[nodiscard]] static QString title(MonitorChart chart);
    [[nodiscard]] static ValueUnit unit(MonitorChart chart);
    /// How a figure is written beside the grid.
    [[nodiscard]] static ScaleWords scale(MonitorChart chart, const Format& format);
    /// How a figure of its legend is written; money says whose it is.
    [[nodiscard]] static ChartWords words(MonitorChart chart, const ChartData& data, const Format& format);
    /// Real and play money are never added up: the accounts whose money the series are, in their order.
    [[nodiscard]] static QList<AccountId> purses(const QList<DeploymentMetrics>& metrics);

private:
    [[nodiscard]] static ChartData known(
        MonitorChart chart, const QList<DeploymentMetrics>& metrics, const QHash<DeploymentId, EndpointId>& endpoints);
    [[nodiscard]] static ChartData workers(const QList<DeploymentMetrics>& metrics, const QList<int>& owners);
    [[nodiscard]] static ChartData kinds(
        const QList<DeploymentMetrics>& metrics, const QList<int>& owners, QMap<QString, int> WorkerSpan::*counts);
    [[nodiscard]] static ChartData jobs(const QList<DeploymentMetrics>& metrics);
    [[nodiscard]] static ChartData money(const QList<DeploymentMetrics>& metrics, bool soFar);
    [[nodiscard]] static ChartData points(
        const QList<DeploymentMetrics>& metrics, std::optional<std::chrono::milliseconds> JobPoint::*time);
};

} // namespace visgate::ui
