// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/legend.h"

#include "ui/charts/series_look.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace visgate::ui {
namespace {

constexpr int kSampleWidth = 14;
constexpr int kAfterSample = 6;
constexpr int kBeforeFigure = 6;
constexpr int kBetweenEntries = 20;
constexpr int kBetweenLines = 4;

} // namespace

Legend::Legend(const UiContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Legend::show(ChartKind kind, const QList<ChartSeries>& series)
{
    if (kind == m_kind && series == m_series)
        return;
    m_kind = kind;
    m_series = series;
    m_figures.clear();
    m_reserved = QList<int>(series.size(), 0);
    updateGeometry();
    update();
}

void Legend::setFigures(const QStringList& figures)
{
    if (figures == m_figures)
        return;
    m_figures = figures;
    const QFontMetrics metrics(figureFont());
    for (qsizetype place = 0; place < std::min(m_reserved.size(), figures.size()); ++place)
        m_reserved[place] = std::max(m_reserved.at(place), metrics.horizontalAdvance(figures.at(place)));
    updateGeometry();
    update();
}

QFont Legend::figureFont() const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return bold;
}

int Legend::widthOf(qsizetype place) const
{
    const int figure = m_reserved.value(place);
    // Fractions of a pixel add up to one.
    return kSampleWidth + kAfterSample + fontMetrics().horizontalAdvance(m_series.at(place).name) + 2
        + (figure > 0 ? kBeforeFigure + figure : 0);
}

QList<QRect> Legend::places(int width) const
{
    const int high = std::max(fontMetrics().height(), kSampleWidth);
    QList<QRect> result;
    int x = 0;
    int y = 0;
    for (qsizetype place = 0; place < m_series.size(); ++place) {
        const int wide = std::min(widthOf(place), std::max(1, width));
        if (x > 0 && x + wide > width) {
            x = 0;
            y += high + kBetweenLines;
        }
        result.append(QRect(x, y, wide, high));
        x += wide + kBetweenEntries;
    }
    return result;
}

int Legend::heightForWidth(int width) const
{
    const QList<QRect> rects = places(width);
    return rects.isEmpty() ? 0 : rects.last().bottom() + 1;
}

QSize Legend::sizeHint() const
{
    return {400, heightForWidth(std::max(width(), 400))};
}

QSize Legend::minimumSizeHint() const
{
    return {120, fontMetrics().height()};
}

void Legend::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Colours& colours = m_context.theme.colours();
    const QList<QRect> rects = places(width());
    for (qsizetype place = 0; place < rects.size(); ++place) {
        const QRect& rect = rects.at(place);
        const QRectF sample(rect.left(), rect.center().y() - 6.0, kSampleWidth, 12.0);
        paintSample(painter, sample, m_kind, m_series.at(place).ink, place, colours);
        const int figure = m_reserved.value(place);
        QRect text = rect.adjusted(kSampleWidth + kAfterSample, 0, 0, 0);
        const int nameWidth = text.width() - (figure > 0 ? figure + kBeforeFigure : 0);
        painter.setFont(font());
        painter.setPen(colours.mutedText);
        painter.drawText(QRect(text.left(), text.top(), nameWidth, text.height()), Qt::AlignLeft | Qt::AlignVCenter,
            fontMetrics().elidedText(m_series.at(place).name, Qt::ElideRight, nameWidth));
        text.setLeft(text.left() + nameWidth + kBeforeFigure);
        painter.setFont(figureFont());
        painter.setPen(colours.text);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, m_figures.value(place));
    }
}

} // namespace visgate::ui
