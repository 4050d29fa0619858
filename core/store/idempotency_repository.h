// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/result.h"

#include <QString>

#include <optional>

namespace visgate {

class Database;

/// What a create call with an `Idempotency-Key` was answered with, for a day.
struct KeptAnswer {
    QString key;
    QString digest; ///< of the body that came with it
    DeploymentId deployment;
    TimePoint at;
};

class IdempotencyRepository {
public:
    explicit IdempotencyRepository(Database& database);

    /// Empty when the key is new, or older than a day at `now`.
    [[nodiscard]] Result<std::optional<KeptAnswer>> find(const QString& key, TimePoint now);
    /// Replaces an older answer of the key, and lets go of all that are a day old.
    [[nodiscard]] Result<void> keep(const KeptAnswer& answer);

private:
    Database& m_database;
};

} // namespace visgate
