// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"

#include <string_view>

namespace visgate {

/// Level, request and text of a worker's line for a reader: an event becomes a sentence ("download: 1.2 of 6.9 GB"),
/// the queue's JSON shape is unwrapped, anything else stays as it is.
[[nodiscard]] LogLine readableLine(std::string_view line);

} // namespace visgate
