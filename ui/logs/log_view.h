// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logs/log_entry.h"

#include <QListView>

#include <vector>

namespace visgate::ui {

class LogItems;
class Theme;

/// The lines as a list that follows its end, or else stays with what is being read, whatever comes or goes around it.
class LogView final : public QListView {
    Q_OBJECT

public:
    LogView(const Theme& theme, LogItems& items, QWidget* parent = nullptr);

    void setFollowing(bool follows);
    [[nodiscard]] bool isFollowing() const { return m_follows; }
    /// Makes it the one chosen row, in the middle, and stops following.
    void showRow(int row);
    [[nodiscard]] QList<int> chosenRows() const; ///< by time
    /// The current row, or else the first one that is seen; -1 if there is none.
    [[nodiscard]] int placeOfReading() const;

Q_SIGNALS:
    void followingChanged(bool follows);
    /// The user came to the first or last line that is held; to the last one by scrolling, or by choosing it.
    void startReached();
    void endReached(bool byScrolling);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void noteScrolled();
    void remember();
    void restore();
    [[nodiscard]] int topRow() const;
    [[nodiscard]] QModelIndex indexOf(const LogEntryPtr& entry) const; ///< none if it is not shown

    LogItems& m_items;
    bool m_follows = true;
    bool m_isMoving = false; ///< by ourselves
    LogEntryPtr m_top;       ///< what was seen first before a change
    std::vector<LogEntryPtr> m_chosen;
    LogEntryPtr m_current;
};

} // namespace visgate::ui
