// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/money/spend_books.h"

namespace visgate {

[[nodiscard]] inline TimePoint hourOf(TimePoint time)
{
    return std::chrono::floor<std::chrono::hours>(time);
}

/// One deployment's meter, and what it gave that is not written yet.
struct SpendBooks::Account {
    DeploymentId deployment;
    AccountId target = AccountId::practice();
    CostMeter meter;
    QList<SpendHour> hours;     ///< all of its life, the present one with what is not written yet
    QList<CostShare> unwritten; ///< of `hour`
    TimePoint hour;
    MonotonicPoint writtenAt;
    qsizetype workersWritten = 0;
    double usdPerHourWritten = 0.0; ///< what they cost: the figure that is shown after a restart, until the first look

    [[nodiscard]] bool hasWorkersToWrite() const
    {
        return meter.workers().size() != workersWritten || meter.usdPerHourNow() != usdPerHourWritten;
    }
};

} // namespace visgate
