// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"
#include "core/domain/gpu.h"
#include "core/domain/model.h"

#include <chrono>

namespace visgate {

/// Durations that a price is made of, before this computer has its own history.
struct ExpectedTimes {
    std::chrono::seconds coldStart{0}; ///< image pull excluded: download and load of the model
    std::chrono::seconds picture{0};   ///< one generation on a loaded worker
};

/// Rough and on the dear side: download at 200 MB/s, load at 1 GB/s, and the model's default steps.
[[nodiscard]] ExpectedTimes expectedTimes(const ModelSpec& model);

/// The price on the button. The dearest GPU of the plan is taken. Worst case: nobody watches, the worker starts as
/// slowly as the start limit allows, runs one job to its execution limit, then idles out.
[[nodiscard]] PriceQuote quotePrice(const ModelSpec& model, const GpuPlan& plan, const EndpointLimits& limits);

} // namespace visgate
