// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/request_budget.h"

#include "core/foundation/http/rate_limit.h"

#include <algorithm>
#include <array>

namespace visgate {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMaxWindows = 8;
constexpr auto kLongestWindow = seconds(7 * 24 * 3600);
/// Headers tell whole seconds: two reset times closer than this are one.
constexpr milliseconds kSameReset{2500};
/// Background calls never stop altogether while there is anything left.
constexpr seconds kLongestBackgroundPause{60};
constexpr double kBackgroundShare = 0.5;
constexpr double kBackgroundBurst = 0.05;

/// What a class of calls leaves untouched of a window: a share of its quota, and at most so many requests.
struct Reserve {
    double share;
    std::int64_t most;
};
constexpr std::array<Reserve, kHttpPriorities> kReserves{
    {{0.0, 0}, {0.2, 50}, {0.2, 50}, {0.25, 75}, {0.4, 400}, {0.4, 400}}};
/// Of what a class may use, so much goes out without a pause between.
constexpr std::int64_t kBurstShare = 4;
constexpr std::int64_t kLongestBurst = 10;
/// Creates that go into the share of the urgent ones keep so far apart: one is never kept waiting, many leave a rest.
constexpr seconds kBetweenLastCreates{30};

std::int64_t reserveOf(HttpPriority priority, std::int64_t quota)
{
    if (priority == HttpPriority::Urgent)
        return 0;
    const Reserve& reserve = kReserves.at(static_cast<std::size_t>(priority));
    const auto share = static_cast<std::int64_t>(reserve.share * static_cast<double>(quota));
    return std::clamp(share, std::int64_t{1}, reserve.most);
}

bool isBackground(HttpPriority priority)
{
    return priority >= HttpPriority::Observe;
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

void RequestBudget::learn(const QByteArray& rateLimit, const QByteArray& policy, MonotonicPoint now)
{
    for (const RateLimit& state : parseRateLimit(viewOf(rateLimit))) {
        if (!m_windows.contains(state.window) && m_windows.size() == kMaxWindows)
            continue;
        const bool isNew = !m_windows.contains(state.window);
        Window& window = m_windows[state.window];
        const MonotonicPoint resetsAt = now + std::clamp(state.resetsIn, seconds(0), kLongestWindow);
        // What is under way is not counted in this header, or perhaps it is: the safe reading is that it is not.
        const std::int64_t left = std::max(state.remaining - m_underWay, std::int64_t{0});
        const bool isSame
            = !isNew && !window.assumed && window.resetsAt > now && resetsAt < window.resetsAt + kSameReset;
        // Answers overtake each other: within a window the count only falls.
        window.remaining = isSame ? std::min(window.remaining, left) : left;
        if (!isSame && !window.assumed)
            window.background = 0;
        if (!isSame || resetsAt < window.resetsAt)
            window.resetsAt = resetsAt;
        window.assumed = false;
    }
    for (const RateLimitPolicy& rule : parseRateLimitPolicy(viewOf(policy))) {
        const auto window = m_windows.find(rule.window);
        if (window == m_windows.end())
            continue;
        window->second.quota = rule.quota;
        window->second.length = std::clamp(rule.length, seconds(0), kLongestWindow);
    }
}

void RequestBudget::refuse(milliseconds pause, MonotonicPoint now)
{
    m_blockedUntil = std::max(m_blockedUntil, now + std::clamp<milliseconds>(pause, milliseconds(0), kLongestWindow));
}

/// How a class that is not in the background goes out: `burst` at once, then one in each `interval`.
struct RequestBudget::Rate {
    MonotonicPoint::duration interval{0};
    std::int64_t burst = 1;
};

/// Unset: none may go out before the window ends.
std::optional<RequestBudget::Rate> RequestBudget::rateOf(
    const Window& window, HttpPriority priority, MonotonicPoint now) const
{
    if (window.remaining <= 0)
        return std::nullopt;
    if (priority == HttpPriority::Urgent || !window.quota || *window.quota <= 0)
        return Rate{};
    const MonotonicPoint::duration left = window.resetsAt - now;
    const std::int64_t usable = window.remaining - reserveOf(priority, *window.quota);
    if (usable > 0) {
        if (window.remaining >= *window.quota / 2)
            return Rate{};
        return Rate{left / usable, std::clamp(usable / kBurstShare, std::int64_t{1}, kLongestBurst)};
    }
    if (priority == HttpPriority::Create)
        return Rate{std::min<MonotonicPoint::duration>(left / window.remaining, kBetweenLastCreates), 1};
    return std::nullopt;
}

MonotonicPoint RequestBudget::allowedBy(const Window& window, HttpPriority priority, MonotonicPoint now) const
{
    if (!isBackground(priority)) {
        const auto rate = rateOf(window, priority, now);
        if (!rate)
            return window.resetsAt;
        const MonotonicPoint next = window.next.at(static_cast<std::size_t>(priority));
        return std::min(next - rate->interval * (rate->burst - 1), window.resetsAt);
    }
    const std::int64_t reserve = window.quota ? reserveOf(priority, *window.quota) : 0;
    if (window.remaining <= reserve)
        return window.resetsAt;
    if (!window.quota || *window.quota <= 0 || window.length <= seconds(0))
        return now;
    const auto quota = static_cast<double>(*window.quota);
    const double ahead = static_cast<double>(window.background) - std::max(1.0, kBackgroundBurst * quota);
    if (ahead <= 0.0)
        return now;
    const std::chrono::duration<double> due(
        ahead / (kBackgroundShare * quota) * static_cast<double>(window.length.count()));
    const MonotonicPoint dueAt
        = window.resetsAt - window.length + std::chrono::duration_cast<MonotonicPoint::duration>(due);
    return std::min(dueAt, m_lastBackground + kLongestBackgroundPause);
}

milliseconds RequestBudget::delayFor(HttpPriority priority, MonotonicPoint now) const
{
    MonotonicPoint allowedAt = std::max(now, m_blockedUntil);
    for (const auto& [name, window] : m_windows) {
        if (window.resetsAt > now)
            allowedAt = std::max(allowedAt, allowedBy(window, priority, now));
    }
    return std::chrono::ceil<milliseconds>(allowedAt - now);
}

void RequestBudget::spend(HttpPriority priority, MonotonicPoint now)
{
    if (isBackground(priority))
        m_lastBackground = now;
    ++m_underWay;
    for (auto& [name, window] : m_windows) {
        if (window.resetsAt <= now && window.quota && window.length > seconds(0)) {
            window.remaining = *window.quota;
            window.resetsAt = now + window.length;
            window.assumed = true;
            window.background = 0;
        }
        window.background += isBackground(priority) ? 1 : 0;
        // Each class by its own clock: what others send does not put off its turn.
        if (const auto rate = rateOf(window, priority, now); rate && !isBackground(priority)) {
            MonotonicPoint& next = window.next.at(static_cast<std::size_t>(priority));
            next = std::max(next, now) + rate->interval;
        }
        window.remaining = std::max(window.remaining - 1, std::int64_t{0});
    }
}

void RequestBudget::settle()
{
    m_underWay = std::max(0, m_underWay - 1);
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

std::optional<double> RequestBudget::perMinute() const
{
    std::optional<double> least;
    for (const auto& [name, window] : m_windows) {
        if (!window.quota || window.length <= seconds(0))
            continue;
        const double rate = static_cast<double>(*window.quota) * 60.0 / static_cast<double>(window.length.count());
        least = std::min(least.value_or(rate), rate);
    }
    return least;
}

} // namespace visgate
