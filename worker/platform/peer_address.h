// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

struct sockaddr;

namespace visgate::worker::platform {

/// What a resolved network address is; an IPv4 address inside an IPv6 one counts as itself.
[[nodiscard]] bool isLoopback(const sockaddr& address);
/// 169.254.0.0/16, fe80::/10, and "any" address, which reaches this computer as well.
[[nodiscard]] bool isLinkLocalOrUnspecified(const sockaddr& address);

/// None of those, no loopback, and no network that the internet does not reach (RFC 6890), nor an address by which a
/// gateway hands a packet on to one of them.
[[nodiscard]] bool isPublic(const sockaddr& address);

#ifdef _WIN32
using Socket = std::uintptr_t;
#else
using Socket = int;
#endif

/// A socket that programs started later do not inherit; the system's invalid one if there is none to be had.
[[nodiscard]] Socket openSocket(int family, int type, int protocol);

} // namespace visgate::worker::platform
