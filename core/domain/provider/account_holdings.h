// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"
#include "core/foundation/error.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

enum class HoldingKind {
    Deployment, ///< of this data folder; its endpoint is there, or may be
    Endpoint,   ///< ours, without a deployment that lives on it
    Volume,     ///< with our naming: it costs money every month
};

/// One thing of the user's in an account, which only the account's key can stop or delete.
struct AccountHolding {
    HoldingKind kind = HoldingKind::Deployment;
    QString id;
    QString name; ///< the model's, the endpoint's, the volume's
    bool operator==(const AccountHolding&) const = default;
};

/// What keeps an account from being removed.
struct AccountHoldings {
    AccountId account = AccountId::runpod();
    QList<AccountHolding> holdings;
    std::optional<Error> problem{}; ///< why the account could not be asked: there may be more
    [[nodiscard]] bool isEmpty() const { return holdings.isEmpty() && !problem; }
    bool operator==(const AccountHoldings&) const = default;
};

} // namespace visgate
