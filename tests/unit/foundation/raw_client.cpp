// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/foundation/raw_client.h"

#include "core/foundation/sockets/stream.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>
#include <utility>

namespace visgate::test {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr std::chrono::seconds kPatience{20};

} // namespace

struct RawClient::Connection {
    asio::io_context io{1};
    sockets::Stream stream{io};

    /// What one operation ends with, or timed_out.
    template <typename Start> error_code await(Start start, std::size_t* transferred = nullptr)
    {
        std::optional<error_code> outcome;
        start([&outcome, transferred](const error_code& error, std::size_t bytes = 0) {
            outcome = error;
            if (transferred != nullptr)
                *transferred = bytes;
        });
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        io.restart();
        while (!outcome && io.run_one_until(deadline) > 0) { }
        if (outcome)
            return *outcome;
        error_code ignored;
        stream.close(ignored); // ends the operation
        io.restart();
        while (!outcome)
            io.run_one();
        return asio::error::timed_out;
    }
};

RawClient::RawClient(std::uint16_t port) : m_connection(std::make_unique<Connection>())
{
    const asio::ip::tcp::endpoint server(asio::ip::address_v4::loopback(), port);
    const auto error = m_connection->await([&](auto done) {
        m_connection->stream.async_connect(server, [done](const error_code& result) mutable { done(result); });
    });
    if (error)
        close();
}

RawClient::RawClient(const std::filesystem::path& localSocket) : m_connection(std::make_unique<Connection>())
{
    const auto error = m_connection->await([&](auto done) {
        sockets::connectLocal(
            m_connection->stream, localSocket, [done](const error_code& result) mutable { done(result); });
    });
    if (error)
        close();
}

RawClient::~RawClient() = default;
RawClient::RawClient(RawClient&& other) noexcept = default;

bool RawClient::isConnected() const
{
    return m_connection && m_connection->stream.is_open();
}

bool RawClient::send(std::string_view bytes)
{
    return isConnected() && !m_connection->await([&](auto done) {
        asio::async_write(m_connection->stream, asio::buffer(bytes), std::move(done));
    });
}

bool RawClient::fill()
{
    std::array<char, 16 * 1024> piece{};
    std::size_t got = 0;
    if (!isConnected())
        return false;
    const auto error = m_connection->await(
        [&](auto done) { m_connection->stream.async_read_some(asio::buffer(piece), std::move(done)); }, &got);
    m_buffer.append(piece.data(), got);
    return !error && got > 0;
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

std::string RawClient::dripUntilAnswered(std::string_view piece, std::chrono::milliseconds every)
{
    std::array<char, 4096> first{};
    std::optional<std::size_t> got;
    if (!isConnected())
        return {};
    m_connection->stream.async_read_some(
        asio::buffer(first), [&got](const error_code&, std::size_t bytes) { got = bytes; });
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!got && std::chrono::steady_clock::now() < deadline && send(piece)) {
        m_connection->io.restart();
        m_connection->io.run_for(every);
    }
    // What the peer said before it closed is still to be read.
    m_connection->io.restart();
    while (!got && m_connection->io.run_one_until(deadline) > 0) { }
    if (!got)
        close();
    m_connection->io.restart();
    while (!got)
        m_connection->io.run_one();
    return {first.data(), *got};
}

bool RawClient::isClosedByPeer()
{
    char byte = 0;
    if (!m_buffer.empty() || !isConnected())
        return false;
    const auto error = m_connection->await(
        [&](auto done) { m_connection->stream.async_read_some(asio::buffer(&byte, 1), std::move(done)); });
    return error && error != asio::error::timed_out;
}

void RawClient::shrinkReceiveBuffer()
{
    error_code ignored;
    m_connection->stream.set_option(asio::socket_base::receive_buffer_size(4096), ignored);
}

void RawClient::close()
{
    error_code ignored;
    if (m_connection)
        m_connection->stream.close(ignored);
}

void RawClient::reset()
{
    error_code ignored;
    m_connection->stream.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

} // namespace visgate::test
