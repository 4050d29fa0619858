// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QPushButton;

namespace visgate::ui {

class LogItems;

/// Which lines of the log are shown: from which level on, of which worker, of which stage. What it was set to lasts as
/// long as the panel.
class LogFilterBar final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit LogFilterBar(LogItems& items, QWidget* parent = nullptr);
    void clear();
    /// Others are shown from now on, with workers of their own.
    void forgetWorker();

Q_SIGNALS:
    void filterChanged();

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void offerSeen();
    void apply();

    LogItems& m_items;
    QComboBox* m_level;
    QComboBox* m_worker;
    QComboBox* m_stage;
    QPushButton* m_clear;
    QBoxLayout* m_row;
};

} // namespace visgate::ui
