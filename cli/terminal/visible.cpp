// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal/visible.h"

#include <QStringList>

#include <algorithm>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// C0 and C1 controls, and what changes the direction of the text around it.
bool commandsTerminal(QChar character)
{
    const char16_t c = character.unicode();
    if (c == u'\n' || c == u'\t')
        return false;
    const bool isControl = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool turns
        = c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return isControl || turns;
}

} // namespace

QString visible(const QString& text)
{
    if (std::none_of(text.begin(), text.end(), commandsTerminal))
        return text;
    QString shown;
    for (const QChar character : text) {
        if (commandsTerminal(character))
            shown += u"\\u%1"_s.arg(uint(character.unicode()), 4, 16, QLatin1Char('0'));
        else
            shown += character;
    }
    return shown;
}

QString lastState(const QString& line)
{
    const QStringList states = line.split(u'\r', Qt::SkipEmptyParts);
    return states.isEmpty() ? QString() : states.last();
}

} // namespace visgate::cli
