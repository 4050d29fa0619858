// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/net/http_message.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace visgate {

/// What a service lets us ask of it, learnt from its `RateLimit` and `RateLimit-Policy` headers (one member a window:
/// `"minute";r=12;t=40` = 12 requests left for 40 s; `"minute";q=60;w=60` = 60 a minute). Quotas differ from account
/// to account, so no number is assumed before the first header. In the last quarter of a window calls are spread over
/// what is left of it; its last twelfth is kept for urgent calls. One object an origin; not thread-safe.
class RequestBudget {
public:
    void learn(const QByteArray& rateLimit, const QByteArray& policy, MonotonicPoint now);
    /// A 429 came: nothing goes out before `pause` is over.
    void refuse(std::chrono::milliseconds pause, MonotonicPoint now);
    /// How long to wait before the next request may be sent; zero: at once.
    [[nodiscard]] std::chrono::milliseconds delayFor(HttpPriority priority, MonotonicPoint now) const;
    /// A request goes out now; counted until the next header tells more.
    void spend(MonotonicPoint now);
    /// Requests left in the tightest window; unset before the first header.
    [[nodiscard]] std::optional<std::int64_t> remaining(MonotonicPoint now) const;

private:
    struct Window {
        std::int64_t remaining = 0;
        MonotonicPoint resetsAt;
        std::optional<std::int64_t> quota;
    };
    std::map<std::string, Window> m_windows;
    MonotonicPoint m_lastSent;
    MonotonicPoint m_blockedUntil;
};

/// The budgets of one account, one an origin, shared by its control calls and its streams. Not thread-safe.
class BudgetBook {
public:
    /// How long a request to this URL has to wait; zero: at once.
    [[nodiscard]] std::chrono::milliseconds delayFor(const QUrl& url, HttpPriority priority) const;
    void spend(const QUrl& url);
    /// Reads the headers of a reply, and the pause that a 429 asks for.
    void learn(const QUrl& url, const HttpReply& reply);
    [[nodiscard]] std::optional<std::int64_t> remaining(const QUrl& url) const;

private:
    std::map<QString, RequestBudget> m_budgets;
};

} // namespace visgate
