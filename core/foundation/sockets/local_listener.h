// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/sockets/listener.h"

#include <filesystem>

/// The private socket: reached by processes of our own user alone. A Unix domain socket, or a named pipe.
namespace visgate::sockets {

/// AlreadyServed if another process listens there; FileUnwritable says why not. What a killed process has left behind
/// is not in the way. The name goes with the listener.
[[nodiscard]] Result<std::unique_ptr<Listener>> listenOnLocal(
    boost::asio::io_context& io, const std::filesystem::path& path);

} // namespace visgate::sockets
