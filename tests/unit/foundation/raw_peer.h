// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace visgate::test {

/// A TCP peer that answers with whatever bytes a test wants: one connection after the other, on a thread of its own.
class RawPeer {
public:
    class Connection {
    public:
        explicit Connection(int socket) : m_socket(socket) { }
        /// False if the other side closed first.
        bool readUntil(std::string_view mark);
        bool send(std::string_view bytes);

    private:
        int m_socket;
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
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<int> m_current = -1;
    std::atomic<bool> m_isStopping = false;
    std::thread m_thread;
};

} // namespace visgate::test
