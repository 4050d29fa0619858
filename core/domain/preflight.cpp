// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight.h"

namespace visgate {

bool PreflightReport::isBlocked() const
{
    return firstError().has_value();
}

std::optional<Error> PreflightReport::firstError() const
{
    for (const PreflightLine& line : lines) {
        if (line.level == PreflightLevel::Blocked)
            return line.error.value_or(Error{ErrorCode::InvalidRequest, line.id.toStdString(), 0, {}, {}});
    }
    return std::nullopt;
}

} // namespace visgate
