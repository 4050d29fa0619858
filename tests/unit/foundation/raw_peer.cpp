// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/foundation/raw_peer.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace visgate::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

bool RawPeer::Connection::readUntil(std::string_view mark)
{
    std::size_t found = m_buffer.find(mark);
    while (found == std::string::npos) {
        std::array<char, 4096> piece{};
        error_code error;
        const std::size_t got = m_socket.read_some(asio::buffer(piece), error);
        if (error)
            return false;
        m_buffer.append(piece.data(), got);
        found = m_buffer.find(mark);
    }
    m_buffer.erase(0, found + mark.size());
    return true;
}

bool RawPeer::Connection::send(std::string_view bytes)
{
    error_code error;
    asio::write(m_socket, asio::buffer(bytes), error);
    return !error;
}

RawPeer::RawPeer()
    : m_listener(m_io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)), m_port(m_listener.local_endpoint().port()),
      m_current(m_io)
{
}

RawPeer::~RawPeer()
{
    error_code ignored;
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_current.shutdown(tcp::socket::shutdown_both, ignored);
    }
    tcp::socket wake(m_io); // accept waits for somebody
    if (m_thread.joinable()) {
        wake.connect(m_listener.local_endpoint(), ignored);
        m_thread.join();
    }
}

void RawPeer::serve(std::function<void(Connection&)> script)
{
    m_thread = std::thread([this, script = std::move(script)] { run(script); });
}

void RawPeer::run(const std::function<void(Connection&)>& script)
{
    while (true) {
        error_code error;
        tcp::socket accepted(m_io);
        m_listener.accept(accepted, error);
        {
            const std::lock_guard lock(m_mutex);
            if (error || m_isStopping)
                return;
            ++m_connections;
            m_current = std::move(accepted);
        }
        Connection connection(m_current);
        script(connection);
        const std::lock_guard lock(m_mutex);
        m_current.close(error);
    }
}

} // namespace visgate::test
