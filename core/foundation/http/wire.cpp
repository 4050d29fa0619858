// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/wire.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

namespace visgate::http::wire {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using BeastError = beast::http::error;

std::string toString(beast::string_view view)
{
    return {view.data(), view.size()};
}

// Newer Beasts have a function of its own for a trailer's fields, which must be there; older ones have none to
// override.
template <bool isRequest> class ParserWithoutTrailers : public beast::http::basic_parser<isRequest> {
protected:
    virtual void on_trailer_field_impl(beast::http::field, beast::string_view, beast::string_view, error_code& error)
    {
        error = {};
    }
};

// The part of Beast's parser that requests and responses share: fields and body go where the derived class says.
template <bool isRequest> class Parser : public ParserWithoutTrailers<isRequest> {
public:
    Parser(std::size_t headerBytes, std::optional<std::uint64_t> bodyBytes) : m_headerLimit(headerBytes)
    {
        this->header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(headerBytes, UINT32_MAX)));
        // Not boost::none: Beast 1.74 takes every Content-Length for larger than that.
        this->body_limit(bodyBytes.value_or(UINT64_MAX));
    }

    // Returns how much of `input` was taken. `error` stays clear while more bytes could still help.
    std::size_t take(std::string_view input, error_code& error)
    {
        std::size_t taken = 0;
        const bool hadHeader = this->is_header_done();
        while (!this->is_done() && taken < input.size() && !m_isStopped) {
            const std::string_view rest = input.substr(taken);
            // At a chunk's border Beast 1.74 asserts that a whole last chunk ("0", two line ends) is there.
            if (this->is_header_done() && this->chunked() && m_chunkRemaining == 0 && rest.size() < 5)
                break;
            const std::size_t used = this->put(boost::asio::const_buffer(rest.data(), rest.size()), error);
            taken += used;
            if (!hadHeader && !this->is_header_done())
                m_headerBytes += used;
            if (error == BeastError::need_more) {
                error = {};
                const std::size_t pending = input.size() - taken;
                // Chunk extensions and trailers have no limit of their own in Beast.
                const std::size_t counted = this->is_header_done() ? pending : pending + m_headerBytes;
                if (counted > m_headerLimit)
                    error = BeastError::header_limit;
                break;
            }
            if (error || (!hadHeader && this->is_header_done()))
                break;
        }
        return taken;
    }

    Headers headers;
    std::string body;
    std::function<bool(std::string_view)> sink;
    [[nodiscard]] bool isStopped() const { return m_isStopped; }

protected:
    void on_field_impl(
        beast::http::field, beast::string_view name, beast::string_view value, error_code& error) override
    {
        error = {};
        if (!m_hasHeader) // what comes later is a trailer, which nobody here trusts
            headers.add({name.data(), name.size()}, toString(value));
    }
    void on_header_impl(error_code& error) override
    {
        error = {};
        m_hasHeader = true;
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& error) override { error = {}; }
    std::size_t on_body_impl(beast::string_view data, error_code& error) override
    {
        error = {};
        if (sink)
            m_isStopped = m_isStopped || !sink({data.data(), data.size()});
        else
            body.append(data.data(), data.size());
        return data.size();
    }
    void on_chunk_header_impl(std::uint64_t size, beast::string_view, error_code& error) override
    {
        error = {};
        m_chunkRemaining = size;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view data, error_code& error) override
    {
        m_chunkRemaining -= data.size();
        return on_body_impl(data, error);
    }
    void on_finish_impl(error_code& error) override { error = {}; }

private:
    std::size_t m_headerLimit;
    std::size_t m_headerBytes = 0;
    std::uint64_t m_chunkRemaining = 0;
    bool m_hasHeader = false;
    bool m_isStopped = false;
};

int refusalFor(const error_code& error)
{
    if (error == BeastError::body_limit)
        return 413;
    if (error == BeastError::header_limit || error == BeastError::buffer_overflow)
        return 431;
    return 400;
}

} // namespace

class RequestParser::Impl final : public Parser<true> {
public:
    using Parser::Parser;

    // Rules of RFC 9112 that Beast leaves to its user.
    [[nodiscard]] int checkHeader()
    {
        std::size_t hosts = 0;
        for (const auto& [name, value] : headers.all()) {
            if (Headers{{name, {}}}.contains("Host"))
                ++hosts;
        }
        if (hosts > 1 || (hosts == 0 && isHttp11))
            return 400;
        if (headers.contains("Transfer-Encoding") && (!chunked() || !isHttp11))
            return 501; // a body of unknown length would be read as the next request
        if (headers.contains("Expect") && !expectsContinue())
            return 417;
        return normaliseTarget() ? 0 : 400;
    }

    [[nodiscard]] bool expectsContinue() const
    {
        std::string text(headers.get("Expect"));
        std::transform(text.begin(), text.end(), text.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return text == "100-continue";
    }

    Request request;
    bool isHttp11 = false;
    int refusal = 0;
    std::size_t bodyLimit = SIZE_MAX;

protected:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
        error_code& error) override
    {
        error = {};
        request.method = toString(method);
        request.target = toString(target);
        isHttp11 = version >= 11;
    }
    void on_response_impl(int, beast::string_view, int, error_code&) override { }

private:
    // A proxy's absolute form loses its scheme and host; "*" is for OPTIONS alone.
    bool normaliseTarget()
    {
        for (const std::string_view scheme : {"http://", "https://"}) {
            if (request.target.compare(0, scheme.size(), scheme) == 0) {
                const std::size_t slash = request.target.find('/', scheme.size());
                request.target = slash == std::string::npos ? "/" : request.target.substr(slash);
            }
        }
        return request.target.front() == '/' || (request.target == "*" && request.method == "OPTIONS");
    }
};

RequestParser::RequestParser(std::size_t headerBytes, std::size_t bodyBytes)
    : m_impl(std::make_unique<Impl>(headerBytes, bodyBytes))
{
}

RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view input)
{
    if (m_impl->refusal != 0 || isComplete())
        return 0;
    const bool hadHeader = m_impl->is_header_done();
    error_code error;
    const std::size_t taken = m_impl->take(input, error);
    if (error == BeastError::bad_version)
        m_impl->refusal = 505;
    else if (error)
        m_impl->refusal = refusalFor(error);
    else if (!hadHeader && m_impl->is_header_done())
        m_impl->refusal = m_impl->checkHeader();
    else if (m_impl->body.size() > m_impl->bodyLimit)
        m_impl->refusal = 413;
    return taken;
}

bool RequestParser::isHeaderDone() const
{
    return m_impl->is_header_done();
}

bool RequestParser::isComplete() const
{
    return m_impl->is_done();
}

int RequestParser::refusal() const
{
    return m_impl->refusal;
}

bool RequestParser::keepsAlive() const
{
    return m_impl->is_header_done() && m_impl->keep_alive();
}

bool RequestParser::isHttp11() const
{
    return m_impl->isHttp11;
}

bool RequestParser::expectsContinue() const
{
    return m_impl->isHttp11 && m_impl->expectsContinue();
}

Request RequestParser::head() const
{
    Request head = m_impl->request;
    head.headers = m_impl->headers;
    return head;
}

void RequestParser::limitBody(std::size_t bytes)
{
    m_impl->bodyLimit = bytes;
    if (contentLengthOf(m_impl->headers).value_or(0) > bytes)
        m_impl->refusal = 413;
}

Request RequestParser::takeRequest()
{
    m_impl->request.headers = std::move(m_impl->headers);
    m_impl->request.body = std::move(m_impl->body);
    return std::move(m_impl->request);
}

class ResponseParser::Impl final : public Parser<false> {
public:
    using Parser::Parser;

    Failure failure = Failure::None;
    int status = 0;

protected:
    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code&) override { }
    void on_response_impl(int code, beast::string_view, int, error_code& error) override
    {
        error = {};
        status = code;
    }
};

ResponseParser::ResponseParser(std::size_t headerBytes, std::optional<std::uint64_t> bodyBytes, bool isForHead)
    : m_impl(std::make_unique<Impl>(headerBytes, bodyBytes))
{
    m_impl->skip(isForHead);
}

ResponseParser::~ResponseParser() = default;

void ResponseParser::setBodySink(BodySink sink)
{
    m_impl->sink = std::move(sink);
}

std::size_t ResponseParser::feed(std::string_view input)
{
    if (failure() != Failure::None || isComplete())
        return 0;
    error_code error;
    const std::size_t taken = m_impl->take(input, error);
    if (error)
        m_impl->failure = refusalFor(error) == 400 ? Failure::Malformed : Failure::TooLarge;
    return taken;
}

void ResponseParser::end()
{
    if (failure() != Failure::None || isComplete() || !m_impl->got_some())
        return;
    error_code ignored; // a message that is not whole stays incomplete, which says enough
    m_impl->put_eof(ignored);
}

bool ResponseParser::isHeaderDone() const
{
    return m_impl->is_header_done();
}

bool ResponseParser::isComplete() const
{
    return m_impl->is_done();
}

bool ResponseParser::isStopped() const
{
    return m_impl->isStopped();
}

ResponseParser::Failure ResponseParser::failure() const
{
    return m_impl->failure;
}

bool ResponseParser::keepsAlive() const
{
    return m_impl->is_done() && m_impl->keep_alive();
}

int ResponseParser::status() const
{
    return m_impl->status;
}

Response ResponseParser::takeResponse()
{
    Response response;
    response.status = status();
    response.headers = std::move(m_impl->headers);
    response.body = std::move(m_impl->body);
    return response;
}

} // namespace visgate::http::wire
