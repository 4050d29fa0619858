// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/backoff.h"
#include "core/foundation/clock.h"
#include "core/foundation/logs/own_log.h"
#include "core/foundation/result.h"
#include "core/net/event_stream.h"
#include "core/net/http_message.h"

#include <QByteArray>
#include <QCoroTask>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace visgate {

class Redactor;

struct HttpClientSettings {
    QByteArray userAgent; ///< empty: "Visgate/<version>"; never left out, some services refuse such requests
    std::chrono::milliseconds backoffBase{300}; ///< pause before the second attempt, doubled each time
    std::chrono::milliseconds backoffCap{10'000};
    /// A longer pause that the service asks for ends the call with RateLimited instead of waiting.
    std::chrono::milliseconds longestPause{75'000};
    Backoff::Random random;             ///< for the jitter; empty: seeded by the system
    std::shared_ptr<const Clock> clock; ///< of budgets and pauses; empty: the real one
    std::shared_ptr<OwnLog> log{};      ///< gets a line for each attempt, without its query; null: none
    /// Masks what refusals and failures say, before anybody sees it; empty: one that knows secrets by their looks.
    std::shared_ptr<const Redactor> redactor{};

    [[nodiscard]] static HttpClientSettings loggingTo(std::shared_ptr<OwnLog> log)
    {
        HttpClientSettings settings;
        settings.log = std::move(log);
        return settings;
    }
};

/// HTTP for control calls, over Qt's network manager (system proxy and certificates included). Lives on one thread.
///
/// - A POST, PUT or PATCH is sent once, whatever happens. Idempotent methods are tried again with back-off, after a
///   transport failure, 429 and 5xx; `Retry-After` is obeyed.
/// - `RateLimit` headers are learnt per origin and calls slow down before a 429, in the order of their priority (see
///   RequestGate); urgent ones have connections of their own.
/// - Redirects: at most 5, never from https to http, never with Authorization to another origin. A body is never sent
///   a second time, so a POST that is redirected fails unless a 303 turns it into a GET.
/// - Replies are capped as they arrive; the deadline holds for each attempt as a whole, and a shorter one until the
///   peer has taken the request: a silent proxy or host is known soon.
/// - Log streams (EventStream) use managers of their own and never stand in the way of a control call.
///
/// Errors: NetworkUnreachable, NetworkTimeout (host as argument), TlsFailed, ReplyTooLarge, UnexpectedReply,
/// RateLimited (seconds as argument), InvalidRequest (bad URL), Cancelled. Every HTTP status is a success here.
class HttpClient {
public:
    explicit HttpClient(HttpClientSettings settings = {});
    /// Calls in flight end with Cancelled before this returns; their coroutines must not use the client after that.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    [[nodiscard]] QCoro::Task<Result<HttpReply>> send(HttpRequest request);

    /// Ends calls in flight with Cancelled, and later ones at once. Streams are their owners' affair.
    void stop();

    /// Opens a server-sent event stream; see EventStream. It may outlive this client.
    [[nodiscard]] std::unique_ptr<EventStream> openEvents(
        EventRequest request, EventStream::OnEvent onEvent, EventStream::OnEnd onEnd);

    /// Requests left at this URL's origin, as its last reply told.
    [[nodiscard]] std::optional<std::int64_t> remainingRequests(const QUrl& url) const;
    /// What this URL's origin allows for ever, of its tightest policy; unset before its first reply.
    [[nodiscard]] std::optional<double> requestsPerMinute(const QUrl& url) const;

    /// The `Date` of the last reply that had one.
    [[nodiscard]] std::optional<TimePoint> lastDate() const;

private:
    class Impl;
    static QCoro::Task<Result<HttpReply>> run(std::weak_ptr<Impl> client, HttpRequest request);
    std::shared_ptr<Impl> m_impl;
};

/// "Visgate/0.1.0"
[[nodiscard]] QByteArray defaultUserAgent();

} // namespace visgate
