// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/sockets/stream.h"

#include "core/foundation/sockets/platform/posix/local_endpoint.h"

#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace visgate::sockets {

void connectLocal(Stream& stream, const std::filesystem::path& path, OnConnected callback)
{
    if (const auto endpoint = localEndpoint(path))
        stream.async_connect(*endpoint, std::move(callback));
    else
        callback(boost::system::errc::make_error_code(boost::system::errc::filename_too_long));
}

void keepPort(boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>& acceptor,
    boost::system::error_code& error)
{
    acceptor.set_option(boost::asio::socket_base::reuse_address(true), error);
}

void shutdownSend(Stream& stream)
{
    boost::system::error_code ignored;
    stream.shutdown(Stream::shutdown_send, ignored);
}

void writeAtOnce(Stream& stream, std::string_view bytes)
{
    boost::system::error_code ignored;
    stream.non_blocking(true, ignored);
    stream.write_some(boost::asio::buffer(bytes), ignored);
    stream.shutdown(Stream::shutdown_both, ignored);
}

bool isQuiet(Stream& stream)
{
    char byte = 0;
    return recv(stream.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0
        && (errno == EAGAIN || errno == EWOULDBLOCK);
}

} // namespace visgate::sockets
