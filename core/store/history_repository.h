// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/history.h"
#include "core/foundation/result.h"

#include <QList>

namespace visgate {

class Database;

/// How long the stages of this user's own starts and pictures took.
class HistoryRepository {
public:
    explicit HistoryRepository(Database& database);

    [[nodiscard]] Result<void> add(const QList<StageSample>& samples);
    /// The newest `limit` of one stage at one target.
    [[nodiscard]] Result<QList<StageSample>> newest(StartStage stage, AccountId target, int limit = 400);

private:
    Database& m_database;
};

} // namespace visgate
