// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"
#include "core/foundation/http/exchange.h"
#include "core/foundation/http/loop.h"
#include "core/foundation/http/server.h"
#include "core/foundation/http/wire.h"
#include "core/foundation/sockets/stream.h"

#include <array>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace visgate::http {

class Connection;

/// What all connections of one server share. Server's thread only, except the count.
struct ServerContext {
    Server::Handler handler;
    ServerLimits limits;
    std::shared_ptr<Loop> loop;
    std::set<std::shared_ptr<Connection>> connections; ///< from start() to close()
    std::atomic<std::size_t> connectionCount{0};       ///< its size, for any thread
    std::size_t heldBytes = 0;                         ///< of requests' bodies, all connections together
};

/// One client's connection. Server's thread only.
///
/// It reads all the time, also while an answer is awaited: that is how it notices that the client has left. What comes
/// early (pipelining) waits in m_input up to a limit; requests are answered one after the other.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(ServerContext& context, sockets::Stream stream, std::string remoteAddress);

    void start();
    /// Closes at once; an exchange under way learns that its client has left.
    void close();

    // Each of these comes from an exchange and does nothing if that exchange is not the one under way.
    void sendResponse(const ExchangeState& exchange, Response response);
    void beginStream(const ExchangeState& exchange, int status, const Headers& headers);
    void writeStream(const ExchangeState& exchange, std::string chunk);
    void endStream(const ExchangeState& exchange);
    void sendRawAndClose(const ExchangeState& exchange, std::string bytes);
    void cutFor(const ExchangeState& exchange);

private:
    enum class Phase {
        Idle, ///< between requests
        Head, ///< a request has begun
        Body,
        Answering, ///< the handler has it
        Draining,  ///< all is sent; what still comes is thrown away, so that the client reads our reply, not a reset
        Closed
    };
    struct Output {
        std::string bytes;
        std::size_t streamBytes = 0; ///< how much of the exchange's backlog it stands for
    };
    enum class AfterOutput { Continue, NextRequest, Drain };

    void read();
    void onRead(std::size_t bytes, bool failed);
    void parseInput();
    void beginRequest();
    void onHeaderDone();
    void dispatch();
    void refuse(int status);
    /// False when all connections together hold too much.
    [[nodiscard]] bool hold(std::size_t bytes);
    void letGo();

    void enqueue(std::string bytes, std::size_t streamBytes = 0);
    void writeNext();
    void onWritten(std::size_t bytes, bool failed);
    void outputDone();
    void drain();

    void armInputTimer(std::chrono::milliseconds limit);
    void onInputTimeout();
    void armWriteTimer();
    [[nodiscard]] bool isCurrent(const ExchangeState& exchange) const { return m_exchange.get() == &exchange; }

    ServerContext& m_context;
    sockets::Stream m_stream;
    const std::string m_remoteAddress;
    boost::asio::steady_timer m_inputTimer;
    boost::asio::steady_timer m_writeTimer;

    Phase m_phase = Phase::Idle;
    std::array<char, 16 * kKiB> m_readBuffer{};
    std::string m_input;
    bool m_isReading = false;
    std::optional<wire::RequestParser> m_parser;
    std::size_t m_heldBytes = 0; ///< of the body that comes in or is being answered
    std::shared_ptr<ExchangeState> m_exchange;

    std::deque<Output> m_output;
    std::size_t m_outputOffset = 0;
    bool m_isWriting = false;
    AfterOutput m_afterOutput = AfterOutput::Continue;

    bool m_requestKeepsAlive = false;
    bool m_isHttp11 = false;
    bool m_isHead = false;
    bool m_streamIsChunked = false;
    bool m_streamHasBody = false;
};

} // namespace visgate::http
