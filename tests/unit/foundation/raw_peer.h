// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace visgate::test {

/// A TCP peer that answers with whatever bytes a test wants: one connection after the other, on a thread of its own.
class RawPeer {
public:
    class Connection {
    public:
        explicit Connection(boost::asio::ip::tcp::socket& socket) : m_socket(socket) { }
        /// False if the other side closed first.
        bool readUntil(std::string_view mark);
        bool send(std::string_view bytes);

    private:
        boost::asio::ip::tcp::socket& m_socket;
        std::string m_buffer;
    };

    RawPeer();
    ~RawPeer();
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    /// Handles each connection with `script`, then closes it.
    void serve(std::function<void(Connection&)> script);
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] int connectionCount() const { return m_connections; }

private:
    void run(const std::function<void(Connection&)>& script);

    boost::asio::io_context m_io{1};
    boost::asio::ip::tcp::acceptor m_listener;
    std::uint16_t m_port = 0;
    std::atomic<int> m_connections = 0;
    std::mutex m_mutex; ///< guards the rest
    boost::asio::ip::tcp::socket m_current;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace visgate::test
