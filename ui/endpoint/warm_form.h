// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTimeEdit;

namespace visgate::ui {

class BusyBar;
class MessageBar;
class WarmHours;

/// Whether a worker waits for the next picture: for a while, at certain hours, always or not. The price of what is
/// chosen is on the button that asks for it.
class WarmForm final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit WarmForm(const UiContext& context, QWidget* parent = nullptr);
    void show(const Deployment& deployment);
    void takeFocus();

protected:
    void retranslate() override;

private:
    enum class Choice { Sleep, HalfHour, Until, Hours, Always };

    [[nodiscard]] Choice choice() const;
    [[nodiscard]] static Choice choiceOf(const PoolPolicy& policy);
    /// What the fields say now; empty while they say nothing that can be done.
    [[nodiscard]] std::optional<PoolPolicy> wish() const;
    void chooseAnother();
    void askPrice();
    void apply();
    void sayHowFar(const Deployment& deployment);
    void report(const Error& error);
    [[nodiscard]] QString priceWords() const;
    [[nodiscard]] QString buttonWords() const;

    const UiContext& m_context;
    Deployment m_deployment;
    std::optional<WarmPrice> m_price;  ///< of the fields as they are
    std::optional<PoolPolicy> m_asked; ///< whose price is under way
    bool m_busyNow = false;
    bool m_awaitsConfirmation = false; ///< the last wish is kept, and the provider has not said yes to it
    bool m_filling = false;            ///< the fields are set from the deployment, not by the user
    QTimer m_soon;                     ///< not a question for every key
    QLabel* m_title;
    QLabel* m_state;
    QComboBox* m_choice;
    QTimeEdit* m_until;
    WarmHours* m_hours;
    QLabel* m_note;
    BusyBar* m_busy;
    MessageBar* m_message;
    QPushButton* m_apply;
};

} // namespace visgate::ui
