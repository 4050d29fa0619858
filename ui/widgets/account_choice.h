// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"
#include "ui/common/retranslated.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <functional>
#include <utility>

class QButtonGroup;
class QHBoxLayout;
class QPushButton;

namespace visgate {
struct ProviderAccount;
}

namespace visgate::ui {

class AccountList;

/// A row of buttons, one an account: where something runs, or whose figures are shown.
class AccountChoice final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    /// The buttons are called `name` and the account: "targetPractice". Only accounts of which `offered` holds are
    /// there.
    AccountChoice(const AccountList& accounts, const QString& name,
        std::function<bool(const ProviderAccount&)> offered = {}, QWidget* parent = nullptr);

    /// Shows it as the chosen one; says nothing.
    void setChosen(const AccountId& account);

Q_SIGNALS:
    void chosen(const visgate::AccountId& account);

protected:
    void retranslate() override;

private:
    void build();

    const AccountList& m_accounts;
    const QString m_name;
    const std::function<bool(const ProviderAccount&)> m_offered;
    AccountId m_chosen;
    QHBoxLayout* m_row;
    QButtonGroup* m_group;
    QList<std::pair<AccountId, QPushButton*>> m_buttons;
};

} // namespace visgate::ui
