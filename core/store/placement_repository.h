// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/gpu/gpu.h"
#include "core/foundation/result.h"

#include <QString>

namespace visgate {

class Database;

enum class PoolOutcome { Placed, Refused };

/// One time that a machine of a pool was asked for.
struct PoolRequest {
    AccountId target = AccountId::practice();
    QString pool;
    DeploymentId deployment;
    TimePoint at;
    PoolOutcome outcome = PoolOutcome::Placed;
};

/// Which pools had a machine for this user, and which had not.
class PlacementRepository {
public:
    explicit PlacementRepository(Database& database);

    [[nodiscard]] Result<void> add(const PoolRequest& request);
    /// From the last 200 requests; empty where the store cannot be read, since a plan does without.
    [[nodiscard]] PoolHistory recent(AccountId target);

private:
    Database& m_database;
};

} // namespace visgate
