// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/peer_address.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace visgate::worker::platform {

Socket openSocket(int family, int type, int protocol)
{
    const int opened = ::socket(family, type, protocol);
    if (opened >= 0) {
        ::fcntl(opened, F_SETFD, FD_CLOEXEC);
    }
    return opened;
}

} // namespace visgate::worker::platform
