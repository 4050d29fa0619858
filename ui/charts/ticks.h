// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"

#include <QList>
#include <QLocale>
#include <QString>

// Where the lines of a grid stand: at numbers and moments that people count in.
namespace visgate::ui {

enum class ValueUnit {
    Count,   ///< whole things
    Money,   ///< USD
    Seconds, ///< steps of a clock
};

/// From 0 to the first that is not under `largest`; `most` of them and one at the top at most. At least two.
[[nodiscard]] QList<double> valueTicks(double largest, int most, ValueUnit unit);

struct TimeTick {
    Millis at = 0;
    QString label; ///< "14:05", "14:05:30"; at midnight and between days the day: "1 Dec"
    bool operator==(const TimeTick&) const = default;
};

/// Full minutes, hours or days of the local clock (also across a change of summer time) within the range, at most
/// `most`.
[[nodiscard]] QList<TimeTick> timeTicks(ChartRange range, int most, const QLocale& locale);
/// A moment by the local clock, as exactly as a range of that length tells: "14:05:30", "1 Dec 14:05".
[[nodiscard]] QString momentLabel(Millis time, Millis rangeLength, const QLocale& locale);

} // namespace visgate::ui
