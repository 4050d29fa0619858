// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include "cli/words.h"

#include <algorithm>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Rows stay rows, whatever is written in a cell.
QList<QStringList> withoutLineBreaks(QList<QStringList> table)
{
    for (QStringList& row : table) {
        for (qsizetype column = 0; column + 1 < row.size(); ++column)
            row[column].replace(u'\n', u' ');
    }
    return table;
}

} // namespace

void Context::warnOfKeyInWords()
{
    note(say(QT_TRANSLATE_NOOP("Cli",
        "Warning: a key was in these words. It was taken out before anything was stored or sent; if others may\n"
        "have seen it, make a new key and delete the old one.")));
}

void Context::print(const QList<QStringList>& given)
{
    const QList<QStringList> table = withoutLineBreaks(given);
    QList<qsizetype> widths;
    for (const QStringList& row : table) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths.at(column), row.at(column).size());
    }
    QString text;
    for (const QStringList& row : table) {
        qsizetype indent = 0;
        for (qsizetype column = 0; column + 1 < row.size(); ++column) {
            text += row.at(column).leftJustified(widths.at(column) + 2);
            indent += widths.at(column) + 2;
        }
        text += (row.isEmpty() ? QString() : QString(row.last()).replace(u"\n"_s, u'\n' + QString(indent, u' ')))
            + u'\n';
    }
    terminal.out(text);
}

} // namespace visgate::cli
