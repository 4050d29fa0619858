// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/posix/spawning.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace visgate::worker::platform {
namespace {

// A child that another thread starts between the calls inherits the ends: ours closes all it does not need.
bool keepToOurselves(const std::array<int, 2>& ends)
{
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    return true;
}

} // namespace

bool makePipe(std::array<int, 2>& ends)
{
    return ::pipe(ends.data()) == 0 && keepToOurselves(ends);
}

bool makeSocketPair(std::array<int, 2>& ends)
{
    return ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0 && keepToOurselves(ends);
}

void closeAllBut(int kept)
{
    for (int descriptor = STDERR_FILENO + 1; descriptor < ::getdtablesize(); ++descriptor) {
        if (descriptor != kept)
            ::close(descriptor);
    }
}

void endWith(pid_t) { } // nothing does that here; its channel's end tells it

} // namespace visgate::worker::platform
