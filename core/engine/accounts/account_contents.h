// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/provider/account_holdings.h"
#include "core/engine/context/engine_context.h"

#include <QList>

namespace visgate {

class AccountEndpoints;
class DeploymentRun;
class DeploymentTable;
class ProviderAccess;
class VolumeList;

/// What of the user's stands in an account: what keeps it from being removed. Engine thread only.
class AccountContents {
public:
    AccountContents(EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints,
        ProviderAccess& providers, VolumeList& volumes)
        : m_context(context), m_table(table), m_endpoints(endpoints), m_providers(providers), m_volumes(volumes)
    {
    }

    /// Asks the account. Where nothing of ours can be there (it has no key, and never had a deployment that lives), it
    /// is not asked.
    Task<AccountHoldings> at(AccountId account);
    /// Whether a deployment of ours lives there, or may.
    [[nodiscard]] bool hasDeployments(const AccountId& account) const { return !deployments(account).isEmpty(); }
    /// Deletes its deployments and our endpoints, and waits until they are gone or it has taken too long: at() tells.
    /// Volumes stay, for they hold what took hours to fetch.
    Task<Result<void>> end(AccountId account);

private:
    [[nodiscard]] QList<DeploymentRun*> deployments(const AccountId& account) const;
    /// Nobody lives on them.
    Task<Result<QList<AccountHolding>>> orphans(AccountId account);
    Task<Result<QList<AccountHolding>>> volumes(AccountId account);

    EngineContext& m_context;
    const DeploymentTable& m_table;
    const AccountEndpoints& m_endpoints;
    ProviderAccess& m_providers;
    VolumeList& m_volumes;
};

} // namespace visgate
