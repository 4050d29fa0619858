// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ticks.h"

#include <QDateTime>

#include <gmock/gmock.h>
#include <limits>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

Millis local(QDate date, QTime time)
{
    return QDateTime(date, time).toMSecsSinceEpoch();
}

QStringList labels(const QList<TimeTick>& ticks)
{
    QStringList result;
    for (const TimeTick& tick : ticks)
        result << tick.label;
    return result;
}

TEST(Ticks, ValuesAreNumbersThatPeopleCountIn)
{
    EXPECT_EQ(valueTicks(3, 4, ValueUnit::Count), (QList<double>{0, 1, 2, 3}));
    EXPECT_EQ(valueTicks(0, 4, ValueUnit::Count), (QList<double>{0, 1}));
    EXPECT_EQ(valueTicks(37, 4, ValueUnit::Count), (QList<double>{0, 10, 20, 30, 40}));
    EXPECT_EQ(valueTicks(200, 4, ValueUnit::Seconds), (QList<double>{0, 60, 120, 180, 240}));
    EXPECT_EQ(valueTicks(7, 4, ValueUnit::Seconds), (QList<double>{0, 2, 4, 6, 8}));
    const QList<double> money = valueTicks(1.64, 4, ValueUnit::Money);
    ASSERT_EQ(money.size(), 5);
    EXPECT_DOUBLE_EQ(money.at(1), 0.5);
    EXPECT_DOUBLE_EQ(money.last(), 2.0);
    for (const double strange : {-1.0, std::numeric_limits<double>::infinity(), 1e-12, 1e12}) {
        const auto ticks = valueTicks(strange, 4, ValueUnit::Money);
        EXPECT_GE(ticks.size(), 2) << strange;
        EXPECT_LE(ticks.size(), 6) << strange;
    }
}

TEST(Ticks, TimesAreFullMinutesHoursAndDaysOfTheLocalClock)
{
    const QLocale turkish(QLocale::Turkish);
    const QDate day(2026, 12, 1);
    const auto live = timeTicks({local(day, QTime(14, 1, 30)), local(day, QTime(14, 16, 30))}, 8, turkish);
    EXPECT_EQ(labels(live),
        (QStringList{u"14:02"_s, u"14:04"_s, u"14:06"_s, u"14:08"_s, u"14:10"_s, u"14:12"_s, u"14:14"_s, u"14:16"_s}));
    const auto overnight = timeTicks({local(day, QTime(20, 30)), local(day.addDays(1), QTime(4, 30))}, 5, turkish);
    EXPECT_TRUE(labels(overnight).contains(u"2 Ara"_s)) << labels(overnight).join(u' ').toStdString();
    const auto days = timeTicks({local(day, QTime(12, 0)), local(day.addDays(7), QTime(12, 0))}, 8, turkish);
    EXPECT_EQ(labels(days).first(), u"2 Ara"_s);
    EXPECT_EQ(days.size(), 7);
    EXPECT_EQ(labels(timeTicks({local(day, QTime(12, 0)), local(day.addDays(7), QTime(12, 0))}, 8,
                         QLocale(QLocale::English, QLocale::UnitedStates)))
                  .first(),
        u"Dec 2"_s);
    EXPECT_TRUE(timeTicks({10, 10}, 5, turkish).isEmpty());
}

TEST(Ticks, ThereAreNeverMoreThanFit)
{
    const Millis now = local(QDate(2026, 3, 29), QTime(1, 17)); // summer time begins somewhere that night
    for (Millis length = 2000; length < Millis(40) * 24 * 3'600'000; length = length * 3 / 2) {
        for (const int most : {1, 3, 7, 12}) {
            const auto ticks = timeTicks({now, now + length}, most, QLocale::c());
            EXPECT_LE(ticks.size(), most);
            for (qsizetype i = 1; i < ticks.size(); ++i)
                EXPECT_GT(ticks.at(i).at, ticks.at(i - 1).at);
        }
    }
}

} // namespace
} // namespace visgate::ui
