// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <signal.h>

namespace visgate::practice::platform {

/// Those that ask a process to end.
inline constexpr std::array kEndSignals{SIGINT, SIGTERM, SIGHUP};

[[nodiscard]] inline sigset_t endSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : kEndSignals)
        sigaddset(&set, number);
    return set;
}

} // namespace visgate::practice::platform
