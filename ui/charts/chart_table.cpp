// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int kTimeColumns = 2; ///< of steps: from, until

QString timeCell(Millis time, const QLocale& locale)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    return locale.toString(moment.date(), QLocale::ShortFormat) + u' ' + locale.toString(moment.time(), u"HH:mm:ss"_s);
}

QString csvText(QString text)
{
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    const bool isPlain = !text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r');
    return isPlain ? text : u'"' + text.replace(u"\""_s, u"\"\""_s) + u'"';
}

QString csvTime(Millis time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString csvNumber(double value)
{
    return QString::number(value, 'g', 10);
}

} // namespace

void ChartTable::show(const ChartData& data, ChartWords values, const QLocale& locale)
{
    const bool isSame = data == m_data && locale == m_locale;
    m_values = std::move(values);
    if (isSame)
        return; // whoever reads in it stays where they are
    beginResetModel();
    m_data = data;
    m_locale = locale;
    endResetModel();
}

int ChartTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(hasPoints() ? m_data.points.size() : m_data.steps.size());
}

int ChartTable::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return hasPoints() ? 3 : kTimeColumns + static_cast<int>(m_data.series.size());
}

QString ChartTable::pointCell(const ChartPoint& point, int column) const
{
    if (column == 0)
        return timeCell(point.at, m_locale);
    return column == 1 ? m_values(point.value, point.series) : m_data.series.value(point.series).name;
}

QString ChartTable::stepCell(const ChartStep& step, int column) const
{
    if (column < kTimeColumns)
        return timeCell(column == 0 ? step.from : step.until, m_locale);
    return m_values(step.values.value(column - kTimeColumns), column - kTimeColumns);
}

QVariant ChartTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || !m_values)
        return {};
    if (role == Qt::TextAlignmentRole && index.column() > 0)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const qsizetype fromEnd = rowCount() - 1 - index.row();
    return hasPoints() ? pointCell(m_data.points.at(fromEnd), index.column())
                       : stepCell(m_data.steps.at(fromEnd), index.column());
}

QVariant ChartTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (hasPoints())
        return QStringList{tr("Time"), tr("Value"), tr("GPU")}.value(section);
    if (section < kTimeColumns)
        return section == 0 ? tr("From") : tr("Until");
    return m_data.series.value(section - kTimeColumns).name;
}

QByteArray toCsv(const QList<NamedChart>& charts)
{
    QString text = u"chart,unit,series,from,until,value\r\n"_s;
    const auto add = [&](const NamedChart& chart, qsizetype series, Millis from, Millis until, double value) {
        text += csvText(chart.title) + u',' + csvText(chart.unit) + u',' + csvText(chart.data.series.value(series).name)
            + u',' + csvTime(from) + u',' + csvTime(until) + u',' + csvNumber(value) + u"\r\n"_s;
    };
    for (const NamedChart& chart : charts) {
        for (const ChartStep& step : chart.data.steps) {
            for (qsizetype series = 0; series < step.values.size(); ++series)
                add(chart, series, step.from, step.until, step.values.at(series));
        }
        for (const ChartPoint& point : chart.data.points)
            add(chart, point.series, point.at, point.at, point.value);
    }
    // The mark tells a spreadsheet that the names are UTF-8.
    return QByteArrayLiteral("\xEF\xBB\xBF") + text.toUtf8();
}

} // namespace visgate::ui
