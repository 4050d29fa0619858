// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/provider_descriptor.h"

#include <QList>
#include <QObject>
#include <QString>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

/// The accounts that the user can deploy to, as the service knows them; empty until it has answered.
class AccountList final : public QObject {
    Q_OBJECT

public:
    explicit AccountList(DeploymentService& service, QObject* parent = nullptr);

    void load();
    /// Practice first.
    [[nodiscard]] const QList<ProviderAccount>& all() const { return m_accounts; }
    /// What its cloud is like; of one that offers nothing while it is not known.
    [[nodiscard]] const ProviderDescriptor& provider(const AccountId& account) const;
    /// In the user's language where it is Visgate's own; of an account that is there no more, that it is not.
    [[nodiscard]] QString nameOf(const AccountId& account) const;
    [[nodiscard]] bool knows(const AccountId& account) const { return find(account) != nullptr; }
    /// The one that is meant where none is chosen.
    [[nodiscard]] AccountId standard() const;
    /// Whether its provider has others beside it, from which its name tells it.
    [[nodiscard]] bool isOneOfSeveral(const AccountId& account) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] const ProviderAccount* find(const AccountId& account) const;

    DeploymentService& m_service;
    QList<ProviderAccount> m_accounts;
    const ProviderDescriptor m_none;
};

} // namespace visgate::ui
