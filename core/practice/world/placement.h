// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/catalog.h"
#include "core/practice/world/records.h"

#include <cstdint>
#include <optional>
#include <string>

namespace visgate::practice {

/// Where a worker got its machine.
struct Place {
    std::string gpuTypeId; ///< empty on a CPU machine
    std::string cpuId;
    std::string dataCenterId;
    double usdPerSecond = 0; ///< of the whole worker
};

/// Picks a machine for a worker of this endpoint: among the GPU types of its pools minus exclusions that are in
/// stock, fit the CUDA limits and stand in an allowed data center (that of a network volume, when it has some); the
/// fuller the stock, the likelier. `dice` decides. Nothing if none is free.
[[nodiscard]] std::optional<Place> findPlace(const EndpointConfig& config, const Catalog& catalog,
    const std::map<std::string, Volume>& volumes, std::uint64_t dice);

/// A repeatable number for each (seed, text): splitmix over a hash.
[[nodiscard]] std::uint64_t diceFor(std::uint64_t seed, const std::string& text);

} // namespace visgate::practice
