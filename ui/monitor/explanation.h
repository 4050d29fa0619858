// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/charts/chart_data.h"
#include "ui/common/format.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

namespace visgate::ui {

/// What the charts show of a time, in plain sentences.
class Explanation {
    Q_DECLARE_TR_FUNCTIONS(Explanation)

public:
    /// How long workers ran and on what, what that cost, how long jobs waited; and how long nobody looked, if that was
    /// long. Sentences of whole words, of the range only.
    [[nodiscard]] static QStringList of(const QList<DeploymentMetrics>& metrics, ChartRange range,
        const QHash<DeploymentId, EndpointId>& endpoints, const Format& format);
    /// "Planned: A40, A6000. Got: A40." within the range; empty while neither is known.
    [[nodiscard]] static QString gpus(const DeploymentMetrics& metrics, ChartRange range);

private:
    [[nodiscard]] static QString running(const QList<DeploymentMetrics>& metrics, ChartRange range,
        const QHash<DeploymentId, EndpointId>& endpoints, const Format& format);
    [[nodiscard]] static QString cost(const QList<DeploymentMetrics>& metrics, ChartRange range, const Format& format);
    [[nodiscard]] static QString waiting(
        const QList<DeploymentMetrics>& metrics, ChartRange range, const Format& format);
};

} // namespace visgate::ui
