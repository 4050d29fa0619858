// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"

#include <chrono>

namespace visgate::worker {

/// Waits, but no longer than until `cancel` is pulled. False if it was.
bool pauseFor(std::chrono::milliseconds time, const http::CancelToken& cancel);

} // namespace visgate::worker
