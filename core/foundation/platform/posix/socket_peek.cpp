// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/socket_peek.h"

#include <cerrno>
#include <sys/socket.h>

namespace visgate::platform {

bool isQuiet(int socket)
{
    char byte = 0;
    return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

} // namespace visgate::platform
