// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/latency.h"
#include "core/operations/operation.h"

#include <optional>

// What the program has measured.
namespace visgate {

/// How long pictures and starts took, by the dimensions that are asked for.
struct GetLatency {
    using Reply = QList<LatencyGroup>;
    static constexpr OperationInfo kInfo{"get_latency", Effect::Reads};
    LatencyDimensions by;
    std::optional<AccountId> target = {}; ///< unset: all
    std::optional<TimePoint> since = {};  ///< unset: as long as it is kept
};

} // namespace visgate
