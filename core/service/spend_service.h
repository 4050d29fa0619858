// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/foundation/result.h"

#include <QFuture>
#include <QList>

namespace visgate {

/// What is spent and where the brakes are. Part of DeploymentService, whose limitPassed() and stopProgressed() tell
/// the news.
class SpendService {
public:
    virtual ~SpendService() = default;

    virtual QFuture<Result<SpendReport>> spend(SpendQuery query) = 0;
    /// The limits that are set.
    virtual QFuture<Result<QList<SpendLimit>>> spendLimits() = 0;
    /// Replaces the limit of its scope and deployment; one without marks is removed. InvalidRequest.
    virtual QFuture<Result<void>> setSpendLimit(SpendLimit limit) = 0;
    /// Where the spending stands against each of them, at each target.
    virtual QFuture<Result<QList<LimitState>>> limitStates() = 0;
    /// Maximum 0 at every endpoint of ours at every target, then reads back until no worker runs. Where a target does
    /// not answer the wish is kept, also over a restart, and carried out as soon as it does: the report names it.
    virtual QFuture<Result<StopReport>> stopEverything() = 0;
};

} // namespace visgate
