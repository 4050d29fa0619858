// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/ticks.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QTableView;

namespace visgate::ui {

class ChartGroup;
class ChartTable;
class Legend;
class Plot;

/// A card with one chart: its title, the moment that is looked at, the legend with each series' figure at it, and the
/// plot, or all of it as a table. Says the figures to screen readers. GUI thread.
class TimeChart final : public QFrame {
    Q_OBJECT

public:
    /// `name` is the object name of the plot; the table's is `name` and "Table".
    TimeChart(
        const UiContext& context, ChartGroup& group, const QString& name, ValueUnit unit, QWidget* parent = nullptr);

    struct Content {
        QString title;
        ChartData data;
        ScaleWords scale;
        ChartWords values;
    };
    void show(Content content);
    void setTable(bool table);
    /// What the keyboard can stand on, in the order of reading.
    [[nodiscard]] QList<QWidget*> stops() const;
    [[nodiscard]] const QString& title() const { return m_content.title; }
    [[nodiscard]] const ChartData& data() const { return m_content.data; }

Q_SIGNALS:
    /// Rows of the table, with tabs between cells.
    void copyRequested(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refreshFigures();
    void refreshTable();
    void makeTable();
    void copyRows();
    [[nodiscard]] Millis moment() const;
    [[nodiscard]] QStringList figuresAt(Millis time) const;

    const UiContext& m_context;
    ChartGroup& m_group;
    const QString m_name;
    Content m_content;
    QLabel* m_title;
    QLabel* m_moment;
    Legend* m_legend;
    Plot* m_plot;
    QTableView* m_table = nullptr; ///< made when it is first wanted
    ChartTable* m_rows = nullptr;
};

} // namespace visgate::ui
