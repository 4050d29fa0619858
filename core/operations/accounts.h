// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/request.h"
#include "core/domain/provider/account_holdings.h"
#include "core/domain/provider/provider_descriptor.h"
#include "core/operations/operation.h"

#include <QList>

// The user's accounts, and what lives in them, whoever made it.
namespace visgate {

/// The accounts that the program knows, practice first, the default before the others of its provider, whether their
/// keys are here or not.
struct ListAccounts {
    using Reply = QList<ProviderAccount>;
    static constexpr OperationInfo kInfo{"list_accounts", Effect::Reads, Audience::User};
};

/// A further account at a provider whose accounts have keys; its own key is set next. InvalidRequest names the bad
/// field: a name is 1 to 40 characters, and no other account's.
struct AddAccount {
    using Reply = ProviderAccount;
    static constexpr OperationInfo kInfo{"add_account", Effect::Once, Audience::User};
    QString provider;
    QString name;
};

/// Its id stays, and with it whatever was recorded of it.
struct RenameAccount {
    using Reply = ProviderAccount;
    static constexpr OperationInfo kInfo{"rename_account", Effect::Repeatable, Audience::User};
    AccountId account = AccountId::runpod();
    QString name;
};

/// The account that is meant where a command names none, and that the window chooses first.
struct SetDefaultAccount {
    using Reply = void;
    static constexpr OperationInfo kInfo{"set_default_account", Effect::Repeatable, Audience::User};
    AccountId account = AccountId::runpod();
};

/// What keeps it from being removed, as it is at this moment.
struct GetAccountHoldings {
    using Reply = AccountHoldings;
    static constexpr OperationInfo kInfo{"get_account_holdings", Effect::Reads, Audience::User};
    AccountId account = AccountId::runpod();
};

/// Forgets its key, then the account; what was spent there stays counted. AccountInUse while anything of the user's is
/// there, which `endWhatRuns` deletes first, volumes excepted; and whatever keeps it from being known. Conflict for a
/// provider's first account.
struct RemoveAccount {
    using Reply = void;
    static constexpr OperationInfo kInfo{"remove_account", Effect::Once, Audience::User};
    AccountId account = AccountId::runpod();
    bool endWhatRuns = false;
};

/// The endpoints of every account that is open. From the account's last list, or from a new one when `refresh`, which
/// opens the accounts as well and fails with their error (a target without a key is left out).
struct ListEndpoints {
    using Reply = QList<AccountEndpoint>;
    static constexpr OperationInfo kInfo{"list_endpoints", Effect::Reads, Audience::User};
    bool refresh = false;
};

/// What runs at the targets, ours and not ours; with `apply` what is ours is deleted (every endpoint with our naming
/// when `all`, else only those without a living record).
struct CleanUp {
    using Reply = QList<CleanupItem>;
    static constexpr OperationInfo kInfo{"clean_up", Effect::Once, Audience::User};
    CleanupRequest request;
};

} // namespace visgate
