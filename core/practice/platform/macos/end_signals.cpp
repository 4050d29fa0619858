// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/posix/end_signals.h"

#include "core/practice/platform/signals.h"

#include <array>
#include <sys/event.h>
#include <unistd.h>

namespace visgate::practice::platform {

bool waitForEndSignal(std::chrono::milliseconds most)
{
    // sigtimedwait is missing here. A kernel queue tells of signals that are held back, too.
    sigset_t pending;
    if (sigpending(&pending) == 0) {
        for (const int number : kEndSignals) {
            if (sigismember(&pending, number) == 1) // it came before the queue was there
                return true;
        }
    }
    const int queue = kqueue();
    std::array<struct kevent, kEndSignals.size()> wanted{};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EV_SET(&wanted[i], static_cast<uintptr_t>(kEndSignals[i]), EVFILT_SIGNAL, EV_ADD, 0, 0, nullptr);
    timespec limit{};
    limit.tv_sec = static_cast<time_t>(most.count() / 1000);
    limit.tv_nsec = static_cast<long>(most.count() % 1000) * 1'000'000;
    struct kevent came { };
    const int count = kevent(queue, wanted.data(), static_cast<int>(wanted.size()), &came, 1, &limit);
    ::close(queue);
    return count > 0 && (came.flags & EV_ERROR) == 0;
}

} // namespace visgate::practice::platform
