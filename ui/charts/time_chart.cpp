// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_chart.h"

#include "ui/charts/chart_group.h"
#include "ui/charts/chart_table.h"
#include "ui/charts/legend.h"
#include "ui/charts/plot.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int kTableHeight = 220;
constexpr int kMostRows = 500;
constexpr int kReachOfPoint = 40; ///< of the range's parts: how far a job may be from the cursor and still be meant

} // namespace

TimeChart::TimeChart(const UiContext& context, ChartGroup& group, const QString& name, ValueUnit unit, QWidget* parent)
    : QFrame(parent), m_context(context), m_group(group), m_name(name), m_content{},
      m_title(makeLabel(TextStyle::Heading)), m_moment(makeLabel(TextStyle::Muted)), m_legend(new Legend(context)),
      m_plot(new Plot(context, group, unit))
{
    setProperty("frame-kind", u"card"_s);
    m_plot->setObjectName(name);
    m_moment->setWordWrap(false);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_moment);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->setContentsMargins(20, 14, 20, 12);
    column->addLayout(head);
    column->addWidget(m_legend);
    column->addWidget(m_plot);
    setLayout(column);
    connect(&group, &ChartGroup::cursorChanged, this, &TimeChart::refreshFigures);
    connect(&group, &ChartGroup::rangeChanged, this, [this] {
        refreshFigures();
        refreshTable();
    });
}

void TimeChart::show(Content content)
{
    m_content = std::move(content);
    m_title->setText(m_content.title);
    m_legend->show(m_content.data.kind, m_content.data.series);
    m_plot->setAccessibleName(tr("Chart: %1").arg(m_content.title));
    m_plot->show(m_content.data, m_content.scale);
    refreshFigures();
    refreshTable();
}

/// The cursor's, else the newest that is shown.
Millis TimeChart::moment() const
{
    const ChartRange range = m_group.shown();
    if (const auto cursor = m_group.cursor())
        return std::clamp(*cursor, range.from, range.until);
    const ChartData& data = m_content.data;
    const Millis newest = data.kind == ChartKind::Points
        ? (data.points.isEmpty() ? range.until : data.points.last().at)
        : (data.steps.isEmpty() ? range.until : data.steps.last().until);
    return std::clamp(newest, range.from, range.until);
}

QStringList TimeChart::figuresAt(Millis time) const
{
    const ChartData& data = m_content.data;
    QStringList figures;
    if (data.kind == ChartKind::Points) {
        for (const auto& point : pointsAt(data, time, m_group.shown().length() / kReachOfPoint))
            figures << (point ? m_content.values(point->value, point->series) : u"–"_s);
        return figures;
    }
    const QList<double> values = valuesAt(data, time);
    for (qsizetype place = 0; place < data.series.size(); ++place)
        figures << (place < values.size() ? m_content.values(values.at(place), place) : u"–"_s);
    return figures;
}

void TimeChart::refreshFigures()
{
    if (!m_content.values)
        return;
    const Millis time = moment();
    const QString when = momentLabel(time, m_group.shown().length(), m_context.language.format().locale());
    const QStringList figures = figuresAt(time);
    m_moment->setText(when);
    m_legend->setFigures(figures);
    QStringList words;
    for (qsizetype place = 0; place < figures.size(); ++place)
        words << m_content.data.series.at(place).name + u": "_s + figures.at(place);
    m_plot->setAccessibleDescription(when + u" – "_s + words.join(u", "_s));
}

void TimeChart::setTable(bool table)
{
    if (table && m_table == nullptr)
        makeTable();
    m_legend->setVisible(!table);
    m_plot->setVisible(!table);
    m_moment->setVisible(!table);
    if (m_table != nullptr)
        m_table->setVisible(table);
    refreshTable();
}

QList<QWidget*> TimeChart::stops() const
{
    QList<QWidget*> widgets{m_plot};
    if (m_table != nullptr)
        widgets.append(m_table);
    return widgets;
}

void TimeChart::makeTable()
{
    m_rows = new ChartTable(this);
    m_table = new QTableView;
    m_table->setObjectName(m_name + u"Table"_s);
    m_table->setModel(m_rows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false); // Tab leads on to the next chart
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setFixedHeight(kTableHeight);
    m_table->installEventFilter(this);
    layout()->addWidget(m_table);
}

void TimeChart::refreshTable()
{
    if (m_table == nullptr || m_table->isHidden())
        return;
    m_table->setAccessibleName(tr("Table: %1").arg(m_content.title));
    const int before = m_rows->columnCount();
    m_rows->show(
        thinned(m_content.data, m_group.shown(), kMostRows), m_content.values, m_context.language.format().locale());
    if (m_rows->columnCount() != before)
        m_table->resizeColumnsToContents();
}

bool TimeChart::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copyRows();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void TimeChart::copyRows()
{
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        for (int row = 0; row < m_rows->rowCount(); ++row)
            rows << row;
    }
    QStringList line;
    for (int column = 0; column < m_rows->columnCount(); ++column)
        line << m_rows->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    QString text = line.join(u'\t') + u'\n';
    for (const int row : std::as_const(rows)) {
        line.clear();
        for (int column = 0; column < m_rows->columnCount(); ++column)
            line << m_rows->index(row, column).data().toString();
        text += line.join(u'\t') + u'\n';
    }
    Q_EMIT copyRequested(text);
}

} // namespace visgate::ui
