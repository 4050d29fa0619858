// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/http/message.h"

#include <array>
#include <chrono>
#include <map>
#include <string>

namespace visgate::practice {

/// REST's three windows, told in every reply's RateLimit and RateLimit-Policy headers (facts 1.1).
class RestLimits {
public:
    struct Quotas {
        int minute = 200; ///< accounts differ: 60 by the document, more was seen live
        int hour = 3000;
        int day = 50'000;
    };

    /// From now on; what was used before does not count against them.
    void setQuotas(const Quotas& quotas);
    /// Counts a request. False if a window is full: answer 429 and do not serve it.
    [[nodiscard]] bool admit(TimePoint now);
    /// Adds the two headers.
    void describe(TimePoint now, http::Headers& headers) const;
    /// Until the full windows are over.
    [[nodiscard]] std::chrono::seconds retryAfter(TimePoint now) const;
    /// Requests let in and turned away since the start.
    [[nodiscard]] long admitted() const { return m_admitted; }
    [[nodiscard]] long refused() const { return m_refused; }
    /// The full window's name, "minute" and so on; empty if none is full.
    [[nodiscard]] std::string fullWindow(TimePoint now) const;

private:
    struct Window {
        const char* name;
        std::chrono::seconds length;
        int quota;
        int used = 0;
        TimePoint began;
    };
    [[nodiscard]] static bool isFull(const Window& window, TimePoint now);
    [[nodiscard]] static std::int64_t secondsLeft(const Window& window, TimePoint now);

    long m_admitted = 0;
    long m_refused = 0;
    std::array<Window, 3> m_windows{{{"minute", std::chrono::seconds(60), Quotas().minute, 0, {}},
        {"hour", std::chrono::hours(1), Quotas().hour, 0, {}}, {"day", std::chrono::hours(24), Quotas().day, 0, {}}}};
};

/// The queue API's limits: requests per endpoint and operation in 10 seconds (facts 3).
class QueueLimits {
public:
    [[nodiscard]] bool admit(const std::string& endpointId, const std::string& operation, TimePoint now);
    /// Lowers or raises one operation's limit for all endpoints.
    void set(const std::string& operation, int most);

private:
    struct Window {
        TimePoint began;
        int used = 0;
    };
    std::map<std::string, Window> m_windows;
    std::map<std::string, int> m_most{{"run", 1000}, {"runsync", 2000}, {"status", 2000}, {"stream", 2000},
        {"cancel", 100}, {"purge-queue", 2}, {"requests", 10}};
};

} // namespace visgate::practice
