// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QString>
#include <QStringList>

namespace visgate {

/// What a deployment must know from its user before it goes on: whether the next GPU plan may be used, which costs more
/// than the one that was agreed to or has other GPUs. Nothing runs and nothing costs while it waits.
struct DeploymentQuestion {
    QStringList pools; ///< of the plan in question
    QStringList gpuNames;
    double usdPerHour = 0.0;     ///< its dearest GPU
    double usdPerHourMore = 0.0; ///< above the price agreed to; not above 0 where only the GPUs are others
    TimePoint askedAt;

    /// By a difference that anybody is shown.
    [[nodiscard]] bool isDearer() const { return usdPerHourMore > 0.0005; }
    bool operator==(const DeploymentQuestion&) const = default;
};

} // namespace visgate
