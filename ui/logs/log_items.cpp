// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_items.h"

#include "core/domain/errors/log_words.h"
#include "ui/common/language.h"
#include "ui/common/local_time.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

/// More late lines than that are sorted in all at once.
constexpr std::size_t fewLate = 64;

} // namespace

bool LogFilter::lets(const LogEntry& entry) const
{
    return entry.line.level >= minLevel && (!worker || workerOf(entry.line) == *worker)
        && (stage.isEmpty() || QLatin1StringView(entry.line.stage.data(), qsizetype(entry.line.stage.size())) == stage);
}

LogItems::LogItems(const Language& language, QObject* parent) : QAbstractListModel(parent), m_language(language)
{
    m_search.setInterval(0);
    connect(&m_search, &QTimer::timeout, this, &LogItems::searchSome);
}

void LogItems::clear()
{
    beginResetModel();
    m_all.clear();
    m_rows.clear();
    m_workers.clear();
    m_stages.clear();
    endResetModel();
    searchAgain();
    Q_EMIT seenChanged();
}

void LogItems::setNames(const QStringList& names)
{
    m_names = names;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int LogItems::take(Entries fresh)
{
    std::sort(fresh.begin(), fresh.end(), isBefore);
    Entries unknown;
    for (const LogEntryPtr& entry : fresh) {
        const bool isTwice = !unknown.empty() && !isBefore(unknown.back(), entry);
        if (!isTwice && !std::binary_search(m_all.cbegin(), m_all.cend(), entry, isBefore))
            unknown.push_back(entry);
    }
    if (unknown.empty())
        return 0;
    noteSeen(unknown);
    const auto firstNew
        = m_all.empty() ? unknown.begin() : std::upper_bound(unknown.begin(), unknown.end(), m_all.back(), isBefore);
    const Entries late(unknown.begin(), firstNew);
    if (!late.empty() && isBefore(late.back(), m_all.front())) {
        prepend(late);
    } else if (late.size() <= fewLate) {
        for (const LogEntryPtr& entry : late)
            insertLate(entry);
    } else {
        const auto middle = static_cast<std::ptrdiff_t>(m_all.size());
        m_all.insert(m_all.end(), late.cbegin(), late.cend());
        std::inplace_merge(m_all.begin(), m_all.begin() + middle, m_all.end(), isBefore);
        rebuild();
    }
    return append(Entries(firstNew, unknown.end()));
}

void LogItems::noteSeen(const Entries& fresh)
{
    const qsizetype before = m_workers.size() + m_stages.size();
    const qsizetype workersBefore = m_workers.size();
    for (const LogEntryPtr& entry : fresh) {
        m_workers.insert(workerOf(entry->line));
        if (!entry->line.stage.empty())
            m_stages.insert(QString::fromStdString(entry->line.stage));
    }
    if (m_workers.size() + m_stages.size() == before)
        return;
    if (m_workers.size() != workersBefore && !m_rows.empty()) // from the second on, rows name them
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT seenChanged();
}

void LogItems::fold(std::vector<Row>& rows, const LogEntryPtr& entry) const
{
    if (!m_filter.lets(*entry))
        return;
    if (!rows.empty() && saysTheSame(*rows.back().last, *entry)) {
        rows.back().last = entry;
        ++rows.back().count;
        return;
    }
    rows.push_back({entry, entry});
}

int LogItems::append(const Entries& fresh)
{
    m_all.insert(m_all.end(), fresh.cbegin(), fresh.cend());
    std::vector<Row> rows;
    if (!m_rows.empty())
        rows.push_back(m_rows.back()); // what comes may say the same
    const int lineBefore = rows.empty() ? 0 : rows.back().count;
    for (const LogEntryPtr& entry : fresh)
        fold(rows, entry);
    int lines = -lineBefore;
    for (const Row& row : rows)
        lines += row.count;
    if (!m_rows.empty()) {
        if (rows.front().count != m_rows.back().count) {
            m_rows.back() = rows.front();
            changed(rowCount() - 1);
        }
        rows.erase(rows.begin());
    }
    insertRows(rowCount(), std::move(rows));
    return lines;
}

void LogItems::prepend(const Entries& fresh)
{
    m_all.insert(m_all.begin(), fresh.cbegin(), fresh.cend());
    std::vector<Row> rows;
    for (const LogEntryPtr& entry : fresh)
        fold(rows, entry);
    if (!rows.empty() && !m_rows.empty() && saysTheSame(*rows.back().last, *m_rows.front().first)) {
        m_rows.front().first = rows.back().first;
        m_rows.front().count += rows.back().count;
        rows.pop_back();
        changed(0);
    }
    insertRows(0, std::move(rows));
}

void LogItems::insertLate(const LogEntryPtr& entry)
{
    m_all.insert(std::upper_bound(m_all.begin(), m_all.end(), entry, isBefore), entry);
    if (!m_filter.lets(*entry))
        return;
    const auto after = std::lower_bound(m_rows.begin(), m_rows.end(), entry,
        [](const Row& row, const LogEntryPtr& late) { return isBefore(row.last, late); });
    const auto at = static_cast<int>(after - m_rows.begin());
    const bool isInside = after != m_rows.end() && isBefore(after->first, entry);
    if (after != m_rows.end() && saysTheSame(*after->first, *entry)) {
        if (!isInside)
            after->first = entry;
        ++after->count;
        changed(at);
    } else if (isInside) {
        splitRow(at, entry);
    } else if (at > 0 && saysTheSame(*std::prev(after)->last, *entry)) {
        std::prev(after)->last = entry;
        ++std::prev(after)->count;
        changed(at - 1);
    } else {
        insertRows(at, {Row{entry, entry}});
    }
}

void LogItems::splitRow(int at, const LogEntryPtr& entry)
{
    const Row whole = row(at);
    std::vector<Row> after{Row{entry, entry}};
    const auto place = std::lower_bound(m_all.cbegin(), m_all.cend(), entry, isBefore);
    const auto end = std::upper_bound(place, m_all.cend(), whole.last, isBefore);
    std::for_each(std::next(place), end, [&](const LogEntryPtr& each) { fold(after, each); });
    narrowRow(at, std::lower_bound(m_all.cbegin(), place, whole.first, isBefore), place);
    insertRows(at + 1, std::move(after));
}

void LogItems::narrowRow(int at, Entries::const_iterator from, Entries::const_iterator to)
{
    std::vector<Row> rest;
    std::for_each(from, to, [&](const LogEntryPtr& entry) { fold(rest, entry); });
    Row& row = m_rows.at(static_cast<std::size_t>(at));
    row.first = rest.front().first;
    row.last = rest.front().last;
    row.count = rest.front().count;
    changed(at);
}

void LogItems::insertRows(int at, std::vector<Row> rows)
{
    if (rows.empty())
        return;
    searchIn(rows, at);
    const auto count = static_cast<int>(rows.size());
    beginInsertRows({}, at, at + count - 1);
    m_rows.insert(m_rows.begin() + at, std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    if (static_cast<std::size_t>(at) < m_searched)
        m_searched += rows.size();
    endInsertRows();
    if (!m_wanted.isEmpty())
        Q_EMIT matchesChanged();
}

void LogItems::removeRows(int first, int count)
{
    if (count <= 0)
        return;
    const auto begin = m_rows.begin() + first;
    m_matchCount -= static_cast<int>(
        std::count_if(begin, begin + count, [](const Row& row) { return row.matches.value_or(false); }));
    beginRemoveRows({}, first, first + count - 1);
    m_rows.erase(begin, begin + count);
    if (const auto from = static_cast<std::size_t>(first); from < m_searched)
        m_searched -= std::min(m_searched - from, static_cast<std::size_t>(count));
    endRemoveRows();
    if (!m_wanted.isEmpty())
        Q_EMIT matchesChanged();
}

LogItems::Entries LogItems::dropOldest(int count)
{
    const auto cut = m_all.begin() + std::min(count, lineCount());
    Entries dropped(m_all.begin(), cut);
    m_all.erase(m_all.begin(), cut);
    if (dropped.empty())
        return dropped;
    const auto kept = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&](const Row& row) { return isBefore(dropped.back(), row.last); });
    removeRows(0, static_cast<int>(kept - m_rows.cbegin()));
    if (!m_rows.empty() && !isBefore(dropped.back(), m_rows.front().first))
        narrowRow(0, m_all.cbegin(), std::upper_bound(m_all.cbegin(), m_all.cend(), m_rows.front().last, isBefore));
    return dropped;
}

LogItems::Entries LogItems::dropNewest(int count)
{
    const auto cut = m_all.end() - std::min(count, lineCount());
    Entries dropped(cut, m_all.end());
    m_all.erase(cut, m_all.end());
    if (dropped.empty())
        return dropped;
    const auto gone = std::lower_bound(m_rows.cbegin(), m_rows.cend(), dropped.front(),
        [](const Row& row, const LogEntryPtr& entry) { return isBefore(row.first, entry); });
    const auto first = static_cast<int>(gone - m_rows.cbegin());
    removeRows(first, rowCount() - first);
    if (!m_rows.empty() && !isBefore(m_rows.back().last, dropped.front()))
        narrowRow(
            first - 1, std::lower_bound(m_all.cbegin(), m_all.cend(), m_rows.back().first, isBefore), m_all.cend());
    return dropped;
}

void LogItems::setFilter(const LogFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
}

void LogItems::rebuild()
{
    std::vector<Row> rows;
    for (const LogEntryPtr& entry : m_all)
        fold(rows, entry);
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    searchAgain();
}

QStringList LogItems::workers() const
{
    QStringList sorted = m_workers.values();
    sorted.sort();
    return sorted;
}

QStringList LogItems::stages() const
{
    QStringList sorted = m_stages.values();
    sorted.sort();
    return sorted;
}

int LogItems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString LogItems::wordsOf(const LogLine& line) const
{
    const auto figure = [&format = m_language.format()](const QString& plain) { return format.figure(plain); };
    return oneLine(logWords(line, figure));
}

QString LogItems::words(int row) const
{
    Row& shown = m_rows.at(static_cast<std::size_t>(row));
    if (shown.words.isNull())
        shown.words = wordsOf(shown.first->line);
    return shown.words;
}

QString LogItems::speaker(int row) const
{
    const bool areSeveral = m_workers.size() > (m_workers.contains(QString()) ? 2 : 1);
    return areSeveral ? workerOf(this->row(row).first->line) : QString();
}

QString LogItems::time(int row) const
{
    const QDateTime local = toLocalTime(this->row(row).first->line.at);
    const QString clock = local.toString(u"HH:mm:ss.zzz"_s);
    return local.date() == QDate::currentDate()
        ? clock
        : m_language.format().locale().toString(local.date(), u"d MMM"_s) + u' ' + clock;
}

QString LogItems::mark(int row) const
{
    switch (this->row(row).first->line.level) {
    case LogLevel::Error:
        return tr("Error");
    case LogLevel::Warning:
        return tr("Warning");
    case LogLevel::Info:
    case LogLevel::Debug:
        break;
    }
    return {};
}

QVariant LogItems::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& shown = row(index.row());
    if (role == LevelRole)
        return static_cast<int>(shown.first->line.level);
    if (role != Qt::DisplayRole)
        return {};
    QString text = time(index.row()) + u"  "_s;
    if (isMerged())
        text += m_names.value(shown.first->deployment) + u"  "_s;
    for (const QString& part : {speaker(index.row()), mark(index.row())}) {
        if (!part.isEmpty())
            text += part + u"  "_s;
    }
    text += words(index.row());
    if (shown.count > 1)
        text += u"  ×"_s + m_language.format().integer(shown.count);
    return text;
}

int LogItems::nearest(TimePoint moment) const
{
    const auto after = std::lower_bound(
        m_rows.cbegin(), m_rows.cend(), moment, [](const Row& row, TimePoint at) { return row.last->line.at < at; });
    const auto at = static_cast<int>(after - m_rows.cbegin());
    if (after == m_rows.cend())
        return at - 1;
    const bool isCloserBefore = at > 0 && after->first->line.at > moment
        && moment - std::prev(after)->last->line.at < after->first->line.at - moment;
    return isCloserBefore ? at - 1 : at;
}

int LogItems::rowOf(const LogEntryPtr& entry) const
{
    const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(), entry,
        [](const Row& row, const LogEntryPtr& wanted) { return isBefore(row.last, wanted); });
    return found == m_rows.cend() ? -1 : static_cast<int>(found - m_rows.cbegin());
}

void LogItems::retranslate()
{
    for (Row& row : m_rows)
        row.words = QString();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    searchAgain();
}

void LogItems::changed(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
}

} // namespace visgate::ui
