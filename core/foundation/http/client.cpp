// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/client.h"

#include "core/foundation/bytes.h"
#include "core/foundation/http/wire.h"
#include "core/foundation/sockets/stream.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

namespace visgate::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t kHeaderBytes = 64 * kKiB;
constexpr std::size_t kRefusalBodyBytes = kMiB; ///< of a stream that was refused
// Servers close idle connections after a minute or so; one that has rested for longer than this is not used again.
constexpr std::chrono::seconds kKeepIdle{20};

Time after(std::chrono::milliseconds duration)
{
    return std::chrono::steady_clock::now() + duration;
}

} // namespace

class Client::Impl {
public:
    explicit Impl(Peer peer) : m_peer(std::move(peer)) { }

    /// Either the whole call has `timeout`, or, as a stream, each pause.
    struct Call {
        const Request& request;
        std::chrono::milliseconds timeout;
        const CancelToken& cancel;
        std::size_t maxBodyBytes;
        const std::function<bool(std::string_view)>* onChunk; ///< null: not a stream
    };

    Result<Response> run(const Call& call)
    {
        if (call.cancel.isCancelled())
            return fail(ErrorCode::Cancelled);
        m_io.restart();
        m_io.poll(); // a cancel that came too late for the call before
        m_isCancelled = false;
        const std::size_t handle = call.cancel.onCancel([this] {
            asio::post(m_io, [this] {
                m_isCancelled = true;
                disconnect();
            });
        });
        Result<Response> result = exchange(call);
        call.cancel.removeCallback(handle);
        if (!result || !m_mayReuse)
            disconnect();
        m_idleSince = std::chrono::steady_clock::now();
        return result;
    }

private:
    Result<Response> exchange(const Call& call)
    {
        m_mayReuse = false;
        m_input.clear();
        m_deadline = after(call.timeout);
        if (const auto connected = connect(); !connected)
            return tl::unexpected(connected.error());

        // A server may refuse a body before it has all of it: its reply counts, even if ours could not be sent.
        const error_code sendError = send(call);
        if (m_isCancelled || m_timedOut)
            return tl::unexpected(failureOf(sendError, "sending"));
        auto response = receive(call);
        if (!response && sendError && response.error().code == ErrorCode::NetworkUnreachable)
            return tl::unexpected(failureOf(sendError, "sending"));
        m_mayReuse = m_mayReuse && !sendError;
        return response;
    }

    Result<void> connect()
    {
        m_timedOut = false;
        // Whether the kept connection still stands is asked before a byte is sent; after that nothing is repeated.
        const bool isFresh = std::chrono::steady_clock::now() - m_idleSince < kKeepIdle;
        if (m_stream.is_open() && isFresh && sockets::isQuiet(m_stream))
            return {};
        disconnect();
        const error_code error = m_peer.localSocket.empty() ? connectTcp() : connectLocal();
        if (error)
            return tl::unexpected(failureOf(error, "connecting"));
        return {};
    }

    error_code connectTcp()
    {
        error_code error;
        const std::string& name = m_peer.address == "localhost" ? std::string("127.0.0.1") : m_peer.address;
        const asio::ip::address address = asio::ip::make_address(name, error);
        if (error)
            return error;
        const tcp::endpoint endpoint(address, m_peer.port);
        error = await([&](auto done) {
            m_stream.async_connect(endpoint, [done](const error_code& result) { done(result, 0); });
        });
        error_code ignored;
        if (!error)
            m_stream.set_option(tcp::no_delay(true), ignored);
        return error;
    }

    error_code connectLocal()
    {
        return await([&](auto done) {
            sockets::connectLocal(m_stream, m_peer.localSocket, [done](const error_code& result) { done(result, 0); });
        });
    }

    error_code send(const Call& call)
    {
        std::string host = m_peer.address.find(':') == std::string::npos ? m_peer.address : "[" + m_peer.address + "]";
        host = m_peer.localSocket.empty() ? host + ":" + std::to_string(m_peer.port) : "localhost";
        const std::string head = wire::formatRequestHead(call.request, host);
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(call.request.body)};
        return await([&](auto done) { asio::async_write(m_stream, buffers, done); });
    }

    Result<Response> receive(const Call& call)
    {
        const bool isStream = call.onChunk != nullptr;
        const auto limit = isStream ? std::nullopt : std::optional<std::uint64_t>(call.maxBodyBytes);
        std::optional<wire::ResponseParser> parser;
        const auto begin = [&] { parser.emplace(kHeaderBytes, limit, call.request.method == "HEAD"); };
        begin();
        bool hasHeader = false;
        std::size_t refusalBytes = 0;
        for (;;) {
            while (!m_input.empty() && !parser->isComplete()) {
                const std::size_t taken = parser->feed(m_input);
                m_input.erase(0, taken);
                if (parser->failure() == wire::ResponseParser::Failure::TooLarge)
                    return fail(ErrorCode::ReplyTooLarge, describe(call.request));
                if (parser->failure() == wire::ResponseParser::Failure::Malformed)
                    return fail(ErrorCode::UnexpectedReply, "not HTTP: " + describe(call.request));
                if (parser->isHeaderDone() && !hasHeader && parser->status() >= 200) {
                    hasHeader = true;
                    if (isStream && parser->status() < 300)
                        parser->setBodySink(*call.onChunk);
                }
                if (parser->isComplete() && parser->status() < 200) {
                    begin(); // 100 Continue and the like announce the reply
                    continue;
                }
                if (parser->isStopped())
                    return parser->takeResponse();
                if (isStream && hasHeader && parser->status() >= 300)
                    refusalBytes += taken;
                if (refusalBytes > kRefusalBodyBytes)
                    return fail(ErrorCode::ReplyTooLarge, describe(call.request));
                if (taken == 0)
                    break;
            }
            if (parser->isComplete()) {
                m_mayReuse = parser->keepsAlive() && m_input.empty();
                return parser->takeResponse();
            }
            if (isStream)
                m_deadline = after(call.timeout);
            std::size_t bytes = 0;
            const error_code error
                = await([&](auto done) { m_stream.async_read_some(asio::buffer(m_buffer), done); }, &bytes);
            m_input.append(m_buffer.data(), bytes);
            if (error == asio::error::eof && !m_isCancelled && !m_timedOut) {
                parser->end();
                if (parser->isComplete())
                    return parser->takeResponse();
                return fail(ErrorCode::NetworkUnreachable,
                    (hasHeader ? "the reply was cut off: " : "the connection was closed without a reply: ")
                        + describe(call.request));
            }
            if (error)
                return tl::unexpected(failureOf(error, "reading the reply to " + describe(call.request)));
        }
    }

    /// Starts one asynchronous operation and runs the loop until it is done, cancelled or out of time.
    template <typename Start> error_code await(Start start, std::size_t* transferred = nullptr)
    {
        std::optional<error_code> outcome;
        start([&outcome, transferred](const error_code& error, std::size_t bytes) {
            outcome = error;
            if (transferred != nullptr)
                *transferred = bytes;
        });
        m_io.restart();
        while (!outcome) {
            if (m_io.run_one_until(m_deadline) == 0 && !outcome && !m_timedOut) {
                m_timedOut = true;
                disconnect(); // ends the operation
                m_deadline = Time::max();
                m_io.restart();
            }
        }
        return *outcome;
    }

    Error failureOf(const error_code& error, std::string_view what) const
    {
        Error failure;
        if (m_isCancelled) {
            failure.code = ErrorCode::Cancelled;
        } else {
            failure.code = m_timedOut ? ErrorCode::NetworkTimeout : ErrorCode::NetworkUnreachable;
            failure.detail = std::string(what) + (m_timedOut ? ": no answer in time" : ": " + error.message());
        }
        return failure;
    }

    static std::string describe(const Request& request) { return request.method + " " + std::string(request.path()); }

    void disconnect()
    {
        error_code ignored;
        m_stream.close(ignored);
    }

    const Peer m_peer;
    asio::io_context m_io{1};
    sockets::Stream m_stream{m_io};
    std::array<char, 16 * kKiB> m_buffer{};
    std::string m_input;
    Time m_idleSince;
    Time m_deadline;
    bool m_mayReuse = false;
    bool m_timedOut = false;
    bool m_isCancelled = false;
};

Client::Client(Peer peer) : m_impl(std::make_unique<Impl>(std::move(peer))) { }

Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<Response> Client::send(
    const Request& request, std::chrono::milliseconds timeout, const CancelToken& cancel, std::size_t maxBodyBytes)
{
    return m_impl->run({request, timeout, cancel, maxBodyBytes, nullptr});
}

Result<Response> Client::stream(const Request& request, std::chrono::milliseconds silence,
    const std::function<bool(std::string_view)>& onChunk, const CancelToken& cancel)
{
    return m_impl->run({request, silence, cancel, 0, &onChunk});
}

} // namespace visgate::http
