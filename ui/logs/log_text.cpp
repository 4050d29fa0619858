// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_text.h"

#include "core/domain/errors/log_words.h"
#include "ui/common/local_time.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace visgate::ui {

QString LogText::line(const LogEntry& entry, int count) const
{
    const std::string_view level = toString(entry.line.level);
    QString text = toLocalTime(entry.line.at).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u"  "_s
        + QString::fromLatin1(level.data(), static_cast<qsizetype>(level.size()));
    if (m_names.size() > 1)
        text += u"  "_s + oneLine(m_names.value(entry.deployment));
    if (const QString worker = workerOf(entry.line); !worker.isEmpty())
        text += u"  "_s + worker;
    const auto figure = [this](const QString& plain) { return m_format.figure(plain); };
    text += u"  "_s + oneLine(logWords(entry.line, figure));
    if (count > 1)
        text += u"  ×"_s + m_format.integer(count);
    return text;
}

QString textOfRows(const std::vector<LogItems::Row>& rows, const LogText& text)
{
    QString all;
    for (const LogItems::Row& row : rows)
        all += text.line(*row.first, row.count) + u'\n';
    return all;
}

QString textAroundRows(const LogItems& items, const QList<int>& rows, int around, const LogText& text)
{
    const LogItems::Entries& lines = items.lines();
    const auto placeOf = [&lines](const LogEntryPtr& entry) {
        return std::lower_bound(lines.cbegin(), lines.cend(), entry, isBefore) - lines.cbegin();
    };
    std::map<std::ptrdiff_t, bool> wanted; // place -> whether it was chosen
    for (const int row : rows) {
        const auto first = placeOf(items.row(row).first);
        const auto last = placeOf(items.row(row).last);
        for (auto at = std::max<std::ptrdiff_t>(0, first - around); at <= last + around && at < std::ssize(lines);
             ++at) {
            const auto& entry = *lines[static_cast<std::size_t>(at)];
            wanted[at] = wanted[at] || (at >= first && at <= last && saysTheSame(entry, *items.row(row).first));
        }
    }
    QString all;
    std::ptrdiff_t previous = -1;
    for (const auto& [at, isChosen] : wanted) {
        if (previous >= 0 && at != previous + 1)
            all += u"…\n"_s;
        all += (isChosen ? u"> "_s : u"  "_s) + text.line(*lines[static_cast<std::size_t>(at)]) + u'\n';
        previous = at;
    }
    return all;
}

} // namespace visgate::ui
