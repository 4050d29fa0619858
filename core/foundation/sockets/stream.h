// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef _WIN32
#include "core/foundation/sockets/platform/windows/stream.h"
#else
#include "core/foundation/sockets/platform/posix/stream.h"
#endif

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <filesystem>
#include <functional>
#include <string_view>

/// One connection's stream of bytes, TCP or local, with the part of a Boost.Asio socket's interface that is used here.
namespace visgate::sockets {

using OnConnected = std::function<void(const boost::system::error_code& error)>;

/// Connects to what listens at `path` (local_listener.h).
void connectLocal(Stream& stream, const std::filesystem::path& path, OnConnected callback);
/// Before it binds: another program cannot take a port that is listened on, and our own next start can at once.
void keepPort(boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>& acceptor,
    boost::system::error_code& error);
/// Tells the other side that nothing more will be sent.
void shutdownSend(Stream& stream);
/// Sends what the connection takes without waiting, and no more: for one that is closed next.
void writeAtOnce(Stream& stream, std::string_view bytes);
/// True if the connection stands and nothing has come in: no end, no error, no stray byte. Takes nothing out.
[[nodiscard]] bool isQuiet(Stream& stream);

} // namespace visgate::sockets
