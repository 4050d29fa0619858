// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/provider/account_holdings.h"
#include "core/domain/provider/provider_descriptor.h"
#include "core/engine/context/engine_context.h"

namespace visgate {

class AccountContents;
class AccountKeys;
class Handlers;
class PendingStops;
struct RemoveAccount;

/// Accounts added, renamed, made the default and removed. Engine thread only.
class AccountChanges {
public:
    AccountChanges(EngineContext& context, AccountKeys& keys, PendingStops& pending, AccountContents& contents)
        : m_context(context), m_keys(keys), m_pending(pending), m_contents(contents)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<ProviderAccount>> told(Result<ProviderAccount> changed);
    Task<Result<void>> setStandard(AccountId account);
    Task<Result<AccountHoldings>> holdings(AccountId account);
    Task<Result<void>> remove(RemoveAccount op);
    Task<Result<void>> forgetKeys(AccountId account);
    [[nodiscard]] Error inUse(const AccountId& account) const;

    EngineContext& m_context;
    AccountKeys& m_keys;
    PendingStops& m_pending;
    AccountContents& m_contents;
};

} // namespace visgate
