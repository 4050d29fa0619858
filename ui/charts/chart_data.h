// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

// What a time chart shows, as plain values: no widgets, no words of its own.
namespace visgate::ui {

/// Milliseconds since 1970, UTC.
using Millis = qint64;

[[nodiscard]] inline Millis toMillis(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

[[nodiscard]] inline TimePoint fromMillis(Millis time)
{
    return TimePoint(std::chrono::milliseconds(time));
}

struct ChartRange {
    Millis from = 0;
    Millis until = 0;
    [[nodiscard]] Millis length() const { return until - from; }
    [[nodiscard]] bool contains(Millis time) const { return time >= from && time <= until; }
    bool operator==(const ChartRange&) const = default;
};

enum class ChartKind {
    Bands,  ///< areas upon each other, level within a step
    Line,   ///< a line a series
    Points, ///< single events
};

/// Which colour of the palette a series has: a meaning, or one of those that only tell series apart.
enum class ChartInk { First, Second, Third, Fourth, Fifth, Sixth, Good, Working, Warning, Bad, Neutral };

struct ChartSeries {
    QString name; ///< a word or two; may be a stranger's
    ChartInk ink = ChartInk::First;
    bool operator==(const ChartSeries&) const = default;
};

/// A time in which each series has a value; of a line it may go on evenly to another one.
struct ChartStep {
    Millis from = 0;
    Millis until = 0;
    QList<double> values; ///< one a series; of a line those at `until`
    QList<double> starts; ///< of a line: those at `from`; empty: the same
    bool operator==(const ChartStep&) const = default;
};

struct ChartPoint {
    Millis at = 0;
    double value = 0.0;
    int series = 0;
    bool operator==(const ChartPoint&) const = default;
};

/// Steps and points are in the order of time, steps do not overlap; between two steps that do not meet nothing is
/// known.
struct ChartData {
    ChartKind kind = ChartKind::Bands;
    QList<ChartSeries> series;
    QList<ChartStep> steps;
    QList<ChartPoint> points;
    [[nodiscard]] bool isEmpty() const { return steps.isEmpty() && points.isEmpty(); }
    bool operator==(const ChartData&) const = default;
};

/// Writes a figure of the series at that place of its chart: "$0.50/h play money".
using ChartWords = std::function<QString(double value, qsizetype series)>;

/// Writes a figure beside the grid, whose lines are `step` apart: "$0.50".
using ScaleWords = std::function<QString(double value, double step)>;

/// What of it lies in the range, in about `most` steps (or points a series): where several fall together the one with
/// the largest values stands for them, so that no peak is lost; gaps that would not be seen are closed.
[[nodiscard]] ChartData thinned(const ChartData& data, ChartRange range, int most);
/// Its value of each series at that moment; empty where nothing is known.
[[nodiscard]] QList<double> valuesAt(const ChartData& data, Millis time);
/// The point of each series that is nearest to the moment and at most so far away.
[[nodiscard]] QList<std::optional<ChartPoint>> pointsAt(const ChartData& data, Millis time, Millis reach);
/// The largest that is drawn: of bands their sum.
[[nodiscard]] double largestOf(const ChartData& data);
/// The times between steps, within the range: nothing is known of them.
[[nodiscard]] QList<ChartRange> gapsOf(const ChartData& data, ChartRange range);

} // namespace visgate::ui
