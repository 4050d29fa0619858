// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/request.h"
#include "core/engine/context/engine_context.h"

#include <QList>

namespace visgate {

class AccountEndpoints;
class DeploymentTable;
class Handlers;
class ProviderAccess;

/// What lives in the accounts, whoever made it, and cleaning up: what this data folder recorded is ours; what only
/// bears our name may be a colleague's or another computer's, and goes only where the user has said yes to it. Engine
/// thread only.
class AccountHandlers {
public:
    AccountHandlers(EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints,
        ProviderAccess& providers)
        : m_context(context), m_table(table), m_endpoints(endpoints), m_providers(providers)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<QList<ProviderAccount>>> listAccounts();
    Task<Result<QList<AccountEndpoint>>> endpoints(bool refresh);
    Task<Result<QList<CleanupItem>>> cleanUp(CleanupRequest request);
    Task<Result<QList<CleanupItem>>> cleanUpTarget(AccountId target, CleanupRequest request);

    EngineContext& m_context;
    const DeploymentTable& m_table;
    const AccountEndpoints& m_endpoints;
    ProviderAccess& m_providers;
};

} // namespace visgate
