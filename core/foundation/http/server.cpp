// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/server.h"

#include "core/foundation/http/connection.h"
#include "core/foundation/http/loop.h"
#include "core/foundation/sockets/listener.h"
#include "core/foundation/sockets/local_listener.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <thread>
#include <utility>

namespace visgate::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using sockets::Stream;

// Out of file descriptors: wait for some to be given back instead of spinning.
constexpr std::chrono::milliseconds kAcceptPause{100};

class ServerImpl final : public Server {
public:
    ServerImpl(Handler handler, const ServerLimits& limits)
        : m_loop(std::make_shared<Loop>()), m_acceptTimer(m_loop->io)
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
    }

    Result<void> listen(const Listen& where)
    {
        auto listener = where.localSocket.empty() ? sockets::listenOnTcp(m_loop->io, where.address, where.port)
                                                  : sockets::listenOnLocal(m_loop->io, where.localSocket);
        if (!listener)
            return tl::unexpected(listener.error());
        m_listener = std::move(*listener);
        accept();
        m_thread = std::thread([this] { run(); });
        return {};
    }

    [[nodiscard]] std::uint16_t port() const override { return m_listener->port(); }
    [[nodiscard]] std::size_t connectionCount() const override { return m_context.connectionCount; }

private:
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
        m_listener->close();
        m_acceptTimer.cancel();
        while (!m_context.connections.empty())
            (*m_context.connections.begin())->close();
    }

    void accept()
    {
        m_listener->accept([this](const error_code& error, Stream stream, std::string remote) {
            if (m_isStopping)
                return;
            if (!error) {
                welcome(std::move(stream), std::move(remote));
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

    void welcome(Stream stream, std::string remote)
    {
        if (m_context.connectionCount >= m_context.limits.connections) {
            refuse(stream);
            return;
        }
        std::make_shared<Connection>(m_context, std::move(stream), std::move(remote))->start();
    }

    // Full: said once if the socket takes it at once, never waited for.
    static void refuse(Stream& stream)
    {
        const Headers headers{{"Retry-After", "1"}};
        const std::string head = wire::formatResponseHead(503, headers, wire::Framing::Length, 0, false);
        sockets::writeAtOnce(stream, head);
    }

    std::shared_ptr<Loop> m_loop;
    ServerContext m_context;
    std::unique_ptr<sockets::Listener> m_listener;
    asio::steady_timer m_acceptTimer;
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
