// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/delivery/picture_result.h"

#include <nlohmann/json_fwd.hpp>

namespace visgate::worker {

/// What a job with `debug: true` is told of the worker: its model, its runner and what they can do.
[[nodiscard]] nlohmann::json describe(const Identity& identity, const Capabilities& can);

} // namespace visgate::worker
