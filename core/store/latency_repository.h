// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/latency.h"
#include "core/foundation/result.h"

#include <QList>

#include <optional>

namespace visgate {

class Database;

/// How long the user's own pictures and starts took, one row a measure. What is older than half a year goes.
class LatencyRepository {
public:
    explicit LatencyRepository(Database& database);

    [[nodiscard]] Result<void> add(const QList<LatencySample>& samples);
    /// The newest `limit`, in no order.
    [[nodiscard]] Result<QList<LatencySample>> list(
        std::optional<AccountId> target, std::optional<TimePoint> since, int limit = 100'000);

private:
    Database& m_database;
};

} // namespace visgate
