// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"
#include "core/domain/preflight/preflight.h"

#include <chrono>
#include <optional>

namespace visgate {

/// What a deployment would need and cost, known from disk at once and refined by live answers.
struct DeployQuote {
    GpuPlan plan;
    PriceQuote price;
    PreflightReport preflight;
    std::optional<std::chrono::seconds> readyLow;
    std::optional<std::chrono::seconds> readyHigh;
    int ownSamples = 0; ///< starts of the user's own behind that range; under kEnoughSamples "no history yet"
    bool operator==(const DeployQuote&) const = default;
};

} // namespace visgate
