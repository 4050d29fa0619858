// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_entry.h"

#include <algorithm>
#include <string_view>
#include <tuple>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr char16_t controlPictures = 0x2400; ///< of which U+241B stands for escape
constexpr char16_t pictureOfDelete = 0x2421;

/// Left-to-right and right-to-left marks, embeddings, overrides and isolates.
bool turnsText(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x200e || code == 0x200f || code == 0x061c || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

QChar readable(QChar c)
{
    const char16_t code = c.unicode();
    if (code == u'\t')
        return u' ';
    if (code < 0x20)
        return QChar(static_cast<char16_t>(controlPictures + code));
    if (code == 0x7f)
        return QChar(pictureOfDelete);
    if ((code >= 0x80 && code <= 0x9f) || code == 0x2028 || code == 0x2029)
        return QChar(QChar::ReplacementCharacter);
    return c;
}

QChar foldedLetter(QChar c)
{
    constexpr QChar dottedCapital(0x0130);
    constexpr QChar dotlessSmall(0x0131);
    if (c == dottedCapital || c == dotlessSmall || c == u'I')
        return u'i';
    return c.toCaseFolded();
}

} // namespace

bool isBefore(const LogEntryPtr& left, const LogEntryPtr& right)
{
    const auto key
        = [](const LogEntry& entry) { return std::tuple(entry.line.at, entry.deployment, entry.line.number.value()); };
    return key(*left) < key(*right);
}

bool saysTheSame(const LogEntry& left, const LogEntry& right)
{
    return left.deployment == right.deployment && left.line.level == right.line.level
        && left.line.worker == right.line.worker && left.line.source == right.line.source
        && left.line.text == right.line.text;
}

QString workerOf(const LogLine& line)
{
    constexpr std::string_view posted = "callback:";
    std::string_view worker = line.worker;
    if (worker.substr(0, posted.size()) == posted)
        worker.remove_prefix(posted.size());
    return oneLine(QString::fromUtf8(worker.data(), static_cast<qsizetype>(worker.size())));
}

QString oneLine(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (!turnsText(c))
            result += readable(c);
    }
    return result;
}

QString folded(const QString& text)
{
    QString result(text.size(), Qt::Uninitialized);
    std::transform(text.cbegin(), text.cend(), result.begin(), foldedLetter);
    return result;
}

} // namespace visgate::ui
