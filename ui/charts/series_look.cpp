// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/series_look.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <cmath>

namespace visgate::ui {
namespace {

constexpr int tileSize = 8;

QColor mixed(const QColor& over, const QColor& ground, double share)
{
    const auto part = [share](float a, float b) { return static_cast<float>(a * share + b * (1.0 - share)); };
    return QColor::fromRgbF(
        part(over.redF(), ground.redF()), part(over.greenF(), ground.greenF()), part(over.blueF(), ground.blueF()));
}

QImage emptyTile(const QColor& ground, qreal pixelRatio)
{
    const int size = static_cast<int>(std::ceil(tileSize * pixelRatio));
    QImage tile(size, size, QImage::Format_RGB32);
    tile.setDevicePixelRatio(static_cast<qreal>(size) / tileSize);
    tile.fill(ground);
    return tile;
}

void paintStripes(QPainter& painter, bool rising)
{
    for (int offset = -tileSize; offset <= tileSize; offset += tileSize) {
        const QPointF left(offset, rising ? tileSize : 0);
        const QPointF right(offset + tileSize, rising ? 0 : tileSize);
        painter.drawLine(left, right);
    }
}

} // namespace

QColor inkColour(ChartInk ink, const Colours& colours)
{
    switch (ink) {
    case ChartInk::First:
    case ChartInk::Second:
    case ChartInk::Third:
    case ChartInk::Fourth:
    case ChartInk::Fifth:
    case ChartInk::Sixth:
        return colours.series.at(static_cast<std::size_t>(ink));
    case ChartInk::Good:
        return colours.good;
    case ChartInk::Working:
        return colours.accentText;
    case ChartInk::Warning:
        return colours.warning;
    case ChartInk::Bad:
        return colours.bad;
    case ChartInk::Neutral:
        return colours.mutedText;
    }
    return colours.text;
}

QBrush areaBrush(ChartInk ink, qsizetype place, const Colours& colours, qreal pixelRatio)
{
    const QColor strong = inkColour(ink, colours);
    constexpr int patterns = 5;
    if (place % patterns == 0)
        return mixed(strong, colours.surface, 0.82);
    QImage tile = emptyTile(mixed(strong, colours.surface, 0.42), pixelRatio);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(strong, colours.surface, 0.9), 1.6));
    switch (place % patterns) {
    case 1:
        paintStripes(painter, true);
        break;
    case 2:
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(strong, colours.surface, 0.95));
        painter.drawEllipse(QPointF(2, 2), 1.3, 1.3);
        painter.drawEllipse(QPointF(6, 6), 1.3, 1.3);
        break;
    case 3:
        paintStripes(painter, false);
        break;
    default:
        painter.drawLine(QPointF(0, 4), QPointF(tileSize, 4));
        break;
    }
    painter.end();
    return tile;
}

QPen linePen(ChartInk ink, qsizetype place, const Colours& colours)
{
    QPen pen(inkColour(ink, colours), 2.0);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    if (place > 0)
        pen.setDashPattern(place % 2 == 1 ? QList<qreal>{4, 2} : QList<qreal>{1.5, 1.5});
    return pen;
}

QBrush gapBrush(const Colours& colours, qreal pixelRatio)
{
    QImage tile = emptyTile(colours.surface, pixelRatio);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.border, 1.0));
    paintStripes(painter, true);
    painter.end();
    return tile;
}

void paintMark(QPainter& painter, QPointF middle, qreal size, ChartInk ink, qsizetype place, const Colours& colours)
{
    const qreal half = size / 2;
    painter.setPen(QPen(colours.surface, 1.0));
    painter.setBrush(inkColour(ink, colours));
    switch (place % 4) {
    case 0:
        painter.drawEllipse(middle, half, half);
        break;
    case 1:
        painter.drawRect(QRectF(middle.x() - half, middle.y() - half, size, size).adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case 2:
        painter.drawPolygon(QPolygonF{{middle.x(), middle.y() - half - 1}, {middle.x() + half + 1, middle.y()},
            {middle.x(), middle.y() + half + 1}, {middle.x() - half - 1, middle.y()}});
        break;
    default:
        painter.drawPolygon(QPolygonF{{middle.x(), middle.y() - half - 1}, {middle.x() + half, middle.y() + half},
            {middle.x() - half, middle.y() + half}});
        break;
    }
}

void paintSample(
    QPainter& painter, const QRectF& rect, ChartKind kind, ChartInk ink, qsizetype place, const Colours& colours)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (kind) {
    case ChartKind::Bands:
        painter.setBrush(areaBrush(ink, place, colours, painter.device()->devicePixelRatioF()));
        painter.setPen(QPen(inkColour(ink, colours), 1.0));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        break;
    case ChartKind::Line:
        painter.setPen(linePen(ink, place, colours));
        painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()));
        break;
    case ChartKind::Points:
        paintMark(painter, rect.center(), 9, ink, place, colours);
        break;
    }
    painter.restore();
}

} // namespace visgate::ui
