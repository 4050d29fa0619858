// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"
#include "core/foundation/http/message.h"
#include "core/foundation/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace visgate::http {

/// Where to listen: a TCP address, or a local socket whose peers must run as our own user.
struct Listen {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;            ///< 0: the system picks one, Server::port() tells
    std::filesystem::path localSocket; ///< when set, address and port are ignored
};

/// Everything a stranger could use up has a limit. Durations cut slow or idle connections.
struct ServerLimits {
    std::size_t headerBytes = 16 * kKiB;
    std::size_t bodyBytes = kMiB;
    std::size_t connections = 256;
    /// Of bodies that come in or are being answered, all connections together; who goes beyond is told to come later.
    std::size_t heldBytes = 64 * kMiB;
    /// The limit for one request's body, by its head: a stranger need not send as much as who may come in. Unset: all
    /// alike. Called on the server's thread.
    std::function<std::size_t(const Request& head)> bodyBytesFor = {};
    std::size_t streamBacklogBytes = 4 * kMiB; ///< unsent bytes of a streamed reply before the client is cut
    std::chrono::milliseconds headerTimeout{10'000};
    std::chrono::milliseconds bodyTimeout{30'000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::chrono::milliseconds writeTimeout{30'000};
};

/// One request and its reply. May be kept and answered later, from any thread. If the last reference goes without
/// an answer, the client gets a 500. All members are thread-safe; after the client has left, answers go nowhere.
class Exchange {
public:
    virtual ~Exchange() = default;
    [[nodiscard]] virtual const Request& request() const = 0;
    /// The whole reply. A second answer is ignored.
    virtual void respond(Response response) = 0;
    /// Starts a streamed reply (SSE, long files): chunked, connection closed at its end.
    virtual void beginStream(int status, Headers headers) = 0;
    /// False when the client has left or its backlog is full (it is then cut off).
    virtual bool write(std::string chunk) = 0;
    virtual void endStream() = 0;
    /// Unsent bytes of a streamed reply.
    [[nodiscard]] virtual std::size_t backlog() const = 0;
    /// Called once, on the server's thread, when the client leaves before the reply is complete.
    virtual void onClosed(std::function<void()> callback) = 0;
    [[nodiscard]] virtual bool isClosed() const = 0;
    /// Cuts the connection without an answer.
    virtual void abort() = 0;
    /// Sends these bytes as they are, then cuts: for fault injection only.
    virtual void sendRawAndAbort(std::string bytes) = 0;
};

/// An HTTP/1.1 server on a thread of its own (Boost.Beast). Keep-alive, HEAD, `Expect: 100-continue`; 413, 431 and
/// 400 are answered here, before the handler is asked.
class Server {
public:
    /// Called on the server's thread: must not block.
    using Handler = std::function<void(std::shared_ptr<Exchange>)>;

    /// Listens at once; the Result says why it cannot.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(
        const Listen& listen, Handler handler, const ServerLimits& limits = {});
    /// Cuts every connection and joins the thread; so never from within a handler or one of its callbacks.
    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual std::size_t connectionCount() const = 0;
};

} // namespace visgate::http
