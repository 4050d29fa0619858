// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "core/foundation/error.h"
#include "ui/charts/chart_data.h"

#include <QObject>
#include <QTimer>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

/// How far back is looked.
enum class MonitorTime { Live, Hour, Day, Week, Month };

[[nodiscard]] std::chrono::seconds lengthOf(MonitorTime time);

/// What the engine knows of a deployment (or all) in a time up to now, asked again and again while somebody looks. One
/// question at a time; an answer to what is not asked any more is dropped. GUI thread.
class MetricsSource final : public QObject {
    Q_OBJECT

public:
    explicit MetricsSource(DeploymentService& service, QObject* parent = nullptr);
    /// An empty id: all. Asked at once if anybody looks.
    void ask(const DeploymentId& deployment, MonitorTime time);
    void askAgain();
    void setWatched(bool watched);

Q_SIGNALS:
    void answered(const QList<visgate::DeploymentMetrics>& metrics, visgate::ui::ChartRange range);
    void failed(const visgate::Error& error);

private:
    void send();

    DeploymentService& m_service;
    DeploymentId m_deployment;
    MonitorTime m_time = MonitorTime::Live;
    QTimer m_next;
    quint64 m_question = 0;
    bool m_isWatched = false;
};

} // namespace visgate::ui
