// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/account_id.h"
#include "core/foundation/clock.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

class Database;

/// An account that the user added or renamed. It stays when it is removed: its id is never given again, and what was
/// spent there keeps its name.
struct AccountRow {
    AccountId id;
    QString name;
    TimePoint addedAt;
    std::optional<TimePoint> removedAt{};
    bool operator==(const AccountRow&) const = default;
};

class AccountRepository {
public:
    explicit AccountRepository(Database& database);

    /// Removed ones as well, in the order in which they were added.
    [[nodiscard]] Result<QList<AccountRow>> all();
    /// Inserts or replaces it.
    [[nodiscard]] Result<void> save(const AccountRow& row);

private:
    Database& m_database;
};

} // namespace visgate
