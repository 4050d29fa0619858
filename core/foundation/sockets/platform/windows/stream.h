// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/error.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/windows/stream_handle.hpp>
#include <utility>

namespace visgate::sockets {

/// A socket, or one end of a named pipe. Both stand from the start; at most one of them is open.
class Stream {
public:
    using Socket = boost::asio::generic::stream_protocol::socket;
    using Pipe = boost::asio::windows::stream_handle;
    using executor_type = Socket::executor_type;

    explicit Stream(boost::asio::io_context& io) : m_socket(io), m_pipe(io) { }
    explicit Stream(Socket socket) : m_socket(std::move(socket)), m_pipe(m_socket.get_executor()) { }
    explicit Stream(Pipe pipe) : m_socket(pipe.get_executor()), m_pipe(std::move(pipe)) { }

    executor_type get_executor() { return m_socket.get_executor(); }
    [[nodiscard]] bool is_open() const { return m_socket.is_open() || m_pipe.is_open(); }
    Socket& socket() { return m_socket; }
    Pipe& pipe() { return m_pipe; }

    template <typename Buffers, typename Handler> void async_read_some(const Buffers& buffers, Handler&& handler)
    {
        if (!m_pipe.is_open()) {
            m_socket.async_read_some(buffers, std::forward<Handler>(handler));
            return;
        }
        m_pipe.async_read_some(buffers,
            [handler = std::forward<Handler>(handler)](
                const boost::system::error_code& error, std::size_t bytes) mutable {
                // A pipe has no half that can be closed: its end is that the other side has gone.
                const bool isEnd = error == boost::asio::error::broken_pipe;
                handler(isEnd ? boost::system::error_code(boost::asio::error::eof) : error, bytes);
            });
    }

    template <typename Buffers, typename Handler> void async_write_some(const Buffers& buffers, Handler&& handler)
    {
        if (m_pipe.is_open())
            m_pipe.async_write_some(buffers, std::forward<Handler>(handler));
        else
            m_socket.async_write_some(buffers, std::forward<Handler>(handler));
    }

    template <typename Endpoint, typename Handler> void async_connect(const Endpoint& endpoint, Handler&& handler)
    {
        m_socket.async_connect(endpoint, std::forward<Handler>(handler));
    }

    template <typename Option> void set_option(const Option& option, boost::system::error_code& error)
    {
        m_socket.set_option(option, error);
    }

    void close(boost::system::error_code& error)
    {
        if (m_pipe.is_open())
            m_pipe.close(error);
        else
            m_socket.close(error);
    }

private:
    Socket m_socket;
    Pipe m_pipe;
};

} // namespace visgate::sockets
