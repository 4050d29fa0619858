// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QDateTime>

#include <chrono>

namespace visgate::ui {

/// A moment on the clock of the wall, to the millisecond.
[[nodiscard]] inline QDateTime toLocalTime(TimePoint moment)
{
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count());
}

[[nodiscard]] inline TimePoint toTimePoint(const QDateTime& time)
{
    return TimePoint(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace visgate::ui
