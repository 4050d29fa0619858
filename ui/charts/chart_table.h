// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"

#include <QAbstractTableModel>
#include <QByteArray>
#include <QLocale>

namespace visgate::ui {

/// What a chart shows, in rows, newest first: for screen readers, and to be copied.
class ChartTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// `values` writes a figure; times are the local ones of the language.
    void show(const ChartData& data, ChartWords values, const QLocale& locale);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool hasPoints() const { return m_data.kind == ChartKind::Points; }
    [[nodiscard]] QString pointCell(const ChartPoint& point, int column) const;
    [[nodiscard]] QString stepCell(const ChartStep& step, int column) const;

    ChartData m_data;
    ChartWords m_values;
    QLocale m_locale;
};

/// A chart and what it is called in a file.
struct NamedChart {
    QString title;
    QString unit; ///< "USD", "seconds", "workers" ...
    ChartData data;
};

/// A line a figure for a spreadsheet or a script: chart, unit, series, from, until, value; times in UTC (ISO 8601),
/// numbers with a point. A name that a spreadsheet would take for a formula is quoted as text (RFC 4180, with an
/// apostrophe before it).
[[nodiscard]] QByteArray toCsv(const QList<NamedChart>& charts);

} // namespace visgate::ui
