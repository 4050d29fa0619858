// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <QString>

#include <optional>

namespace visgate {

/// Why a container does not start or went away, as the provider's system log or the container itself says it.
struct StartCause {
    Error error;          ///< with the telling part of the line as detail
    bool mayPass = false; ///< the worker may yet get over it: final only if it goes away
};

/// What a line of a worker's log means for its start; nothing for all others. `isSystem`: the provider wrote the line,
/// not the container.
[[nodiscard]] std::optional<StartCause> startCauseOf(const QString& line, bool isSystem);

} // namespace visgate
