// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/platform/posix/peer_user.h"

#include <sys/types.h>
#include <unistd.h>

namespace visgate::sockets {

std::optional<std::uint32_t> peerUserId(int localSocket)
{
    uid_t user = 0;
    gid_t group = 0;
    if (getpeereid(localSocket, &user, &group) != 0)
        return std::nullopt;
    return user;
}

std::uint32_t currentUserId()
{
    return geteuid();
}

} // namespace visgate::sockets
