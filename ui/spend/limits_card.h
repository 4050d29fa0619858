// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <array>

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace visgate::ui {

class MessageBar;

/// Where the brakes are: for each model, a day and a month, the amount at which the user is told and the one at which
/// everything it covers is stopped.
class LimitsCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit LimitsCard(const UiContext& context, QWidget* parent = nullptr);
    void reload();
    /// What the limits are held against.
    void setTarget(AccountId target);
    /// The keyboard goes to the mark that has been passed, as soon as it is known which.
    void startRaise();

Q_SIGNALS:
    void raising(QWidget* field);

protected:
    void retranslate() override;

private:
    struct Line {
        LimitScope scope;
        QLabel* name;
        QLabel* spent;
        QLabel* tellCaption;
        QDoubleSpinBox* tell;
        QLabel* stopCaption;
        QDoubleSpinBox* stop;
        QPushButton* store;
        SpendLimit stored;
    };
    void makeLine(std::size_t index, LimitScope scope);
    void take(const QList<SpendLimit>& limits);
    void takeStates(const QList<LimitState>& states);
    void store(const Line& line);
    void focusReached();
    void report(const Error& error);
    [[nodiscard]] static SpendLimit wish(const Line& line);

    const UiContext& m_context;
    AccountId m_target = AccountId::runpod();
    QList<LimitState> m_states;
    bool m_isRaising = false;
    QLabel* m_title;
    QLabel* m_note;
    MessageBar* m_message;
    std::array<Line, 3> m_lines;
};

} // namespace visgate::ui
