// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QString>
#include <QStringList>

namespace visgate {

/// What a deployment must know from its user before it goes on: whether the next GPU plan may cost more than the one
/// that was agreed to. Nothing runs and nothing costs while it waits.
struct DeploymentQuestion {
    QStringList pools; ///< of the plan in question
    QStringList gpuNames;
    double usdPerHour = 0.0;     ///< its dearest GPU
    double usdPerHourMore = 0.0; ///< above the price agreed to
    TimePoint askedAt;
    bool operator==(const DeploymentQuestion&) const = default;
};

} // namespace visgate
