// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sockaddr;

namespace visgate::worker::platform {

/// What a resolved network address is; an IPv4 address inside an IPv6 one counts as itself.
[[nodiscard]] bool isLoopback(const sockaddr& address);
/// 169.254.0.0/16, fe80::/10, and "any" address, which reaches this computer as well.
[[nodiscard]] bool isLinkLocalOrUnspecified(const sockaddr& address);

/// A socket that programs started later do not inherit; -1 if there is none to be had.
[[nodiscard]] int openSocket(int family, int type, int protocol);

} // namespace visgate::worker::platform
