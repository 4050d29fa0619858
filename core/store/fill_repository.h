// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "core/foundation/result.h"

#include <QList>

namespace visgate {

class Database;

/// The wish that a model be kept in a volume, and how far it is. Outlives the program: filling goes on at the next
/// start.
struct VolumeFill {
    AccountId target = AccountId::practice();
    VolumeId volume;
    QString dataCenter;
    QString modelId;
    QString revision; ///< commit; empty until the hub named it
    FillState state = FillState::Filling;
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0;
    std::optional<Error> error;
    TimePoint updatedAt;
};

class FillRepository {
public:
    explicit FillRepository(Database& database);

    /// Inserts or replaces, by target, volume and model.
    [[nodiscard]] Result<void> save(const VolumeFill& fill);
    /// Newest first.
    [[nodiscard]] Result<QList<VolumeFill>> all();
    /// Forgets what was kept in a volume that is no more.
    [[nodiscard]] Result<void> forget(AccountId target, const VolumeId& volume);

private:
    Database& m_database;
};

} // namespace visgate
