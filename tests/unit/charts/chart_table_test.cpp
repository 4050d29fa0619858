// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include <QAbstractItemModelTester>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

const ChartData twoSteps{ChartKind::Bands, {{u"A40"_s, ChartInk::First}, {u"=cmd()"_s, ChartInk::Second}},
    {{0, 1000, {1, 0}, {}}, {2000, 3500, {2, 1.25}, {}}}, {}};

QString plain(double value, qsizetype series)
{
    return QString::number(value) + (series == 1 ? u" b"_s : u" a"_s);
}

TEST(ChartTable, NewestStandsFirst)
{
    ChartTable table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    table.show(twoSteps, plain, QLocale::c());
    ASSERT_EQ(table.rowCount(), 2);
    ASSERT_EQ(table.columnCount(), 4);
    EXPECT_EQ(table.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"A40"_s);
    EXPECT_EQ(table.index(0, 3).data().toString(), u"1.25 b"_s);
    EXPECT_EQ(table.index(1, 2).data().toString(), u"1 a"_s);
    const ChartData points{ChartKind::Points, {{u"A40"_s, ChartInk::First}}, {}, {{0, 5.0, 0}}};
    table.show(points, plain, QLocale::c());
    ASSERT_EQ(table.columnCount(), 3);
    EXPECT_EQ(table.index(0, 1).data().toString(), u"5 a"_s);
    EXPECT_EQ(table.index(0, 2).data().toString(), u"A40"_s);
}

TEST(Csv, IsUtcWithPointsAndHarmlessInASpreadsheet)
{
    const QString text = QString::fromUtf8(toCsv({{u"GPU, \"türü\""_s, u"workers"_s, twoSteps}}).mid(3));
    const QStringList lines = text.split(u"\r\n"_s, Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 5);
    EXPECT_EQ(lines.at(0), u"chart,unit,series,from,until,value"_s);
    EXPECT_EQ(lines.at(1), u"\"GPU, \"\"türü\"\"\",workers,A40,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,1"_s);
    EXPECT_TRUE(lines.at(4).contains(u",'=cmd(),"_s)) << lines.at(4).toStdString();
    EXPECT_TRUE(lines.at(4).endsWith(u",1.25"_s));
}

} // namespace
} // namespace visgate::ui
