// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace visgate {

struct HttpHeader {
    QByteArray name;
    QByteArray value;
};

/// Who goes first when a service's request budget is short, and how much of it each leaves to those before it.
enum class HttpPriority {
    Urgent, ///< delete, stop: at once, to the last request of the budget, on connections of their own
    Create, ///< what a user asks to be made: to the last request as well, on connections of its own
    Ask,    ///< what somebody waits to know
    Job,
    Observe, ///< live states of one thing; from here on in the background
    List,
};
inline constexpr std::size_t kHttpPriorities = 6;

struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;
    QList<HttpHeader> headers;
    QByteArray body;
    QByteArray contentType = "application/json"; ///< sent with a body only
    /// Sent as `Authorization: Bearer ...` to this URL's scheme, host and port; never across a redirect that leaves it.
    std::shared_ptr<const Secret> bearer;
    bool followRedirects = true;
    std::chrono::milliseconds timeout{30'000}; ///< of one attempt, its redirects included
    /// Until the peer takes the request: name looked up, connected, proxy and TLS done. Of one hop.
    std::chrono::milliseconds connectTimeout{10'000};
    /// From then until the answer begins; zero: only `timeout` counts. Of one hop.
    std::chrono::milliseconds answerTimeout{0};
    qint64 maxReplyBytes = 16 * 1024 * 1024; ///< after decompression
    int attempts = 3;                        ///< of idempotent methods; all others are sent once
    HttpPriority priority = HttpPriority::Job;
    QByteArray quota;         ///< which of several quotas of one origin it draws on; empty: the origin's only one
    http::CancelToken cancel; ///< from any thread; the call then ends with Cancelled
};

/// A whole reply of any status.
struct HttpReply {
    int status = 0;
    QList<HttpHeader> headers;
    QByteArray body;
    QUrl url; ///< where it came from, after redirects

    /// The first header of that name, compared without case; empty if absent.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    /// The service's `x-request-id`, for its support.
    [[nodiscard]] QByteArray requestId() const;
    /// `Retry-After` in seconds or as a date; never negative.
    [[nodiscard]] std::optional<std::chrono::seconds> retryAfter() const;
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// Scheme, host and port are the same, default ports counted as such.
[[nodiscard]] bool isSameOrigin(const QUrl& a, const QUrl& b);

} // namespace visgate
