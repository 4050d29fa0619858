// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/connection.h"

#include "core/foundation/bytes.h"
#include "core/foundation/secret.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

namespace visgate::http {
namespace {

using boost::system::error_code;

// How much of the next requests is read ahead while one is answered. Then reading rests until the answer is out.
constexpr std::size_t kReadAheadBytes = 64 * kKiB;
// How long a closing connection waits for the client to take the reply and close its side.
constexpr std::chrono::milliseconds kDrainTimeout{2'000};
// Small bodies travel in one packet with their head.
constexpr std::size_t kJoinBytes = 64 * kKiB;

/// Takes bytes off the front and leaves none of them behind: a body may carry a key.
void dropFront(std::string& text, std::size_t count)
{
    if (count == 0)
        return;
    std::string rest = text.substr(count);
    scrub(text);
    text.swap(rest);
}

} // namespace

Connection::Connection(ServerContext& context, sockets::Stream stream, std::string remoteAddress)
    : m_context(context), m_stream(std::move(stream)), m_remoteAddress(std::move(remoteAddress)),
      m_inputTimer(context.loop->io), m_writeTimer(context.loop->io)
{
}

void Connection::start()
{
    m_context.connections.insert(shared_from_this());
    m_context.connectionCount = m_context.connections.size();
    armInputTimer(m_context.limits.headerTimeout);
    read();
}

void Connection::close()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    const std::shared_ptr<Connection> self = shared_from_this(); // may be the last reference
    m_context.connections.erase(self);
    letGo();
    error_code ignored;
    m_inputTimer.cancel();
    m_writeTimer.cancel();
    m_stream.close(ignored);
    m_context.connectionCount = m_context.connections.size(); // whoever counts none finds them closed
    if (const std::shared_ptr<ExchangeState> exchange = std::exchange(m_exchange, nullptr))
        exchange->clientLeft();
}

// --- reading -------------------------------------------------------------------------------------------------------

void Connection::read()
{
    const bool isFarAhead = m_phase == Phase::Answering && m_input.size() >= kReadAheadBytes;
    if (m_isReading || m_phase == Phase::Closed || isFarAhead)
        return;
    m_isReading = true;
    m_stream.async_read_some(
        boost::asio::buffer(m_readBuffer), [self = shared_from_this()](const error_code& error, std::size_t bytes) {
            self->m_isReading = false;
            self->onRead(bytes, static_cast<bool>(error));
        });
}

void Connection::onRead(std::size_t bytes, bool failed)
{
    if (m_phase == Phase::Closed)
        return;
    if (failed) { // a half-closed client cannot be told from one that has left
        close();
        return;
    }
    if (m_phase != Phase::Draining) {
        m_input.append(m_readBuffer.data(), bytes);
        std::fill_n(m_readBuffer.begin(), bytes, '\0');
        parseInput();
    }
    read();
}

void Connection::parseInput()
{
    while (!m_input.empty() && (m_phase == Phase::Idle || m_phase == Phase::Head || m_phase == Phase::Body)) {
        if (m_phase == Phase::Idle) {
            // RFC 9112 section 2.2: an empty line before a request is skipped.
            m_input.erase(0, m_input.find_first_not_of("\r\n"));
            if (m_input.empty())
                return;
            beginRequest();
        }
        const std::size_t taken = m_parser->feed(m_input);
        const bool hasRoom = m_phase != Phase::Body || hold(taken);
        dropFront(m_input, taken);
        if (m_parser->refusal() == 0 && m_phase == Phase::Head && m_parser->isHeaderDone())
            onHeaderDone();
        if (m_parser->refusal() != 0 || !hasRoom) {
            refuse(hasRoom ? m_parser->refusal() : 503);
            return;
        }
        if (m_parser->isComplete())
            dispatch();
        else if (taken == 0)
            return;
    }
}

void Connection::beginRequest()
{
    m_phase = Phase::Head;
    m_parser.emplace(m_context.limits.headerBytes, m_context.limits.bodyBytes);
    armInputTimer(m_context.limits.headerTimeout);
}

void Connection::onHeaderDone()
{
    m_phase = Phase::Body;
    m_requestKeepsAlive = m_parser->keepsAlive();
    m_isHttp11 = m_parser->isHttp11();
    armInputTimer(m_context.limits.bodyTimeout);
    if (m_context.limits.bodyBytesFor)
        m_parser->limitBody(m_context.limits.bodyBytesFor(m_parser->head()));
    if (m_parser->refusal() == 0 && m_parser->expectsContinue() && !m_parser->isComplete() && m_input.empty())
        enqueue("HTTP/1.1 100 Continue\r\n\r\n");
}

void Connection::dispatch()
{
    m_phase = Phase::Answering;
    m_inputTimer.expires_at(boost::asio::steady_timer::time_point::max());
    Request request = m_parser->takeRequest();
    m_parser.reset();
    request.remoteAddress = m_remoteAddress;
    m_isHead = request.method == "HEAD";
    m_exchange = std::make_shared<ExchangeState>(std::move(request));
    try {
        m_context.handler(
            makeExchange(m_context.loop, weak_from_this(), m_exchange, m_context.limits.streamBacklogBytes));
    } catch (const std::exception&) {
        // The handler let go of the exchange on its way out, which answers with 500.
    }
}

void Connection::refuse(int status)
{
    m_phase = Phase::Answering;
    m_requestKeepsAlive = false;
    m_afterOutput = AfterOutput::Drain;
    m_parser.reset(); // what came of the request takes no room from now on
    scrub(m_input);
    letGo();
    Headers headers{{"Content-Type", "application/json"}};
    if (status == 503)
        headers.set("Retry-After", "1");
    const std::string body = R"({"error":")" + std::string(wire::reasonPhrase(status)) + "\"}";
    enqueue(wire::formatResponseHead(status, headers, wire::Framing::Length, body.size(), false) + body);
}

bool Connection::hold(std::size_t bytes)
{
    m_heldBytes += bytes;
    m_context.heldBytes += bytes;
    return m_context.heldBytes <= m_context.limits.heldBytes;
}

void Connection::letGo()
{
    m_context.heldBytes -= std::exchange(m_heldBytes, 0);
}

// --- answering -----------------------------------------------------------------------------------------------------

void Connection::sendResponse(const ExchangeState& exchange, Response response)
{
    if (!isCurrent(exchange))
        return;
    if (response.status < 200 || response.status > 999)
        response = jsonResponse(500, R"({"error":"no final status"})");
    const bool hasBody = wire::statusHasBody(response.status);
    // A handler that answers HEAD without producing the body may say itself how long it would be.
    const std::uint64_t length = m_isHead && response.body.empty() ? wire::contentLengthOf(response.headers).value_or(0)
                                                                   : response.body.size();
    const bool keepsAlive = m_requestKeepsAlive && response.headers.get("Connection") != "close";
    std::string head = wire::formatResponseHead(
        response.status, response.headers, hasBody ? wire::Framing::Length : wire::Framing::None, length, keepsAlive);
    m_afterOutput = keepsAlive ? AfterOutput::NextRequest : AfterOutput::Drain;
    if (!hasBody || m_isHead)
        response.body.clear();
    if (response.body.size() <= kJoinBytes) {
        enqueue(std::move(head) + response.body);
    } else {
        m_output.push_back({std::move(head), 0});
        enqueue(std::move(response.body));
    }
}

void Connection::beginStream(const ExchangeState& exchange, int status, const Headers& headers)
{
    if (!isCurrent(exchange))
        return;
    const std::optional<std::uint64_t> length = wire::contentLengthOf(headers);
    wire::Framing framing = wire::Framing::UntilClose;
    if (!wire::statusHasBody(status))
        framing = wire::Framing::None;
    else if (length)
        framing = wire::Framing::Length;
    else if (m_isHttp11)
        framing = wire::Framing::Chunked;
    m_streamHasBody = wire::statusHasBody(status) && !m_isHead;
    m_streamIsChunked = framing == wire::Framing::Chunked;
    enqueue(wire::formatResponseHead(status, headers, framing, length.value_or(0), false));
}

void Connection::writeStream(const ExchangeState& exchange, std::string chunk)
{
    if (!isCurrent(exchange))
        return;
    const std::size_t bytes = chunk.size();
    if (!m_streamHasBody)
        m_exchange->written(bytes);
    else
        enqueue(m_streamIsChunked ? wire::formatChunk(chunk) : std::move(chunk), bytes);
}

void Connection::endStream(const ExchangeState& exchange)
{
    if (!isCurrent(exchange))
        return;
    m_afterOutput = AfterOutput::Drain;
    if (m_streamHasBody && m_streamIsChunked)
        enqueue(std::string(wire::lastChunk()));
    else if (!m_isWriting)
        outputDone();
}

void Connection::sendRawAndClose(const ExchangeState& exchange, std::string bytes)
{
    if (!isCurrent(exchange))
        return;
    m_afterOutput = AfterOutput::Drain;
    if (bytes.empty())
        outputDone();
    else
        enqueue(std::move(bytes));
}

void Connection::cutFor(const ExchangeState& exchange)
{
    if (isCurrent(exchange))
        close();
}

// --- writing -------------------------------------------------------------------------------------------------------

void Connection::enqueue(std::string bytes, std::size_t streamBytes)
{
    m_output.push_back({std::move(bytes), streamBytes});
    if (!m_isWriting)
        writeNext();
}

void Connection::writeNext()
{
    m_isWriting = true;
    armWriteTimer();
    const std::string& bytes = m_output.front().bytes;
    m_stream.async_write_some(boost::asio::buffer(bytes.data() + m_outputOffset, bytes.size() - m_outputOffset),
        [self = shared_from_this()](
            const error_code& error, std::size_t written) { self->onWritten(written, static_cast<bool>(error)); });
}

void Connection::onWritten(std::size_t bytes, bool failed)
{
    m_isWriting = false;
    if (m_phase == Phase::Closed)
        return;
    if (failed) {
        close();
        return;
    }
    m_outputOffset += bytes;
    if (m_outputOffset == m_output.front().bytes.size()) {
        if (m_exchange)
            m_exchange->written(m_output.front().streamBytes);
        m_output.pop_front();
        m_outputOffset = 0;
    }
    if (!m_output.empty()) {
        writeNext();
        return;
    }
    m_writeTimer.expires_at(boost::asio::steady_timer::time_point::max());
    outputDone();
}

void Connection::outputDone()
{
    const AfterOutput next = std::exchange(m_afterOutput, AfterOutput::Continue);
    if (next == AfterOutput::Continue)
        return;
    if (const std::shared_ptr<ExchangeState> exchange = std::exchange(m_exchange, nullptr))
        exchange->finish();
    letGo();
    if (next == AfterOutput::Drain) {
        drain();
        return;
    }
    m_phase = Phase::Idle;
    armInputTimer(m_context.limits.idleTimeout);
    parseInput();
    read();
}

void Connection::drain()
{
    m_phase = Phase::Draining;
    m_input.clear();
    sockets::shutdownSend(m_stream);
    armInputTimer(kDrainTimeout);
    read();
}

// --- time ----------------------------------------------------------------------------------------------------------

void Connection::armInputTimer(std::chrono::milliseconds limit)
{
    m_inputTimer.expires_after(limit);
    m_inputTimer.async_wait([self = weak_from_this()](const error_code& error) {
        const std::shared_ptr<Connection> alive = self.lock();
        if (alive && !error && alive->m_inputTimer.expiry() <= boost::asio::steady_timer::clock_type::now())
            alive->onInputTimeout();
    });
}

void Connection::onInputTimeout()
{
    // Someone who never began a request gets no reply; nor does one whose reply is under way.
    if (m_phase == Phase::Head || m_phase == Phase::Body)
        refuse(408);
    else if (m_phase != Phase::Answering)
        close();
}

void Connection::armWriteTimer()
{
    m_writeTimer.expires_after(m_context.limits.writeTimeout);
    m_writeTimer.async_wait([self = weak_from_this()](const error_code& error) {
        const std::shared_ptr<Connection> alive = self.lock();
        if (alive && !error && alive->m_writeTimer.expiry() <= boost::asio::steady_timer::clock_type::now())
            alive->close();
    });
}

} // namespace visgate::http
