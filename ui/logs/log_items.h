// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "ui/logs/log_entry.h"

#include <QAbstractListModel>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <vector>

namespace visgate::ui {

class Language;

/// Which lines are shown. Unset parts let everything through.
struct LogFilter {
    LogLevel minLevel = LogLevel::Debug;
    std::optional<QString> worker{}; ///< empty: Visgate's own lines
    QString stage{};

    [[nodiscard]] bool lets(const LogEntry& entry) const;
    [[nodiscard]] bool isEmpty() const { return minLevel == LogLevel::Debug && !worker && stage.isEmpty(); }
    bool operator==(const LogFilter&) const = default;
};

/// What is shown of the lines that are held: those that the filter lets through, in the order of their time whenever
/// they came, neighbours that say the same as one row. A new line costs its own place only; the filter is asked again
/// for all of them when it changes. GUI thread.
class LogItems final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LevelRole = Qt::UserRole + 1 };
    struct Row {
        LogEntryPtr first;
        LogEntryPtr last; ///< the same as `first` unless the row stands for several
        int count = 1;
        QString words{}; ///< made when it is first asked for
        std::optional<bool> matches{};
    };
    using Entries = std::vector<LogEntryPtr>;

    explicit LogItems(const Language& language, QObject* parent = nullptr);

    void clear();
    /// Names of the deployments, in the order of their entries' numbers.
    void setNames(const QStringList& names);
    [[nodiscard]] const QStringList& names() const { return m_names; }
    [[nodiscard]] bool isMerged() const { return m_names.size() > 1; }
    /// In any order; what is held already is left out. Says how many lines are shown at the end that were not before.
    int take(Entries fresh);
    /// Forgets the oldest or the newest `count` lines and returns them.
    Entries dropOldest(int count);
    Entries dropNewest(int count);
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_all.size()); }
    [[nodiscard]] const Entries& lines() const { return m_all; } ///< all that are held, by time

    void setFilter(const LogFilter& filter);
    [[nodiscard]] const LogFilter& filter() const { return m_filter; }
    [[nodiscard]] QStringList workers() const; ///< seen so far, by name; an empty one is Visgate itself
    [[nodiscard]] QStringList stages() const;  ///< as LogLine has them

    /// Looks for these words, some rows at a time, and goes on with what arrives; empty: for nothing.
    void find(const QString& words);
    [[nodiscard]] const QString& wanted() const { return m_wanted; } ///< folded()
    [[nodiscard]] int matchCount() const { return m_matchCount; }
    [[nodiscard]] bool isSearching() const { return m_search.isActive(); }
    /// The next row after (before) `row` that matches, from the other end if there is none; -1: none is known.
    [[nodiscard]] int matchAfter(int row, bool forward) const;
    /// How many match up to this one, itself included.
    [[nodiscard]] int matchNumber(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const Row& row(int at) const { return m_rows.at(static_cast<std::size_t>(at)); }
    [[nodiscard]] QString words(int row) const;
    /// Who said it, where that is not clear anyway; else empty.
    [[nodiscard]] QString speaker(int row) const;
    [[nodiscard]] QString time(int row) const;
    /// "Error", "Warning"; empty for what is neither. Colour alone tells nobody.
    [[nodiscard]] QString mark(int row) const;
    [[nodiscard]] int nearest(TimePoint moment) const;       ///< -1 if there is no row
    [[nodiscard]] int rowOf(const LogEntryPtr& entry) const; ///< or the one that follows it; -1 if there is none
    /// Says its lines in the language that is installed now.
    void retranslate();

Q_SIGNALS:
    void matchesChanged();
    void seenChanged(); ///< workers() or stages()

private:
    void noteSeen(const Entries& fresh);
    int append(const Entries& fresh);
    void prepend(const Entries& fresh);
    void insertLate(const LogEntryPtr& entry);
    void insertRows(int at, std::vector<Row> rows);
    void removeRows(int first, int count);
    void splitRow(int at, const LogEntryPtr& entry);
    /// Counts again what a row that reached over the end stands for, within [from, to) of what is held.
    void narrowRow(int at, Entries::const_iterator from, Entries::const_iterator to);
    void rebuild();
    void fold(std::vector<Row>& rows, const LogEntryPtr& entry) const;
    [[nodiscard]] QString wordsOf(const LogLine& line) const;
    [[nodiscard]] bool isMatch(const Row& row) const;
    /// Rows that will stand from `at` on: looked at now if they are few, else with the others.
    void searchIn(std::vector<Row>& rows, int at);
    void searchSome();
    void searchAgain();
    void changed(int row);

    const Language& m_language;
    QStringList m_names;
    Entries m_all;
    mutable std::vector<Row> m_rows; ///< words() fills in
    LogFilter m_filter;
    QSet<QString> m_workers;
    QSet<QString> m_stages;
    QString m_wanted;
    int m_matchCount = 0;
    std::size_t m_searched = 0; ///< rows before it are known to match or not
    QTimer m_search;
};

} // namespace visgate::ui
