// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/server.h"

#include "core/foundation/file_error.h"
#include "core/foundation/http/connection.h"
#include "core/foundation/http/loop.h"
#include "core/foundation/platform/local_socket_file.h"
#include "core/foundation/platform/peer_user.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cstring>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace visgate::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Stream = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Stream>;
using LocalEndpoint = asio::local::stream_protocol::endpoint;

// Out of file descriptors: wait for some to be given back instead of spinning.
constexpr std::chrono::milliseconds kAcceptPause{100};

tcp::endpoint toTcp(const Stream::endpoint& endpoint)
{
    tcp::endpoint out;
    if (endpoint.size() <= out.capacity()) {
        std::memcpy(out.data(), endpoint.data(), endpoint.size());
        out.resize(endpoint.size());
    }
    return out;
}

std::string describe(const Listen& listen)
{
    return listen.localSocket.empty() ? listen.address + ":" + std::to_string(listen.port) : listen.localSocket;
}

Error inUse(const Listen& listen)
{
    if (!listen.localSocket.empty())
        return fileError(ErrorCode::AlreadyServed, listen.localSocket);
    return Error{ErrorCode::PortBusy, describe(listen), 0, {}, {std::to_string(listen.port)}};
}

Result<Stream::endpoint> endpointOf(const Listen& listen)
{
    if (!listen.localSocket.empty()) {
        if (listen.localSocket.size() >= sizeof(sockaddr_un{}.sun_path))
            return fail(fileError(ErrorCode::FileUnwritable, listen.localSocket, "the socket's path is too long"));
        return Stream::endpoint(LocalEndpoint(listen.localSocket));
    }
    error_code error;
    const asio::ip::address address = asio::ip::make_address(listen.address, error);
    if (error)
        return fail(ErrorCode::InvalidRequest, "not an IP address: " + listen.address);
    return Stream::endpoint(tcp::endpoint(address, listen.port));
}

class ServerImpl final : public Server {
public:
    ServerImpl(Handler handler, const ServerLimits& limits)
        : m_loop(std::make_shared<Loop>()), m_acceptor(m_loop->io), m_acceptTimer(m_loop->io)
    {
        m_context.handler = std::move(handler);
        m_context.limits = limits;
        m_context.loop = m_loop;
    }

    ~ServerImpl() override
    {
        if (m_thread.joinable()) {
            m_loop->post([this] { stop(); });
            m_thread.join();
        }
        m_loop->close();
        if (m_socketFile)
            platform::removeIfSame(m_socketPath, *m_socketFile);
    }

    Result<void> listen(const Listen& where)
    {
        auto endpoint = endpointOf(where);
        if (!endpoint)
            return tl::unexpected(endpoint.error());
        error_code error = bind(*endpoint, !where.localSocket.empty());
        if (error == asio::error::address_in_use && !where.localSocket.empty() && !isServed(*endpoint)
            && platform::removeStaleSocket(where.localSocket))
            error = bind(*endpoint, true);
        if (error == asio::error::address_in_use)
            return fail(inUse(where));
        if (error)
            return fail(fileError(ErrorCode::FileUnwritable, describe(where), error.message()));
        if (!where.localSocket.empty()) {
            const auto file = platform::restrictToOwner(where.localSocket);
            if (!file)
                return tl::unexpected(file.error());
            m_socketPath = where.localSocket;
            m_socketFile = *file;
        }
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error == asio::error::address_in_use)
            return fail(inUse(where));
        if (error)
            return fail(ErrorCode::Internal, describe(where) + ": " + error.message());
        if (where.localSocket.empty())
            m_port = toTcp(m_acceptor.local_endpoint(error)).port();
        accept();
        m_thread = std::thread([this] { run(); });
        return {};
    }

    [[nodiscard]] std::uint16_t port() const override { return m_port; }
    [[nodiscard]] std::size_t connectionCount() const override { return m_context.connectionCount; }

private:
    error_code bind(const Stream::endpoint& endpoint, bool isLocal)
    {
        error_code error;
        m_acceptor.close(error);
        m_acceptor.open(endpoint.protocol(), error);
        if (!error && !isLocal)
            m_acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error)
            m_acceptor.bind(endpoint, error);
        return error;
    }

    bool isServed(const Stream::endpoint& endpoint)
    {
        Connection::Socket probe(m_loop->io);
        error_code error;
        probe.connect(endpoint, error);
        return !error;
    }

    void run()
    {
        for (bool isDone = false; !isDone;) {
            try {
                m_loop->io.run();
                isDone = true;
            } catch (const std::exception&) {
                // Thrown by a callback of the server's user; the other connections have nothing to do with it.
            }
        }
    }

    void stop()
    {
        m_isStopping = true;
        error_code ignored;
        m_acceptor.close(ignored);
        m_acceptTimer.cancel();
        while (!m_context.connections.empty())
            (*m_context.connections.begin())->close();
    }

    void accept()
    {
        m_acceptor.async_accept(m_peer, [this](const error_code& error, Connection::Socket socket) {
            if (m_isStopping || !m_acceptor.is_open())
                return;
            if (!error) {
                welcome(std::move(socket));
                accept();
                return;
            }
            m_acceptTimer.expires_after(kAcceptPause);
            m_acceptTimer.async_wait([this](const error_code& cancelled) {
                if (!cancelled && !m_isStopping)
                    accept();
            });
        });
    }

    void welcome(Connection::Socket socket)
    {
        error_code error;
        if (m_socketFile) {
            if (platform::peerUserId(socket.native_handle()) != platform::currentUserId())
                return; // its destructor closes it
        } else {
            socket.set_option(tcp::no_delay(true), error);
        }
        if (m_context.connectionCount >= m_context.limits.connections) {
            refuse(socket);
            return;
        }
        std::string remote = m_socketFile ? std::string() : toTcp(m_peer).address().to_string();
        std::make_shared<Connection>(m_context, std::move(socket), std::move(remote))->start();
    }

    // Full: said once if the socket takes it at once, never waited for.
    static void refuse(Connection::Socket& socket)
    {
        error_code ignored;
        socket.non_blocking(true, ignored);
        const Headers headers{{"Retry-After", "1"}};
        const std::string head = wire::formatResponseHead(503, headers, wire::Framing::Length, 0, false);
        socket.write_some(asio::buffer(head), ignored);
        socket.shutdown(Connection::Socket::shutdown_both, ignored);
    }

    std::shared_ptr<Loop> m_loop;
    ServerContext m_context;
    Acceptor m_acceptor;
    Stream::endpoint m_peer;
    asio::steady_timer m_acceptTimer;
    std::string m_socketPath;
    std::optional<platform::FileIdentity> m_socketFile;
    std::uint16_t m_port = 0;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace

Result<std::unique_ptr<Server>> Server::start(const Listen& listen, Handler handler, const ServerLimits& limits)
{
    auto server = std::make_unique<ServerImpl>(std::move(handler), limits);
    const auto listening = server->listen(listen);
    if (!listening)
        return tl::unexpected(listening.error());
    return server;
}

} // namespace visgate::http
