// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

class LogItems;

/// Words to look for in the log, how many lines have them, and on to the next one.
class LogFindBar final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    LogFindBar(const UiContext& context, LogItems& items, QWidget* parent = nullptr);
    /// Shows it with the cursor in the field.
    void open();
    void close();
    /// The row that is read now, for "3 of 17"; -1 for none. `reachesBack`: all lines there are were looked at.
    void setPlace(int row, bool reachesBack);

Q_SIGNALS:
    void wordsChanged();
    void stepWanted(bool forward);
    void closed();

protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void count();

    LogItems& m_items;
    QLineEdit* m_field;
    QLabel* m_count;
    QPushButton* m_previous;
    QPushButton* m_next;
    QPushButton* m_close;
    int m_row = -1;
    bool m_reachesBack = true;
};

} // namespace visgate::ui
