// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace visgate::practice::platform {

namespace {

sigset_t endSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

} // namespace

void holdEndSignals()
{
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

bool waitForEndSignal(std::chrono::milliseconds most)
{
    const sigset_t set = endSignals();
    timespec limit{};
    limit.tv_sec = static_cast<time_t>(most.count() / 1000);
    limit.tv_nsec = static_cast<long>(most.count() % 1000) * 1'000'000;
    return sigtimedwait(&set, nullptr, &limit) > 0;
}

long ownPid()
{
    return ::getpid();
}

} // namespace visgate::practice::platform
