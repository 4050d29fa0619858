// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/foundation/raw_peer.h"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace visgate::test {

bool RawPeer::Connection::readUntil(std::string_view mark)
{
    std::size_t found = m_buffer.find(mark);
    while (found == std::string::npos) {
        std::array<char, 4096> piece{};
        const ssize_t got = recv(m_socket, piece.data(), piece.size(), 0);
        if (got <= 0)
            return false;
        m_buffer.append(piece.data(), static_cast<std::size_t>(got));
        found = m_buffer.find(mark);
    }
    m_buffer.erase(0, found + mark.size());
    return true;
}

bool RawPeer::Connection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

RawPeer::RawPeer() : m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(m_listener, generic, size) == 0 && listen(m_listener, 16) == 0
        && getsockname(m_listener, generic, &size) == 0)
        m_port = ntohs(address.sin_port);
}

RawPeer::~RawPeer()
{
    m_isStopping = true;
    shutdown(m_listener, SHUT_RDWR); // wakes accept
    const int current = m_current;
    if (current >= 0)
        shutdown(current, SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
    close(m_listener);
}

void RawPeer::serve(std::function<void(Connection&)> script)
{
    m_thread = std::thread([this, run = std::move(script)] {
        while (!m_isStopping) {
            const int socket = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0)
                return;
            ++m_connections;
            m_current = socket;
            Connection connection(socket);
            if (!m_isStopping)
                run(connection);
            m_current = -1;
            close(socket);
        }
    });
}

} // namespace visgate::test
