// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <QList>
#include <QString>

namespace visgate {

/// What stands in the accounts, and whose it is. Engine thread only.
class AccountEndpoints {
public:
    AccountEndpoints(EngineContext& context, const DeploymentTable& table) : m_context(context), m_table(table) { }

    /// The accounts that are known, practice first, and those that a deployment lives in although they are not.
    [[nodiscard]] QList<AccountId> accounts() const;
    /// By the account's last list.
    [[nodiscard]] QList<AccountEndpoint> known(AccountId target) const;
    /// The least that endpoints which no deployment of ours lives on cost now: their minimum of workers never sleeps.
    [[nodiscard]] double usdPerHourElsewhere(AccountId target) const;
    /// Whether this data folder has a record of the deployment that the endpoint was made for, or that lives on it.
    [[nodiscard]] EndpointOwner ownerOf(const ProviderEndpoint& endpoint, const AccountRef& account) const;
    /// Whether the account, which `error` keeps from being opened, is left out of an account-wide question with reason:
    /// nothing of ours can be there.
    [[nodiscard]] bool isWithoutAccount(const AccountRef& account, const Error& error) const;

private:
    /// Of the account's key and of those that it had before: each has made endpoints that bear it.
    [[nodiscard]] QStringList hashesOf(const AccountRef& account) const;

    EngineContext& m_context;
    const DeploymentTable& m_table;
};

} // namespace visgate
