// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "core/foundation/clock.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace visgate {

class Database;

/// The promise to buy one volume, committed before the call: a volume is billed from then on, and one whose answer was
/// lost is found again by its name. The row is gone once the volume is known, or refused.
struct VolumeIntent {
    qint64 id = 0;
    AccountId target = AccountId::practice();
    QString name;
    int sizeGb = 0;
    QString dataCenter;
    QStringList known; ///< ids that had this name before
    QString modelId;   ///< to be kept in it; empty: none
    QString revision;
    TimePoint createdAt;
};

/// The promise to change one volume that is there, committed before the call. The row is gone once the provider has
/// shown it, or refused.
struct VolumeChange {
    qint64 id = 0;
    AccountId target = AccountId::practice();
    VolumeId volume;
    int sizeGb = 0; ///< 0: it is deleted
    TimePoint createdAt;

    [[nodiscard]] bool isDeletion() const { return sizeGb == 0; }
};

class VolumeIntentRepository {
public:
    explicit VolumeIntentRepository(Database& database);

    /// The id is set in the result.
    [[nodiscard]] Result<VolumeIntent> open(VolumeIntent intent);
    /// Oldest first.
    [[nodiscard]] Result<QList<VolumeIntent>> all();
    [[nodiscard]] Result<void> close(qint64 id);

    /// In place of an earlier one of the same volume. The id is set in the result.
    [[nodiscard]] Result<VolumeChange> open(VolumeChange change);
    /// Oldest first.
    [[nodiscard]] Result<QList<VolumeChange>> changes();
    [[nodiscard]] Result<void> closeChange(qint64 id);

private:
    Database& m_database;
};

} // namespace visgate
