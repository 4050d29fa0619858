// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight.h"

#include <algorithm>
#include <functional>

namespace visgate {

namespace {

std::optional<Error> firstOf(
    const QList<PreflightLine>& lines, const std::function<bool(const PreflightLine&)>& isMeant)
{
    const auto found = std::find_if(lines.cbegin(), lines.cend(),
        [&](const PreflightLine& line) { return line.level == PreflightLevel::Blocked && isMeant(line); });
    if (found == lines.cend())
        return std::nullopt;
    return found->error.value_or(Error{ErrorCode::InvalidRequest, found->id.toStdString(), 0, {}, {}});
}

} // namespace

bool PreflightReport::isBlocked() const
{
    return firstError().has_value();
}

std::optional<Error> PreflightReport::firstError() const
{
    return firstOf(lines, [](const PreflightLine&) { return true; });
}

std::optional<Error> PreflightReport::refusal() const
{
    return firstOf(lines, [](const PreflightLine& line) { return !line.advisory; });
}

const PreflightLine* PreflightReport::line(const QString& id) const
{
    const auto found
        = std::find_if(lines.cbegin(), lines.cend(), [&](const PreflightLine& line) { return line.id == id; });
    return found == lines.cend() ? nullptr : &*found;
}

} // namespace visgate
