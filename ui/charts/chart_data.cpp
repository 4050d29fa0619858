// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_data.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace visgate::ui {
namespace {

double heightOf(ChartKind kind, const QList<double>& values)
{
    if (values.isEmpty())
        return 0.0;
    return kind == ChartKind::Bands ? std::accumulate(values.begin(), values.end(), 0.0)
                                    : *std::max_element(values.begin(), values.end());
}

QList<double> between(const ChartStep& step, Millis time)
{
    if (step.starts.isEmpty() || step.until <= step.from)
        return step.values;
    const double share = static_cast<double>(time - step.from) / static_cast<double>(step.until - step.from);
    QList<double> values = step.values;
    for (qsizetype i = 0; i < std::min(values.size(), step.starts.size()); ++i)
        values[i] = step.starts.at(i) + (values.at(i) - step.starts.at(i)) * share;
    return values;
}

ChartStep cut(const ChartStep& step, ChartRange range)
{
    ChartStep part{std::max(step.from, range.from), std::min(step.until, range.until), step.values, step.starts};
    if (!step.starts.isEmpty()) {
        part.starts = between(step, part.from);
        part.values = between(step, part.until);
    }
    return part;
}

/// `next` becomes part of `step`, which begins before it.
void merge(ChartStep& step, const ChartStep& next, ChartKind kind)
{
    step.until = next.until;
    if (kind == ChartKind::Line) {
        // A line keeps its ends: it begins where it began and ends where it ends.
        if (step.starts.isEmpty())
            step.starts = step.values;
        step.values = next.values;
    } else if (heightOf(kind, next.values) > heightOf(kind, step.values)) {
        step.values = next.values;
    }
}

QList<ChartStep> thinnedSteps(const ChartData& data, ChartRange range, Millis bucket)
{
    QList<ChartStep> steps;
    auto it = std::lower_bound(data.steps.begin(), data.steps.end(), range.from,
        [](const ChartStep& step, Millis time) { return step.until <= time; });
    for (; it != data.steps.end() && it->from < range.until; ++it) {
        const ChartStep step = cut(*it, range);
        // Whatever is wide enough to be seen stays as it is.
        const bool isSeen
            = steps.isEmpty() || step.until - steps.last().from > bucket || step.from - steps.last().until > bucket;
        if (isSeen)
            steps.append(step);
        else
            merge(steps.last(), step, data.kind);
    }
    return steps;
}

/// Of each series the lowest and the highest of a bucket.
QList<ChartPoint> thinnedPoints(const ChartData& data, ChartRange range, int most)
{
    QList<ChartPoint> inside;
    auto it = std::lower_bound(data.points.begin(), data.points.end(), range.from,
        [](const ChartPoint& point, Millis time) { return point.at < time; });
    for (; it != data.points.end() && it->at <= range.until; ++it)
        inside.append(*it);
    if (inside.size() <= most)
        return inside;
    const Millis bucket = std::max<Millis>(1, 2 * range.length() / most);
    QList<ChartPoint> kept;
    for (qsizetype series = 0; series < data.series.size(); ++series) {
        std::optional<Millis> place;
        ChartPoint low, high;
        const auto keep = [&] {
            if (!place)
                return;
            kept.append(low);
            if (high != low)
                kept.append(high);
        };
        for (const ChartPoint& point : std::as_const(inside)) {
            if (point.series != series)
                continue;
            const Millis here = (point.at - range.from) / bucket;
            if (place != here) {
                keep();
                place = here;
                low = high = point;
            }
            if (point.value < low.value)
                low = point;
            if (point.value > high.value)
                high = point;
        }
        keep();
    }
    std::stable_sort(kept.begin(), kept.end(), [](const ChartPoint& a, const ChartPoint& b) { return a.at < b.at; });
    return kept;
}

} // namespace

ChartData thinned(const ChartData& data, ChartRange range, int most)
{
    ChartData result{data.kind, data.series, {}, {}};
    if (range.length() <= 0 || most <= 0)
        return result;
    result.steps = thinnedSteps(data, range, range.length() / most);
    result.points = thinnedPoints(data, range, most);
    return result;
}

QList<double> valuesAt(const ChartData& data, Millis time)
{
    const auto it = std::lower_bound(data.steps.begin(), data.steps.end(), time,
        [](const ChartStep& step, Millis moment) { return step.until <= moment; });
    if (it != data.steps.end() && it->from <= time)
        return between(*it, time);
    // The very end of what is known still belongs to it.
    if (it != data.steps.begin() && std::prev(it)->until == time)
        return std::prev(it)->values;
    return {};
}

QList<std::optional<ChartPoint>> pointsAt(const ChartData& data, Millis time, Millis reach)
{
    QList<std::optional<ChartPoint>> nearest(data.series.size());
    auto it = std::lower_bound(data.points.begin(), data.points.end(), time - reach,
        [](const ChartPoint& point, Millis moment) { return point.at < moment; });
    for (; it != data.points.end() && it->at <= time + reach; ++it) {
        if (it->series < 0 || it->series >= nearest.size())
            continue;
        auto& best = nearest[it->series];
        if (!best || std::abs(it->at - time) < std::abs(best->at - time))
            best = *it;
    }
    return nearest;
}

double largestOf(const ChartData& data)
{
    double largest = 0.0;
    for (const ChartStep& step : data.steps)
        largest = std::max({largest, heightOf(data.kind, step.values), heightOf(data.kind, step.starts)});
    for (const ChartPoint& point : data.points)
        largest = std::max(largest, point.value);
    return largest;
}

QList<ChartRange> gapsOf(const ChartData& data, ChartRange range)
{
    QList<ChartRange> gaps;
    for (qsizetype i = 1; i < data.steps.size(); ++i) {
        const Millis from = std::max(data.steps.at(i - 1).until, range.from);
        const Millis until = std::min(data.steps.at(i).from, range.until);
        if (from < until)
            gaps.append({from, until});
    }
    return gaps;
}

} // namespace visgate::ui
