// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"
#include "core/foundation/error.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

class BusyBar;
class MessageBar;

/// The S3 key of Runpod's volumes, which filling needs: another one than the account's.
class VolumeKeyForm final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit VolumeKeyForm(const UiContext& context, QWidget* parent = nullptr);
    /// Whose volumes they are.
    void setTarget(const AccountId& target) { m_target = target; }
    void takeFocus();

Q_SIGNALS:
    void stored();

protected:
    void retranslate() override;

private:
    void store();
    void report(const Error& error);

    const UiContext& m_context;
    AccountId m_target = AccountId::runpod();
    bool m_busyNow = false;
    QLabel* m_title;
    QLabel* m_purpose;
    QLineEdit* m_id;
    QLineEdit* m_secret;
    QCheckBox* m_sessionOnly;
    QPushButton* m_store;
    BusyBar* m_busy;
    MessageBar* m_message;
};

} // namespace visgate::ui
