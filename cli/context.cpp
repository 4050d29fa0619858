// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include <QJsonDocument>

#include <algorithm>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

void Context::print(const QJsonObject& object)
{
    terminal.out(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)));
}

void Context::print(const QList<QStringList>& table)
{
    QList<qsizetype> widths;
    for (const QStringList& row : table) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths.at(column), row.at(column).size());
    }
    QString text;
    for (const QStringList& row : table) {
        for (qsizetype column = 0; column + 1 < row.size(); ++column)
            text += row.at(column).leftJustified(widths.at(column) + 2);
        text += (row.isEmpty() ? QString() : row.last()) + u'\n';
    }
    terminal.out(text);
}

} // namespace visgate::cli
