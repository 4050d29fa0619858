// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_view.h"

#include "ui/logs/log_delegate.h"
#include "ui/logs/log_items.h"
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int lowest = 160; ///< so that some lines are seen in any window
constexpr double smaller = 0.9;

} // namespace

LogView::LogView(const Theme& theme, LogItems& items, QWidget* parent) : QListView(parent), m_items(items)
{
    setObjectName(u"logList"_s);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // a line that is too long is read whole below the list
    setItemDelegate(new LogDelegate(theme, items, this));
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setMinimumHeight(lowest);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(font().pointSizeF() * smaller);
    setFont(mono);

    // Before the view's own slots, which run in the order of connection: they lose what was chosen.
    connect(&items, &QAbstractItemModel::modelAboutToBeReset, this, &LogView::remember);
    connect(&items, &QAbstractItemModel::rowsAboutToBeInserted, this, &LogView::remember);
    connect(&items, &QAbstractItemModel::rowsAboutToBeRemoved, this, &LogView::remember);
    setModel(&items);
    connect(&items, &QAbstractItemModel::modelReset, this, &LogView::restore);
    connect(&items, &QAbstractItemModel::rowsInserted, this, &LogView::restore);
    connect(&items, &QAbstractItemModel::rowsRemoved, this, &LogView::restore);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &LogView::noteScrolled);
}

void LogView::setFollowing(bool follows)
{
    if (follows)
        scrollToBottom();
    if (std::exchange(m_follows, follows) != follows)
        Q_EMIT followingChanged(follows);
}

void LogView::noteScrolled()
{
    const auto* bar = verticalScrollBar();
    const bool isAtEnd = bar->sliderPosition() >= bar->maximum();
    if (!isAtEnd)
        setFollowing(false); // stay there, until back at the end
    if (bar->sliderPosition() <= bar->minimum())
        Q_EMIT startReached();
    if (isAtEnd)
        Q_EMIT endReached(true);
}

void LogView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    if (m_isMoving || selected.isEmpty())
        return;
    // Who has chosen a line reads it: it does not run away. By keys one gets to the first and last line as well. The
    // current index is still the one before.
    const int first = selected.constFirst().top();
    const bool isLast = selected.constLast().bottom() >= m_items.rowCount() - 1;
    if (!isLast)
        setFollowing(false);
    if (first == 0)
        Q_EMIT startReached();
    else if (isLast)
        Q_EMIT endReached(false);
}

void LogView::showRow(int row)
{
    setFollowing(false);
    m_isMoving = true;
    // Not by setCurrentIndex(), which goes by the keys that are held down: Shift+F3 would choose all lines between.
    selectionModel()->setCurrentIndex(m_items.index(row), QItemSelectionModel::ClearAndSelect);
    m_isMoving = false;
    scrollTo(m_items.index(row), QAbstractItemView::PositionAtCenter);
}

QList<int> LogView::chosenRows() const
{
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

int LogView::topRow() const
{
    const QModelIndex top = indexAt(QPoint(1, 1));
    return top.isValid() ? top.row() : m_items.rowCount() > 0 ? 0 : -1;
}

int LogView::placeOfReading() const
{
    return currentIndex().isValid() ? currentIndex().row() : topRow();
}

void LogView::remember()
{
    m_isMoving = true; // until restore(): Qt chooses another row where the current one goes
    m_top.reset();
    m_current.reset();
    m_chosen.clear();
    if (const int top = m_follows ? -1 : topRow(); top >= 0 && top < m_items.rowCount())
        m_top = m_items.row(top).first;
    if (currentIndex().isValid())
        m_current = m_items.row(currentIndex().row()).first;
    for (const int row : chosenRows())
        m_chosen.push_back(m_items.row(row).first);
}

QModelIndex LogView::indexOf(const LogEntryPtr& entry) const
{
    const int row = entry ? m_items.rowOf(entry) : -1;
    const bool isIt = row >= 0 && !isBefore(entry, m_items.row(row).first);
    return isIt ? m_items.index(row) : QModelIndex();
}

void LogView::restore()
{
    if (const QModelIndex current = indexOf(m_current); m_current && current != currentIndex()) {
        if (current.isValid())
            selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        else
            selectionModel()->clearCurrentIndex();
        QItemSelection selection;
        for (const LogEntryPtr& entry : m_chosen) {
            if (const QModelIndex index = indexOf(entry); index.isValid())
                selection.select(index, index);
        }
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    }
    if (m_follows) {
        scrollToBottom();
    } else if (m_top) {
        if (const int row = m_items.rowOf(m_top); row >= 0)
            scrollTo(m_items.index(row), QAbstractItemView::PositionAtTop);
    }
    m_isMoving = false;
}

void LogView::focusInEvent(QFocusEvent* event)
{
    // Keys go on from what is seen. Qt would begin at the first line.
    if (!currentIndex().isValid() && m_items.rowCount() > 0) {
        const int row = m_follows ? m_items.rowCount() - 1 : topRow();
        selectionModel()->setCurrentIndex(m_items.index(row), QItemSelectionModel::NoUpdate);
    }
    QListView::focusInEvent(event);
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    const bool isHome = event->key() == Qt::Key_Home;
    const bool isJump = (isHome || event->key() == Qt::Key_End) && event->modifiers() == Qt::NoModifier;
    if (!isJump || m_items.rowCount() == 0) {
        QListView::keyPressEvent(event);
        return;
    }
    // Qt does nothing where that line is the current one and not chosen yet.
    const QModelIndex line = m_items.index(isHome ? 0 : m_items.rowCount() - 1);
    selectionModel()->setCurrentIndex(line, QItemSelectionModel::ClearAndSelect);
    scrollTo(line);
}

void LogView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    if (m_follows)
        scrollToBottom();
}

} // namespace visgate::ui
