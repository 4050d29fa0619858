// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

class Badge;
class BusyBar;
class LongWait;
class MessageBar;

/// How the controls of an account's card begin to be called: "runpod", "runpodStudio".
[[nodiscard]] QString controlName(const AccountId& account);

/// One key: how to get it, paste it, check it, forget it, and where it is kept.
class KeyCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    /// `account` is whose key it is; the hub's is nobody's.
    KeyCard(const UiContext& context, KeyKind kind, AccountId account = AccountId::runpod(), QWidget* parent = nullptr);
    void show(const KeyState& state);
    /// What tells it from the other accounts of its provider; empty: there is no other.
    void setAccountName(const QString& name);
    /// Below everything else.
    void addFoot(QWidget* foot);
    /// The cursor goes into the field; `sessionOnly` also ticks that choice.
    void startPaste(bool sessionOnly);
    /// Whether a stored key offers to choose a model next.
    void setLeadsOn(bool leadsOn) { m_leadsOn = leadsOn; }

Q_SIGNALS:
    void changed();
    void modelsWanted();

protected:
    void retranslate() override;

private:
    void save();
    void store(std::shared_ptr<const Secret> key);
    void unlock();
    void check();
    void forget();
    void setBusy(bool busy);
    void report(const Error& error);
    void nameControls();

    const UiContext& m_context;
    KeyKind m_kind;
    const AccountId m_account;
    QString m_accountName;
    KeyState m_state;
    std::shared_ptr<const Secret> m_unstored; ///< accepted, but the keychain did not take it
    bool m_busyNow = false;
    bool m_leadsOn = true;
    QLabel* m_title;
    Badge* m_badge;
    QLabel* m_purpose;
    QLabel* m_steps;
    QPushButton* m_page;
    QLineEdit* m_field;
    QPushButton* m_save;
    QCheckBox* m_sessionOnly;
    QLabel* m_where;
    QPushButton* m_check;
    QPushButton* m_forget;
    BusyBar* m_busy;
    MessageBar* m_message;
    LongWait* m_wait;
};

} // namespace visgate::ui
