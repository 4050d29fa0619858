// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/posix/spawning.h"

#include <fcntl.h>
#include <unistd.h>

namespace visgate::practice::platform {

bool makePipe(std::array<int, 2>& ends)
{
    // A child that another thread starts between the calls inherits the ends: ours closes all it does not need.
    if (::pipe(ends.data()) != 0)
        return false;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    return true;
}

void closeAllBut(int kept)
{
    for (int descriptor = STDERR_FILENO + 1; descriptor < ::getdtablesize(); ++descriptor) {
        if (descriptor != kept)
            ::close(descriptor);
    }
}

void endWith(pid_t) { } // nothing does that here

} // namespace visgate::practice::platform
