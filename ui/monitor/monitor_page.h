// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/charts/chart_data.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"
#include "ui/monitor/metrics_source.h"
#include "ui/monitor/monitor_charts.h"

#include <QHash>
#include <QWidget>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace visgate::ui {

class BusyBar;
class ChartGroup;
class DeploymentChoice;
class DeploymentItems;
class LogPanel;
class MessageBar;
class ModelItems;
class Page;
class StageCard;
class TimeChart;

/// What happened? The states, workers, GPUs, money and jobs of one deployment or all, over time and live; in a few
/// sentences, as charts, as tables and as files. Asks only while it is seen.
class MonitorPage final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    MonitorPage(const UiContext& context, const DeploymentItems& deployments, const ModelItems& models,
        QWidget* parent = nullptr);
    /// An empty id: all.
    void showDeployment(const DeploymentId& id);

Q_SIGNALS:
    void modelsRequested();

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    [[nodiscard]] QWidget* makeNothing();
    [[nodiscard]] QWidget* makeTools();
    [[nodiscard]] MonitorTime time() const;
    [[nodiscard]] bool isOne() const;
    void ask();
    void take(const QList<DeploymentMetrics>& metrics, ChartRange range);
    void refuse(const Error& error);
    void askWhetherEver();
    void showAll();
    void showChart(MonitorChart kind, const QHash<DeploymentId, EndpointId>& endpoints);
    [[nodiscard]] TimeChart& chart(MonitorChart kind);
    void orderTabs();
    void explain();
    void showLog();
    [[nodiscard]] QHash<DeploymentId, EndpointId> endpoints() const;
    [[nodiscard]] bool hasAnything() const;
    void setTable(bool table);
    void saveFigures();
    void savePicture();
    [[nodiscard]] QString suggestedPath(const QString& suffix) const;
    void tellSaved(bool saved, const QString& path);

    const UiContext& m_context;
    const DeploymentItems& m_deployments;
    std::optional<QList<DeploymentMetrics>> m_metrics; ///< unset until the answer to what is chosen has come
    Millis m_now = 0;                                  ///< when that was
    MetricsSource* m_source;
    ChartGroup* m_group;
    Page* m_page;
    QLabel* m_title;
    DeploymentChoice* m_who;
    QComboBox* m_when;
    MessageBar* m_message;
    BusyBar* m_busy;
    QLabel* m_explanation;
    QLabel* m_gpus;
    QWidget* m_summary;
    QPushButton* m_table;
    QPushButton* m_csv;
    QPushButton* m_png;
    QPushButton* m_whole;
    QWidget* m_tools;
    QWidget* m_drawings; ///< what a picture is taken of
    QVBoxLayout* m_column;
    StageCard* m_stages;
    std::array<TimeChart*, monitorCharts.size()> m_charts{}; ///< each made when it first has something to show
    LogPanel* m_log;
    QWidget* m_logCard;
    QList<DeploymentId> m_logged; ///< whose log is shown
    QLabel* m_nothingTitle;
    QLabel* m_nothingText;
    QPushButton* m_nothingButton;
    QWidget* m_nothing;
    std::optional<bool> m_ranBefore; ///< anything at all within a month; asked where nothing is listed
    bool m_saysError = false;
};

} // namespace visgate::ui
