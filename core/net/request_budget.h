// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/net/http_message.h"

#include <QByteArray>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace visgate {

/// What a service lets us ask of it, learnt from its `RateLimit` and `RateLimit-Policy` headers (one member a window:
/// `"minute";r=12;t=40` = 12 requests left for 40 s; `"minute";q=60;w=60` = 60 a minute). Quotas differ from account
/// to account, so no number is assumed before the first header.
///
/// - Urgent calls go out at once and may use a window to its last request. So may creates, far apart where they go into
///   the share of the urgent ones. Every other class leaves a part of a window to those before it.
/// - Creates, questions and jobs go out as they come while half of a window is left, then each class spread over the
/// rest
///   of it by its own clock, a few at once: what others send, here or elsewhere, does not put off its turn.
/// - Background calls (Observe and below) are spread over the whole window, at half of what it allows, and stop once
///   three fifths of it are spent, by whomever: there is always room for what a user does.
///
/// One object an origin; not thread-safe.
class RequestBudget {
public:
    void learn(const QByteArray& rateLimit, const QByteArray& policy, MonotonicPoint now);
    /// A 429 came: nothing goes out before `pause` is over.
    void refuse(std::chrono::milliseconds pause, MonotonicPoint now);
    /// How long to wait before the next request may be sent; zero: at once.
    [[nodiscard]] std::chrono::milliseconds delayFor(HttpPriority priority, MonotonicPoint now) const;
    /// A request goes out now; counted until the next header tells more.
    void spend(HttpPriority priority, MonotonicPoint now);
    /// An answer came to one of them, or it became clear that none will. To be called before learn().
    void settle();
    /// Sent and not settled.
    [[nodiscard]] int underWay() const { return m_underWay; }
    /// Requests left in the tightest window; unset before the first header.
    [[nodiscard]] std::optional<std::int64_t> remaining(MonotonicPoint now) const;
    /// Requests a minute that the tightest policy allows for ever; unset before the first header.
    [[nodiscard]] std::optional<double> perMinute() const;

private:
    struct Window {
        std::int64_t remaining = 0;  ///< after everything that was sent
        std::int64_t background = 0; ///< background calls sent in it
        MonotonicPoint resetsAt;
        std::optional<std::int64_t> quota;
        std::chrono::seconds length{0};
        std::array<MonotonicPoint, kHttpPriorities> next{}; ///< of each class, when its next would be on time
        bool assumed = false;                               ///< a new window that no header has spoken of yet
    };
    struct Rate;
    [[nodiscard]] std::optional<Rate> rateOf(const Window& window, HttpPriority priority, MonotonicPoint now) const;
    [[nodiscard]] MonotonicPoint allowedBy(const Window& window, HttpPriority priority, MonotonicPoint now) const;

    std::map<std::string, Window> m_windows;
    MonotonicPoint m_lastBackground;
    MonotonicPoint m_blockedUntil;
    int m_underWay = 0;
};

} // namespace visgate
