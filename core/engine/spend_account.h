// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/spend_keeper.h"

namespace visgate {

/// One deployment's meter, and what it gave that is not written yet.
struct SpendKeeper::Account {
    DeploymentId deployment;
    Target target = Target::Practice;
    CostMeter meter;
    QList<CostShare> total;     ///< since it was created
    QList<CostShare> unwritten; ///< of `hour`
    TimePoint hour;
    std::optional<double> billedUsd;
    double jobsUsd = 0.0; ///< what the jobs that ended since the start took: the least that it cost
    MonotonicPoint writtenAt;
    qsizetype workersWritten = 0;
};

} // namespace visgate
