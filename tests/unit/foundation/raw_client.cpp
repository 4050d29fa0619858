// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/foundation/raw_client.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace visgate::test {
namespace {

int connectTo(int family, const sockaddr* address, socklen_t size)
{
    const int handle = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(handle, address, size) != 0) {
        ::close(handle);
        return -1;
    }
    return handle;
}

} // namespace

RawClient::RawClient(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    m_socket = connectTo(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

RawClient::RawClient(const std::string& localSocket)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, localSocket.c_str(), sizeof address.sun_path - 1);
    m_socket = connectTo(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

RawClient::~RawClient()
{
    close();
}

RawClient::RawClient(RawClient&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_buffer(std::move(other.m_buffer))
{
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::fill()
{
    std::array<char, 16 * 1024> piece{};
    const ssize_t got = recv(m_socket, piece.data(), piece.size(), 0);
    if (got <= 0)
        return false;
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

std::string RawClient::readUntil(std::string_view mark)
{
    std::size_t found = m_buffer.find(mark);
    while (found == std::string::npos) {
        if (!fill())
            return {};
        found = m_buffer.find(mark);
    }
    std::string taken = m_buffer.substr(0, found + mark.size());
    m_buffer.erase(0, taken.size());
    return taken;
}

std::string RawClient::readReply()
{
    constexpr std::string_view kLength = "Content-Length: ";
    std::string reply = readUntil("\r\n\r\n");
    const std::size_t length = reply.find(kLength);
    const std::size_t body = length == std::string::npos ? 0 : std::stoul(reply.substr(length + kLength.size()));
    while (m_buffer.size() < body && fill()) { }
    reply += m_buffer.substr(0, body);
    m_buffer.erase(0, body);
    return reply;
}

std::string RawClient::readAll()
{
    while (fill()) { }
    return std::exchange(m_buffer, {});
}

bool RawClient::isClosedByPeer()
{
    char byte = 0;
    const ssize_t got = recv(m_socket, &byte, 1, 0);
    return m_buffer.empty() && (got == 0 || (got < 0 && errno != EAGAIN));
}

void RawClient::shrinkReceiveBuffer()
{
    const int bytes = 4096;
    setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void RawClient::close()
{
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
}

void RawClient::reset()
{
    const linger abrupt{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    close();
}

} // namespace visgate::test
