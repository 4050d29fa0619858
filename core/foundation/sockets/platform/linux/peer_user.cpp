// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/platform/posix/peer_user.h"

#include <sys/socket.h>
#include <unistd.h>

namespace visgate::sockets {

std::optional<std::uint32_t> peerUserId(int localSocket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(localSocket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0 || size != sizeof credentials)
        return std::nullopt;
    return credentials.uid;
}

std::uint32_t currentUserId()
{
    return geteuid();
}

} // namespace visgate::sockets
