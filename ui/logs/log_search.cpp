// SPDX-License-Identifier: GPL-3.0-or-later
// How words are looked for in the lines; the lines themselves are in log_items.cpp.
#include "ui/logs/log_items.h"

#include <algorithm>

namespace visgate::ui {
namespace {

/// Looked at in one turn of the event loop: a few milliseconds where each has to be put into words first.
constexpr std::size_t searchedAtOnce = 500;

} // namespace

void LogItems::find(const QString& words)
{
    const QString wanted = folded(words);
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    searchAgain();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void LogItems::searchAgain()
{
    for (Row& row : m_rows)
        row.matches.reset();
    m_matchCount = 0;
    m_searched = 0;
    if (m_wanted.isEmpty())
        m_search.stop();
    else
        m_search.start();
    Q_EMIT matchesChanged();
}

void LogItems::searchIn(std::vector<Row>& rows, int at)
{
    if (m_wanted.isEmpty())
        return;
    if (rows.size() > searchedAtOnce) {
        m_searched = std::min(m_searched, static_cast<std::size_t>(at));
        m_search.start();
        return;
    }
    for (Row& row : rows) {
        row.matches = isMatch(row);
        m_matchCount += int(*row.matches);
    }
}

void LogItems::searchSome()
{
    const std::size_t end = std::min(m_rows.size(), m_searched + searchedAtOnce);
    for (; m_searched < end; ++m_searched) {
        Row& row = m_rows[m_searched];
        if (row.matches)
            continue; // looked at when it arrived
        if (row.words.isNull())
            row.words = wordsOf(row.first->line);
        row.matches = isMatch(row);
        m_matchCount += int(*row.matches);
    }
    if (m_searched >= m_rows.size())
        m_search.stop();
    Q_EMIT matchesChanged();
}

bool LogItems::isMatch(const Row& row) const
{
    return folded(row.words.isNull() ? wordsOf(row.first->line) : row.words).contains(m_wanted);
}

int LogItems::matchAfter(int row, bool forward) const
{
    const int count = rowCount();
    for (int step = 1; step <= count; ++step) {
        const int at = ((forward ? row + step : row - step) % count + count) % count;
        if (this->row(at).matches.value_or(false))
            return at;
    }
    return -1;
}

int LogItems::matchNumber(int row) const
{
    return static_cast<int>(std::count_if(
        m_rows.cbegin(), m_rows.cbegin() + row + 1, [](const Row& each) { return each.matches.value_or(false); }));
}

} // namespace visgate::ui
