// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "tests/support/await.h"

#include <QString>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::test {

/// A real HTTP server on a loopback port that answers as the test says and remembers what it was asked. The handler
/// runs on the server's thread. Exchanges it does not answer are kept open until the server goes.
class ScriptedServer {
public:
    using Handler = std::function<void(http::Exchange&)>;

    explicit ScriptedServer(Handler handler) : m_handler(std::move(handler))
    {
        auto server = http::Server::start({}, [this](std::shared_ptr<http::Exchange> exchange) {
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(exchange->request());
                m_exchanges.push_back(exchange);
            }
            m_handler(*exchange);
        });
        if (!server)
            throw std::runtime_error("the scripted server does not start: " + server.error().detail);
        m_server = std::move(*server);
    }

    [[nodiscard]] QUrl url(const QString& path = {}) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server->port()).arg(path));
    }
    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }

    [[nodiscard]] std::vector<http::Request> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] std::size_t count(std::string_view method) const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<std::size_t>(std::count_if(m_requests.begin(), m_requests.end(),
            [method](const http::Request& request) { return request.method == method; }));
    }
    /// The open exchange of the n-th request, to be answered later.
    [[nodiscard]] std::shared_ptr<http::Exchange> exchange(std::size_t index) const
    {
        const std::lock_guard lock(m_mutex);
        return m_exchanges.at(index);
    }

private:
    mutable std::mutex m_mutex;
    std::vector<http::Request> m_requests;
    std::vector<std::shared_ptr<http::Exchange>> m_exchanges;
    Handler m_handler;
    std::unique_ptr<http::Server> m_server; ///< last: its thread uses the rest
};

/// Runs the event loop until the condition, which another thread may bring about, holds; false when it never does.
[[nodiscard]] inline bool becomesTrue(
    const std::function<bool()>& condition, std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    QTimer look;
    look.start(std::chrono::milliseconds(5));
    return waitUntil(condition, limit);
}

[[nodiscard]] inline http::Response reply(int status, std::string body = {}, http::Headers headers = {})
{
    return {status, std::move(headers), std::move(body)};
}

} // namespace visgate::test
