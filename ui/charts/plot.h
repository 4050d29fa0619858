// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/ticks.h"
#include "ui/charts/time_surface.h"

#include <QList>

class QAbstractSeries;
class QChart;
class QChartView;
class QValueAxis;

namespace visgate::ui {

/// The drawing of a time chart: grid, scales and cursor are ours, areas, lines and points are Qt Charts'. GUI thread.
class Plot final : public TimeSurface {
    Q_OBJECT

public:
    Plot(const UiContext& context, ChartGroup& group, ValueUnit unit, QWidget* parent = nullptr);

    /// `values` writes a figure of the scale. Painted at once.
    void show(const ChartData& figures, ScaleWords values);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    [[nodiscard]] QRect area() const override;
    [[nodiscard]] Millis meantBy(Millis time) const override;
    void refreshCursor() override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Overlay;
    void rebuild();
    void placeView();
    void reserveScale();
    [[nodiscard]] QString scaleLabel(double value) const;
    void clearSeries();
    void addBands(const ChartData& figures);
    void addLines(const ChartData& figures);
    void addMarks(const ChartData& figures);
    void add(QAbstractSeries* series);
    void paintGrid(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintGaps(QPainter& painter) const;

    const ValueUnit m_unit;
    ChartData m_data;
    ScaleWords m_values;
    QList<double> m_ticks;
    QChart* m_chart;
    QChartView* m_view;
    QValueAxis* m_across;
    QValueAxis* m_up;
    Overlay* m_overlay;
};

} // namespace visgate::ui
