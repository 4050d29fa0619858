// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/signals.h"

#include "core/practice/platform/posix/end_signals.h"

#include <unistd.h>

namespace visgate::practice::platform {

void holdEndSignals()
{
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

long ownPid()
{
    return ::getpid();
}

} // namespace visgate::practice::platform
