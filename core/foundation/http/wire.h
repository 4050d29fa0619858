// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/message.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// HTTP/1.1 (RFC 9112) between bytes and messages, no sockets. Used by server and client; Boost.Beast stays in
/// wire.cpp.
namespace visgate::http::wire {

/// Reads one request from bytes that come in any portions.
class RequestParser {
public:
    RequestParser(std::size_t headerBytes, std::size_t bodyBytes);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Takes bytes from the front of `input` and returns how many; the caller keeps the rest and offers it again with
    /// more behind it. Stops once at the end of the header, so that the caller can answer `Expect`, and at the
    /// message's end.
    std::size_t feed(std::string_view input);

    [[nodiscard]] bool isHeaderDone() const;
    [[nodiscard]] bool isComplete() const;
    /// The status to refuse the request with (400, 413, 417, 431, 501, 505), 0 while all is well.
    [[nodiscard]] int refusal() const;
    /// Valid once the header is done.
    [[nodiscard]] bool keepsAlive() const;
    [[nodiscard]] bool isHttp11() const;
    [[nodiscard]] bool expectsContinue() const;
    /// The request without its body; once the header is done.
    [[nodiscard]] Request head() const;
    /// A lower limit than the one it was made with; once the header is done.
    void limitBody(std::size_t bytes);
    [[nodiscard]] Request takeRequest();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Reads one response. 1xx responses count as complete messages of their own.
class ResponseParser {
public:
    enum class Failure { None, Malformed, TooLarge };

    /// Returns false to stop; `feed` then takes nothing more.
    using BodySink = std::function<bool(std::string_view)>;

    /// `bodyBytes` limits the body; none for a stream. `isForHead`: the reply has no body whatever it says.
    ResponseParser(std::size_t headerBytes, std::optional<std::uint64_t> bodyBytes, bool isForHead);
    ~ResponseParser();
    ResponseParser(const ResponseParser&) = delete;
    ResponseParser& operator=(const ResponseParser&) = delete;

    /// Where the body goes instead of into the response; set it when the header is done.
    void setBodySink(BodySink sink);
    /// As RequestParser::feed.
    std::size_t feed(std::string_view input);
    /// The connection ended: completes a reply that lasts until then.
    void end();

    [[nodiscard]] bool isHeaderDone() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] bool isStopped() const; ///< the sink said so
    [[nodiscard]] Failure failure() const;
    [[nodiscard]] bool keepsAlive() const;
    [[nodiscard]] int status() const;
    [[nodiscard]] Response takeResponse();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

enum class Framing {
    Length, ///< Content-Length as given
    Chunked,
    UntilClose, ///< HTTP/1.0 streams
    None        ///< the status allows no body
};

/// The head of a response, empty line included. Fields that would break the framing or carry a line break are left
/// out; `Date` is added where it is missing.
[[nodiscard]] std::string formatResponseHead(
    int status, const Headers& headers, Framing framing, std::uint64_t contentLength, bool keepsAlive);
/// The head of a request. Content-Length is set from the body.
[[nodiscard]] std::string formatRequestHead(const Request& request, std::string_view host);
[[nodiscard]] std::string formatChunk(std::string_view data);
[[nodiscard]] std::string_view lastChunk();
/// 1xx, 204 and 304 have no body.
[[nodiscard]] bool statusHasBody(int status);
[[nodiscard]] std::string_view reasonPhrase(int status);
/// The field's value as a plain decimal number, none if it is absent or anything else.
[[nodiscard]] std::optional<std::uint64_t> contentLengthOf(const Headers& headers);

} // namespace visgate::http::wire
