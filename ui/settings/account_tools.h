// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_holdings.h"
#include "core/domain/provider/provider_descriptor.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace visgate::ui {

inline constexpr int kLongestAccountName = 40;

class BusyBar;
class MessageBar;

/// What is done with one of several accounts: renamed, chosen as the default, removed once nothing runs there.
class AccountTools final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    AccountTools(const UiContext& context, ProviderAccount account, QWidget* parent = nullptr);
    void show(const ProviderAccount& account);

Q_SIGNALS:
    /// It is called otherwise, is the default, or is gone.
    void changed();

protected:
    void retranslate() override;

private:
    void rename();
    void makeDefault();
    void askWhatStands();
    void askWhetherToRemove(const AccountHoldings& held);
    void remove(bool endsWhatRuns);
    [[nodiscard]] QString words(const AccountHoldings& held) const;
    void setBusy(bool busy);
    void report(const Error& error);

    const UiContext& m_context;
    ProviderAccount m_account;
    bool m_busyNow = false;
    QLabel* m_caption;
    QLineEdit* m_name;
    QPushButton* m_rename;
    QPushButton* m_default;
    QPushButton* m_remove;
    BusyBar* m_busy;
    MessageBar* m_message;
};

} // namespace visgate::ui
