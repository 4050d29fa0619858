// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/request.h"
#include "core/domain/provider/provider_descriptor.h"
#include "core/operations/operation.h"

#include <QList>

// What lives in the user's accounts, whoever made it.
namespace visgate {

/// The accounts that the program knows, practice first, whether their keys are here or not.
struct ListAccounts {
    using Reply = QList<ProviderAccount>;
    static constexpr OperationInfo kInfo{"list_accounts", Effect::Reads, Audience::User};
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
