// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_group.h"

#include <algorithm>
#include <utility>

namespace visgate::ui {
namespace {

constexpr Millis kShortest = 2000; ///< below it there is nothing more to see
constexpr qsizetype kMostZooms = 50;

} // namespace

void ChartGroup::setWhole(ChartRange whole)
{
    if (whole == m_whole)
        return;
    const ChartRange before = shown();
    m_whole = whole;
    while (!m_zooms.isEmpty() && (m_zooms.last().from >= whole.until || m_zooms.last().until <= whole.from))
        m_zooms.removeLast();
    if (shown() != before)
        Q_EMIT rangeChanged();
}

void ChartGroup::zoomTo(ChartRange range)
{
    range.from = std::max(range.from, m_whole.from);
    range.until = std::min(range.until, m_whole.until);
    if (range.length() < kShortest || range == shown())
        return;
    if (range == m_whole) {
        backToWhole();
        return;
    }
    if (m_zooms.size() == kMostZooms)
        m_zooms.removeFirst();
    m_zooms.append(range);
    Q_EMIT rangeChanged();
}

void ChartGroup::zoomBy(double factor, Millis around)
{
    const ChartRange now = shown();
    around = std::clamp(around, now.from, now.until);
    const auto scaled = [&](Millis distance) { return static_cast<Millis>(static_cast<double>(distance) * factor); };
    zoomTo({around - scaled(around - now.from), around + scaled(now.until - around)});
}

void ChartGroup::back()
{
    if (m_zooms.isEmpty())
        return;
    m_zooms.removeLast();
    Q_EMIT rangeChanged();
}

void ChartGroup::backToWhole()
{
    if (m_zooms.isEmpty())
        return;
    m_zooms.clear();
    Q_EMIT rangeChanged();
}

void ChartGroup::hover(std::optional<Millis> time)
{
    if (std::exchange(m_hovered, time) != time)
        Q_EMIT cursorChanged();
}

void ChartGroup::choose(Millis time)
{
    setChosen(time);
    Q_EMIT momentChosen(fromMillis(time));
}

void ChartGroup::setChosen(std::optional<Millis> time)
{
    const auto before = cursor();
    m_hovered.reset();
    m_chosen = time;
    if (cursor() != before)
        Q_EMIT cursorChanged();
}

void ChartGroup::reserveScale(const QObject* chart, int width)
{
    if (!m_scales.contains(chart)) {
        // Said with the next scale that comes: while one goes, nobody may be asked to draw.
        connect(chart, &QObject::destroyed, this, [this, chart] { m_scales.remove(chart); });
    }
    m_scales.insert(chart, width);
    setScaleWidth();
}

void ChartGroup::setScaleWidth()
{
    int widest = 0;
    for (const int width : std::as_const(m_scales))
        widest = std::max(widest, width);
    if (std::exchange(m_scaleWidth, widest) != widest)
        Q_EMIT scaleChanged();
}

} // namespace visgate::ui
