// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QBoxLayout;
class QLabel;

namespace visgate::ui {

class AccountList;
class ChoiceCard;

/// What a newcomer sees: the ways to begin, nothing else.
class EmptyHome final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit EmptyHome(const UiContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    void practiseChosen();
    void hereChosen();
    void connectChosen();

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    const AccountList& m_accounts;
    QLabel* m_title;
    QLabel* m_subtitle;
    QLabel* m_promise;
    ChoiceCard* m_practise;
    ChoiceCard* m_here; ///< where this computer has a worker
    ChoiceCard* m_connect;
    QBoxLayout* m_choices;
};

} // namespace visgate::ui
