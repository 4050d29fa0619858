// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "core/foundation/ids.h"
#include "core/foundation/result.h"

#include <QList>

namespace visgate {

class Database;

/// A span, and whose.
struct OwnedSpan {
    DeploymentId deployment;
    WorkerSpan span;
};

/// How deployments' workers were over time, and when each deployment went into which state. Every detail stays a day,
/// after that one span a minute, after a week one in ten minutes; what ended 31 days ago goes, and only for its age.
class MetricsRepository {
public:
    explicit MetricsRepository(Database& database);

    /// In one transaction. A span of the same beginning is the same one: it has gone on.
    [[nodiscard]] Result<void> put(const QList<OwnedSpan>& spans);
    /// Those that reach into the time, oldest first.
    [[nodiscard]] Result<QList<WorkerSpan>> list(const DeploymentId& deployment, TimePoint from, TimePoint to);
    /// Whose spans reach into the time.
    [[nodiscard]] Result<QList<DeploymentId>> deployments(TimePoint from, TimePoint to);
    /// The states that reach into the time, oldest first. DeploymentRepository::save() writes them.
    [[nodiscard]] Result<QList<StageSpan>> stages(const DeploymentId& deployment, TimePoint from, TimePoint to);
    /// Makes what has grown old coarser, a part at a time, and forgets what is too old. Whether something is left to
    /// do.
    [[nodiscard]] Result<bool> tidy(TimePoint now);

private:
    struct Grain;

    [[nodiscard]] Result<void> write(const OwnedSpan& owned, qint64 grain);
    [[nodiscard]] Result<QList<OwnedSpan>> finer(const Grain& grain, TimePoint now);
    [[nodiscard]] Result<bool> coarsen(const Grain& grain, TimePoint now);
    Database& m_database;
};

} // namespace visgate
