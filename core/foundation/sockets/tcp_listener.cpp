// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/file_error.h"
#include "core/foundation/sockets/listener.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstring>
#include <utility>

namespace visgate::sockets {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;

tcp::endpoint toTcp(const Protocol::endpoint& endpoint)
{
    tcp::endpoint out;
    if (endpoint.size() <= out.capacity()) {
        std::memcpy(out.data(), endpoint.data(), endpoint.size());
        out.resize(endpoint.size());
    }
    return out;
}

class TcpListener final : public Listener {
public:
    explicit TcpListener(asio::io_context& io) : m_acceptor(io) { }

    Result<void> listen(const std::string& address, std::uint16_t port)
    {
        error_code error;
        const asio::ip::address ip = asio::ip::make_address(address, error);
        if (error)
            return fail(ErrorCode::InvalidRequest, "not an IP address: " + address);
        const std::string name = address + ":" + std::to_string(port);
        const Protocol::endpoint endpoint(tcp::endpoint(ip, port));
        m_acceptor.open(endpoint.protocol(), error);
        if (!error)
            keepPort(m_acceptor, error);
        if (!error)
            m_acceptor.bind(endpoint, error);
        const bool isBound = !error;
        if (isBound)
            m_acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error == asio::error::address_in_use)
            return fail(Error{ErrorCode::PortBusy, name, 0, {}, {std::to_string(port)}});
        if (error && isBound)
            return fail(ErrorCode::Internal, name + ": " + error.message());
        if (error)
            return fail(fileError(ErrorCode::FileUnwritable, name, error.message()));
        m_port = toTcp(m_acceptor.local_endpoint(error)).port();
        return {};
    }

    void accept(OnConnection callback) override
    {
        m_acceptor.async_accept(
            m_peer, [this, callback = std::move(callback)](const error_code& error, Protocol::socket socket) {
                error_code ignored;
                if (!error)
                    socket.set_option(tcp::no_delay(true), ignored);
                callback(error, Stream(std::move(socket)), toTcp(m_peer).address().to_string());
            });
    }

    void close() override
    {
        error_code ignored;
        m_acceptor.close(ignored);
    }

    [[nodiscard]] std::uint16_t port() const override { return m_port; }

private:
    asio::basic_socket_acceptor<Protocol> m_acceptor;
    Protocol::endpoint m_peer;
    std::uint16_t m_port = 0;
};

} // namespace

Result<std::unique_ptr<Listener>> listenOnTcp(asio::io_context& io, const std::string& address, std::uint16_t port)
{
    auto listener = std::make_unique<TcpListener>(io);
    if (const auto listening = listener->listen(address, port); !listening)
        return tl::unexpected(listening.error());
    return listener;
}

} // namespace visgate::sockets
