// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

/// Who sits at the other end of a local socket: POSIX does not say, each of its systems does.
namespace visgate::sockets {

/// The user id of the process that connected `localSocket`; none if the system does not tell.
[[nodiscard]] std::optional<std::uint32_t> peerUserId(int localSocket);
[[nodiscard]] std::uint32_t currentUserId();

} // namespace visgate::sockets
