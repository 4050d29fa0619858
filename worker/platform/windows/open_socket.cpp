// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/peer_address.h"

#include <winsock2.h>

namespace visgate::worker::platform {

Socket openSocket(int family, int type, int protocol)
{
    return WSASocketW(family, type, protocol, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

} // namespace visgate::worker::platform
