// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/request_budget.h"

#include "core/foundation/rate_limit.h"

#include <algorithm>

namespace visgate {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMaxWindows = 8;
constexpr auto kLongestWindow = seconds(7 * 24 * 3600);

std::int64_t reserveOf(std::int64_t quota)
{
    return std::clamp(quota / 12, std::int64_t{1}, std::int64_t{20});
}

QString originOf(const QUrl& url)
{
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo).toString();
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

MonotonicPoint monotonicNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

void RequestBudget::learn(const QByteArray& rateLimit, const QByteArray& policy, MonotonicPoint now)
{
    for (const RateLimit& state : parseRateLimit(viewOf(rateLimit))) {
        if (!m_windows.contains(state.window) && m_windows.size() == kMaxWindows)
            continue;
        Window& window = m_windows[state.window];
        window.remaining = std::max(state.remaining, std::int64_t{0});
        window.resetsAt = now + std::clamp(state.resetsIn, seconds(0), kLongestWindow);
    }
    for (const RateLimitPolicy& rule : parseRateLimitPolicy(viewOf(policy))) {
        const auto window = m_windows.find(rule.window);
        if (window != m_windows.end())
            window->second.quota = rule.quota;
    }
}

void RequestBudget::refuse(milliseconds pause, MonotonicPoint now)
{
    m_blockedUntil = std::max(m_blockedUntil, now + std::clamp<milliseconds>(pause, milliseconds(0), kLongestWindow));
}

milliseconds RequestBudget::delayFor(HttpPriority priority, MonotonicPoint now) const
{
    MonotonicPoint allowedAt = std::max(now, m_blockedUntil);
    const bool urgent = priority == HttpPriority::Urgent;
    for (const auto& [name, window] : m_windows) {
        if (window.resetsAt <= now)
            continue;
        const std::int64_t reserve = urgent || !window.quota ? 0 : reserveOf(*window.quota);
        const std::int64_t usable = window.remaining - reserve;
        if (usable <= 0) {
            allowedAt = std::max(allowedAt, window.resetsAt);
        } else if (!urgent && window.quota && window.remaining < *window.quota / 4) {
            const auto interval = (window.resetsAt - now) / usable;
            allowedAt = std::max(allowedAt, m_lastSent + interval);
        }
    }
    return std::chrono::ceil<milliseconds>(allowedAt - now);
}

void RequestBudget::spend(MonotonicPoint now)
{
    m_lastSent = now;
    for (auto& [name, window] : m_windows)
        window.remaining = std::max(window.remaining - 1, std::int64_t{0});
}

std::optional<std::int64_t> RequestBudget::remaining(MonotonicPoint now) const
{
    std::optional<std::int64_t> least;
    for (const auto& [name, window] : m_windows) {
        if (window.resetsAt > now)
            least = std::min(least.value_or(window.remaining), window.remaining);
    }
    return least;
}

milliseconds BudgetBook::delayFor(const QUrl& url, HttpPriority priority) const
{
    const auto budget = m_budgets.find(originOf(url));
    return budget == m_budgets.end() ? milliseconds(0) : budget->second.delayFor(priority, monotonicNow());
}

void BudgetBook::spend(const QUrl& url)
{
    m_budgets[originOf(url)].spend(monotonicNow());
}

void BudgetBook::learn(const QUrl& url, const HttpReply& reply)
{
    RequestBudget& budget = m_budgets[originOf(url)];
    budget.learn(reply.header("ratelimit"), reply.header("ratelimit-policy"), monotonicNow());
    if (reply.status == 429)
        budget.refuse(reply.retryAfter().value_or(seconds(1)), monotonicNow());
}

std::optional<std::int64_t> BudgetBook::remaining(const QUrl& url) const
{
    const auto budget = m_budgets.find(originOf(url));
    return budget == m_budgets.end() ? std::nullopt : budget->second.remaining(monotonicNow());
}

} // namespace visgate
