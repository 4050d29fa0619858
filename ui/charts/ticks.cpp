// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ticks.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr Millis second = 1000;
constexpr Millis minute = 60 * second;
constexpr Millis hour = 60 * minute;
constexpr Millis day = 24 * hour;

/// 1, 2 or 5 times a power of ten, not under `least`.
double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * (1.0 - 1e-9))
            return factor * power;
    }
    return 10.0 * power;
}

double secondsStep(double least)
{
    constexpr std::array steps{1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0,
        7200.0, 10800.0, 21600.0, 43200.0, 86400.0};
    if (least <= steps.front() / 2.0)
        return roundStep(least);
    const auto step = std::find_if(steps.begin(), steps.end(), [&](double s) { return s >= least * (1.0 - 1e-9); });
    return step != steps.end() ? *step : 86400.0 * roundStep(least / 86400.0);
}

/// A day without its year, in the order of the language: "1 Dec" or "Dec 1".
QString dayLabel(QDate date, const QLocale& locale)
{
    const QString order = locale.dateFormat(QLocale::LongFormat);
    const bool isMonthFirst = order.indexOf(u'M') < order.indexOf(QRegularExpression(u"(?<!d)d{1,2}(?!d)"_s));
    return locale.toString(date, isMonthFirst ? u"MMM d"_s : u"d MMM"_s);
}

QString clockLabel(QTime time, bool withSeconds, const QLocale& locale)
{
    if (!withSeconds)
        return locale.toString(time, QLocale::ShortFormat);
    QString format = locale.timeFormat(QLocale::ShortFormat);
    if (!format.contains("ss"_L1))
        format.replace("mm"_L1, "mm:ss"_L1);
    return locale.toString(time, format);
}

/// Each whole multiple of a step that divides an hour, counted on the local clock.
QList<Millis> withinHours(ChartRange range, Millis step)
{
    const Millis offset = second * QDateTime::fromMSecsSinceEpoch(range.from).offsetFromUtc();
    QList<Millis> times;
    Millis time = (range.from + offset) / step * step - offset;
    for (; time <= range.until; time += step) {
        if (time >= range.from)
            times.append(time);
    }
    return times;
}

/// Each so-many-th hour of each day, or each so-many-th day, by the calendar.
QList<Millis> byCalendar(ChartRange range, Millis step)
{
    const int hours = step < day ? static_cast<int>(step / hour) : 24;
    const int days = static_cast<int>(std::max<Millis>(1, step / day));
    QList<Millis> times;
    QDate date = QDateTime::fromMSecsSinceEpoch(range.from).date();
    date = date.addDays(-(date.toJulianDay() % days));
    for (; date.startOfDay().toMSecsSinceEpoch() <= range.until; date = date.addDays(days)) {
        for (int at = 0; at < 24; at += hours) {
            const QDateTime moment = at == 0 ? date.startOfDay() : QDateTime(date, QTime(at, 0));
            const Millis time = moment.toMSecsSinceEpoch();
            // An hour that summer time leaves out is the next one.
            if (range.contains(time) && (times.isEmpty() || time > times.last()))
                times.append(time);
        }
    }
    return times;
}

Millis timeStep(Millis least)
{
    constexpr std::array steps{second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second, minute,
        2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour,
        day, 2 * day, 5 * day, 10 * day, 30 * day};
    const auto step = std::find_if(steps.begin(), steps.end(), [&](Millis s) { return s >= least; });
    return step != steps.end() ? *step : (least + day - 1) / day * day;
}

} // namespace

QList<double> valueTicks(double largest, int most, ValueUnit unit)
{
    const double smallest = unit == ValueUnit::Count ? 1.0 : unit == ValueUnit::Money ? 0.0001 : 0.1;
    const double top = std::isfinite(largest) ? std::max(largest, smallest) : smallest;
    const double least = top / std::max(1, most);
    double step = unit == ValueUnit::Seconds ? secondsStep(least) : roundStep(least);
    if (unit == ValueUnit::Count)
        step = std::max(1.0, step);
    const auto count = static_cast<int>(std::ceil(top / step - 1e-9));
    QList<double> ticks;
    for (int i = 0; i <= count; ++i)
        ticks.append(i * step);
    return ticks;
}

QList<TimeTick> timeTicks(ChartRange range, int most, const QLocale& locale)
{
    if (range.length() <= 0 || most <= 0)
        return {};
    const Millis step = timeStep((range.length() + most - 1) / most);
    QList<TimeTick> ticks;
    for (const Millis time : step < hour ? withinHours(range, step) : byCalendar(range, step)) {
        if (ticks.size() == most)
            break;
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
        const bool isDay = step >= day || moment.time() == QTime(0, 0);
        ticks.append(
            {time, isDay ? dayLabel(moment.date(), locale) : clockLabel(moment.time(), step < minute, locale)});
    }
    return ticks;
}

QString momentLabel(Millis time, Millis rangeLength, const QLocale& locale)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    const QString clock = clockLabel(moment.time(), rangeLength <= 2 * hour, locale);
    return rangeLength > 12 * hour || moment.date() != QDate::currentDate()
        ? dayLabel(moment.date(), locale) + u' ' + clock
        : clock;
}

} // namespace visgate::ui
