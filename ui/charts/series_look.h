// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/theme/colours.h"

#include <QBrush>
#include <QPen>
#include <QRectF>

class QPainter;

// How a series is told from its neighbours: by colour, and by a pattern, a dash or a shape as well.
namespace visgate::ui {

[[nodiscard]] QColor inkColour(ChartInk ink, const Colours& colours);
/// An area of the series at that place of its chart. The first is plain, the others are hatched, each in its way.
[[nodiscard]] QBrush areaBrush(ChartInk ink, qsizetype place, const Colours& colours, qreal pixelRatio);
[[nodiscard]] QPen linePen(ChartInk ink, qsizetype place, const Colours& colours);
/// What times look like of which nothing is known.
[[nodiscard]] QBrush gapBrush(const Colours& colours, qreal pixelRatio);
/// The sample of a series in a legend.
void paintSample(
    QPainter& painter, const QRectF& rect, ChartKind kind, ChartInk ink, qsizetype place, const Colours& colours);
/// A mark of the series, as points have it: a disc, a square, a diamond, a triangle.
void paintMark(QPainter& painter, QPointF middle, qreal size, ChartInk ink, qsizetype place, const Colours& colours);

} // namespace visgate::ui
