// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/operations/operation.h"

#include <QList>

// What is spent and where the brakes are.
namespace visgate {

struct GetSpend {
    using Reply = SpendReport;
    static constexpr OperationInfo kInfo{"get_spend", Effect::Reads};
    SpendQuery query;
};

/// The limits that are set.
struct ListSpendLimits {
    using Reply = QList<SpendLimit>;
    static constexpr OperationInfo kInfo{"list_spend_limits", Effect::Reads};
};

/// Replaces the limit of its scope and deployment; one without marks is removed. InvalidRequest.
struct SetSpendLimit {
    using Reply = void;
    static constexpr OperationInfo kInfo{"set_spend_limit", Effect::Repeatable, Audience::User};
    SpendLimit limit;
};

/// Where the spending stands against each of them, at each target.
struct ListLimitStates {
    using Reply = QList<LimitState>;
    static constexpr OperationInfo kInfo{"list_limit_states", Effect::Reads};
};

/// Maximum 0 at every endpoint of ours at every target, then reads back until no worker runs. Where a target does
/// not answer the wish is kept, also over a restart, and carried out as soon as it does: the report names it.
struct StopEverything {
    using Reply = StopReport;
    static constexpr OperationInfo kInfo{"stop_everything", Effect::Repeatable};
};

} // namespace visgate
