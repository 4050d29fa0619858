// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace visgate::ui {

class BusyBar;
class ElidedLabel;
class MessageBar;

/// Asked when the window closes while real money can be spent: let it run on, pause all of it first, or stay.
class QuitSheet final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit QuitSheet(const UiContext& context, QWidget* parent = nullptr);
    /// Asks about these; `titles` are their models' names, in the same order.
    void ask(const QList<Deployment>& working, const QStringList& titles);

Q_SIGNALS:
    /// The window may close: the user lets things run, or everything is paused.
    void mayClose();
    void stayChosen();

protected:
    void retranslate() override;

private:
    void pauseAll();
    void takeOutcome(const Result<void>& paused);

    const UiContext& m_context;
    QList<Deployment> m_working;
    QStringList m_titles;
    qsizetype m_pausing = 0; ///< answers still awaited
    ElidedLabel* m_title;
    QLabel* m_explanation;
    QLabel* m_list;
    MessageBar* m_message;
    BusyBar* m_busy;
    QPushButton* m_pause;
    QPushButton* m_leave;
    QPushButton* m_stay;
};

} // namespace visgate::ui
