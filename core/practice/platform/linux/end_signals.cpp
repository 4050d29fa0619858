// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/posix/end_signals.h"

#include "core/practice/platform/signals.h"

namespace visgate::practice::platform {

bool waitForEndSignal(std::chrono::milliseconds most)
{
    const sigset_t set = endSignals();
    timespec limit{};
    limit.tv_sec = static_cast<time_t>(most.count() / 1000);
    limit.tv_nsec = static_cast<long>(most.count() % 1000) * 1'000'000;
    return sigtimedwait(&set, nullptr, &limit) > 0;
}

} // namespace visgate::practice::platform
