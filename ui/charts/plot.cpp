// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot.h"

#include "ui/charts/series_look.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace visgate::ui {
namespace {

constexpr int kMostSteps = 240; ///< each takes up to four points of an area
constexpr int kMostPoints = 500;
constexpr int kMostPieces = 64; ///< of a line that has gaps
constexpr int kValueTicks = 4;
constexpr int kScaleGap = 8; ///< between a figure and the plot
constexpr int kPlotHeight = 128;
constexpr qreal kMarkSize = 10.0;

QScatterSeries::MarkerShape shapeOf(qsizetype place)
{
    switch (place % 4) {
    case 0:
        return QScatterSeries::MarkerShapeCircle;
    case 1:
        return QScatterSeries::MarkerShapeRectangle;
    case 2:
        return QScatterSeries::MarkerShapeRotatedRectangle;
    default:
        return QScatterSeries::MarkerShapeTriangle;
    }
}

/// Behind everything, also where the look has no softer colour than the text's.
QColor gridColour(const Colours& colours)
{
    QColor grid = colours.border;
    if (grid == colours.text)
        grid.setAlphaF(0.25F);
    return grid;
}

} // namespace

/// Lies over the view, so that a moving cursor paints no chart anew.
class Plot::Overlay final : public QWidget {
public:
    explicit Overlay(Plot& plot) : QWidget(&plot), m_plot(plot) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        m_plot.paintCursor(painter);
    }

private:
    Plot& m_plot;
};

Plot::Plot(const UiContext& context, ChartGroup& group, ValueUnit unit, QWidget* parent)
    : TimeSurface(context, group, parent), m_unit(unit), m_chart(new QChart), m_view(new QChartView(m_chart, this)),
      m_across(new QValueAxis), m_up(new QValueAxis), m_overlay(new Overlay(*this))
{
    // Of the chart only what is in the plot is left: no frame, no ground, no margins, no axes.
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_chart->setAnimationOptions(QChart::NoAnimation);
    for (QValueAxis* const axis : {m_across, m_up})
        axis->setVisible(false);
    m_chart->addAxis(m_across, Qt::AlignBottom);
    m_chart->addAxis(m_up, Qt::AlignLeft);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setInteractive(false);
    m_overlay->raise();
    connect(&group, &ChartGroup::rangeChanged, this, &Plot::rebuild);
    connect(&group, &ChartGroup::scaleChanged, this, &Plot::placeView);
    connect(&context.theme, &Theme::changed, this, &Plot::rebuild);
}

void Plot::show(const ChartData& figures, ScaleWords values)
{
    m_data = figures;
    m_values = std::move(values);
    rebuild();
}

QSize Plot::sizeHint() const
{
    return {480, kPlotHeight + 2 * fontMetrics().height()};
}

QSize Plot::minimumSizeHint() const
{
    return {240, kPlotHeight + 2 * fontMetrics().height()};
}

QRect Plot::area() const
{
    // Half a figure stands over the highest line, the times below the lowest.
    const int above = fontMetrics().height() / 2 + 2;
    const int below = fontMetrics().height() + 8;
    return rect().adjusted(group().scaleWidth(), above, -2, -below);
}

QString Plot::scaleLabel(double value) const
{
    return value == 0.0 || !m_values ? context().language.format().integer(0) : m_values(value, m_ticks.value(1));
}

void Plot::reserveScale()
{
    int widest = 0;
    for (const double tick : std::as_const(m_ticks))
        widest = std::max(widest, fontMetrics().horizontalAdvance(scaleLabel(tick)));
    group().reserveScale(this, widest + kScaleGap);
}

void Plot::rebuild()
{
    const ChartRange range = group().shown();
    const ChartData seen = thinned(m_data, range, m_data.kind == ChartKind::Points ? kMostPoints : kMostSteps);
    m_ticks = valueTicks(largestOf(seen), kValueTicks, m_unit);
    m_across->setRange(0.0, std::max(1.0, static_cast<double>(range.length())));
    m_up->setRange(0.0, m_ticks.last());
    clearSeries();
    switch (seen.kind) {
    case ChartKind::Bands:
        addBands(seen);
        break;
    case ChartKind::Line:
        addLines(seen);
        break;
    case ChartKind::Points:
        addMarks(seen);
        break;
    }
    reserveScale();
    placeView();
}

void Plot::clearSeries()
{
    m_chart->removeAllSeries();
}

void Plot::add(QAbstractSeries* series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_across);
    series->attachAxis(m_up);
}

void Plot::addBands(const ChartData& figures)
{
    const Millis zero = group().shown().from;
    QList<double> ground(figures.steps.size(), 0.0);
    for (qsizetype place = 0; place < figures.series.size(); ++place) {
        QList<QPointF> lower, upper;
        for (qsizetype i = 0; i < figures.steps.size(); ++i) {
            const ChartStep& step = figures.steps.at(i);
            const auto from = static_cast<double>(step.from - zero);
            const auto until = static_cast<double>(step.until - zero);
            const double bottom = ground.at(i);
            const double top = bottom + step.values.value(place);
            if (i > 0 && figures.steps.at(i - 1).until < step.from) {
                // Over a gap the area has no height.
                const auto before = static_cast<double>(figures.steps.at(i - 1).until - zero);
                for (QList<QPointF>* const line : {&lower, &upper})
                    *line << QPointF(before, 0.0) << QPointF(from, 0.0);
            }
            lower << QPointF(from, bottom) << QPointF(until, bottom);
            upper << QPointF(from, top) << QPointF(until, top);
            ground[i] = top;
        }
        if (upper.isEmpty())
            continue;
        auto* above = new QLineSeries;
        auto* below = new QLineSeries;
        above->append(upper);
        below->append(lower);
        auto* band = new QAreaSeries(above, below);
        above->setParent(band);
        below->setParent(band);
        band->setPen(Qt::NoPen);
        band->setBrush(areaBrush(figures.series.at(place).ink, place, context().theme.colours(), devicePixelRatioF()));
        add(band);
    }
}

void Plot::addLines(const ChartData& figures)
{
    const Millis zero = group().shown().from;
    const Millis tooSmall = group().shown().length() / kMostPieces;
    for (qsizetype place = 0; place < figures.series.size(); ++place) {
        QList<QPointF> points;
        const auto finish = [&] {
            if (points.isEmpty())
                return;
            auto* line = new QLineSeries;
            line->append(std::exchange(points, {}));
            line->setPen(linePen(figures.series.at(place).ink, place, context().theme.colours()));
            add(line);
        };
        for (qsizetype i = 0; i < figures.steps.size(); ++i) {
            const ChartStep& step = figures.steps.at(i);
            if (i > 0 && step.from - figures.steps.at(i - 1).until > tooSmall)
                finish();
            const double start = step.starts.isEmpty() ? step.values.value(place) : step.starts.value(place);
            points << QPointF(static_cast<double>(step.from - zero), start)
                   << QPointF(static_cast<double>(step.until - zero), step.values.value(place));
        }
        finish();
    }
}

void Plot::addMarks(const ChartData& figures)
{
    const Millis zero = group().shown().from;
    const Colours& colours = context().theme.colours();
    for (qsizetype place = 0; place < figures.series.size(); ++place) {
        QList<QPointF> points;
        for (const ChartPoint& point : figures.points) {
            if (point.series == place)
                points << QPointF(static_cast<double>(point.at - zero), point.value);
        }
        if (points.isEmpty())
            continue;
        auto* marks = new QScatterSeries;
        marks->append(points);
        marks->setMarkerShape(shapeOf(place));
        marks->setMarkerSize(kMarkSize);
        marks->setColor(inkColour(figures.series.at(place).ink, colours));
        marks->setBorderColor(colours.surface);
        add(marks);
    }
}

void Plot::placeView()
{
    const QRect place = area();
    m_view->setGeometry(place);
    m_chart->setPlotArea(QRectF(QPointF(), QSizeF(place.size())));
    m_overlay->setGeometry(rect());
    update();
}

/// A point is meant by a press beside it.
Millis Plot::meantBy(Millis time) const
{
    const double perPixel = static_cast<double>(group().shown().length()) / std::max(1, area().width());
    const auto reach = static_cast<Millis>(perPixel * kMarkSize);
    std::optional<Millis> nearest;
    for (const auto& point : pointsAt(m_data, time, reach)) {
        if (point && (!nearest || std::abs(point->at - time) < std::abs(*nearest - time)))
            nearest = point->at;
    }
    return nearest.value_or(time);
}

void Plot::refreshCursor()
{
    m_overlay->update();
}

void Plot::changeEvent(QEvent* event)
{
    TimeSurface::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        rebuild();
}

void Plot::resizeEvent(QResizeEvent* event)
{
    TimeSurface::resizeEvent(event);
    placeView();
}

void Plot::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintGaps(painter);
    paintGrid(painter);
    paintTimes(painter);
}

void Plot::paintGaps(QPainter& painter) const
{
    const QRect place = area();
    const QBrush brush = gapBrush(context().theme.colours(), devicePixelRatioF());
    for (const ChartRange& gap : gapsOf(m_data, group().shown())) {
        const int left = static_cast<int>(xOf(gap.from));
        const int right = static_cast<int>(xOf(gap.until));
        if (right > left)
            painter.fillRect(QRect(left, place.top(), right - left, place.height()), brush);
    }
}

void Plot::paintGrid(QPainter& painter) const
{
    const Colours& colours = context().theme.colours();
    const QRect place = area();
    const int high = fontMetrics().height();
    for (const double tick : m_ticks) {
        const double share = tick / m_ticks.last();
        const int y = place.top() + static_cast<int>((1.0 - share) * place.height());
        painter.setPen(tick == 0.0 ? colours.controlBorder : gridColour(colours));
        painter.drawLine(place.left(), y, place.right(), y);
        painter.setPen(colours.mutedText);
        painter.drawText(QRect(0, y - high / 2, place.left() - kScaleGap, high), Qt::AlignRight | Qt::AlignVCenter,
            scaleLabel(tick));
    }
}

void Plot::paintTimes(QPainter& painter) const
{
    const Colours& colours = context().theme.colours();
    const QRect place = area();
    const QLocale& locale = context().language.format().locale();
    const int room = fontMetrics().horizontalAdvance(momentLabel(group().shown().from, 0, locale)) + 24;
    int free = place.left() - kScaleGap;
    for (const TimeTick& tick : timeTicks(group().shown(), std::max(1, place.width() / room), locale)) {
        const int x = static_cast<int>(xOf(tick.at));
        painter.setPen(gridColour(colours));
        painter.drawLine(x, place.top(), x, place.bottom() + 4);
        const int wide = fontMetrics().horizontalAdvance(tick.label) + 2;
        const int left = std::clamp(x - wide / 2, 0, std::max(0, width() - wide));
        if (left < free)
            continue; // it would run into the one before
        painter.setPen(colours.mutedText);
        painter.drawText(QRect(left, place.bottom() + 6, wide, fontMetrics().height()), Qt::AlignCenter, tick.label);
        free = left + wide + 8;
    }
}

} // namespace visgate::ui
