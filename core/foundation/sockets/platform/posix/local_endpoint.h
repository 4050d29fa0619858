// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <optional>
#include <sys/un.h>

namespace visgate::sockets {

/// None for a path that is too long for a socket.
[[nodiscard]] inline std::optional<boost::asio::local::stream_protocol::endpoint> localEndpoint(
    const std::filesystem::path& path)
{
    if (path.native().size() >= sizeof(sockaddr_un{}.sun_path))
        return std::nullopt;
    return boost::asio::local::stream_protocol::endpoint(path.native());
}

} // namespace visgate::sockets
