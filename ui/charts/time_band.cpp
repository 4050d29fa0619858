// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_band.h"

#include "ui/charts/series_look.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace visgate::ui {
namespace {

constexpr int kNamePadding = 6;
constexpr int kBandHeight = 28;

QColor groundOf(ChartInk ink, const Colours& colours)
{
    switch (ink) {
    case ChartInk::Good:
        return colours.goodSoft;
    case ChartInk::Working:
        return colours.accentSoft;
    case ChartInk::Warning:
        return colours.warningSoft;
    case ChartInk::Bad:
        return colours.badSoft;
    default:
        return colours.sunken;
    }
}

} // namespace

TimeBand::TimeBand(const UiContext& context, ChartGroup& group, QWidget* parent) : TimeSurface(context, group, parent)
{
    connect(&group, &ChartGroup::rangeChanged, this, qOverload<>(&QWidget::update));
    connect(&group, &ChartGroup::scaleChanged, this, qOverload<>(&QWidget::update));
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimeBand::show(const QList<NamedTime>& times)
{
    m_times = times;
    update();
}

std::optional<NamedTime> TimeBand::at(Millis time) const
{
    const auto it = std::find_if(m_times.rbegin(), m_times.rend(),
        [&](const NamedTime& named) { return named.from <= time && time <= named.until; });
    return it != m_times.rend() ? std::optional(*it) : std::nullopt;
}

QSize TimeBand::sizeHint() const
{
    return {480, std::max(kBandHeight, fontMetrics().height() + 10) + 4};
}

QRect TimeBand::area() const
{
    return rect().adjusted(group().scaleWidth(), 2, -2, -2);
}

void TimeBand::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Colours& colours = context().theme.colours();
    const ChartRange range = group().shown();
    const QRect place = area();
    painter.fillRect(place, gapBrush(colours, devicePixelRatioF()));
    for (const NamedTime& named : std::as_const(m_times)) {
        if (named.until <= range.from || named.from >= range.until)
            continue;
        const int left = static_cast<int>(xOf(std::max(named.from, range.from)));
        const int right = std::max(left + 1, static_cast<int>(xOf(std::min(named.until, range.until))));
        const QRect part(left, place.top(), right - left, place.height());
        painter.fillRect(part, groundOf(named.ink, colours));
        painter.fillRect(QRect(left, place.bottom() - 2, right - left, 3), inkColour(named.ink, colours));
        painter.fillRect(QRect(left, place.top(), 1, place.height()), colours.surface);
        const int room = part.width() - 2 * kNamePadding;
        const QString name = fontMetrics().elidedText(named.name, Qt::ElideRight, room);
        // A letter and an ellipsis tell nobody anything.
        if (name != named.name && name.size() < 5)
            continue;
        painter.setPen(inkColour(named.ink, colours));
        painter.drawText(part.adjusted(kNamePadding, 0, -kNamePadding, -2), Qt::AlignLeft | Qt::AlignVCenter, name);
    }
    paintCursor(painter);
}

} // namespace visgate::ui
