// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/rate_limits.h"

#include <algorithm>

namespace visgate::practice {

namespace {

constexpr std::chrono::seconds queueWindow{10};

} // namespace

void RestLimits::setQuotas(const Quotas& quotas)
{
    m_windows[0].quota = quotas.minute;
    m_windows[1].quota = quotas.hour;
    m_windows[2].quota = quotas.day;
    for (Window& window : m_windows)
        window.used = 0;
}

bool RestLimits::isFull(const Window& window, TimePoint now)
{
    return now < window.began + window.length && window.used >= window.quota;
}

std::int64_t RestLimits::secondsLeft(const Window& window, TimePoint now)
{
    const auto left = window.began + window.length - now;
    if (left <= left.zero() || window.used == 0)
        return window.length.count();
    return std::chrono::ceil<std::chrono::seconds>(left).count();
}

bool RestLimits::admit(TimePoint now)
{
    if (!fullWindow(now).empty()) {
        ++m_refused;
        return false;
    }
    ++m_admitted;
    for (Window& window : m_windows) {
        if (now >= window.began + window.length) {
            window.began = now;
            window.used = 0;
        }
        ++window.used;
    }
    return true;
}

std::string RestLimits::fullWindow(TimePoint now) const
{
    const auto* const full
        = std::find_if(m_windows.begin(), m_windows.end(), [&](const Window& window) { return isFull(window, now); });
    return full == m_windows.end() ? "" : full->name;
}

void RestLimits::describe(TimePoint now, http::Headers& headers) const
{
    std::string state;
    std::string policy;
    for (const Window& window : m_windows) {
        const std::string name = std::string(state.empty() ? "" : ", ") + '"' + window.name + '"';
        const bool over = now >= window.began + window.length;
        const int remaining = std::max(0, window.quota - (over ? 0 : window.used));
        state += name + ";r=" + std::to_string(remaining) + ";t=" + std::to_string(secondsLeft(window, now));
        policy += name + ";q=" + std::to_string(window.quota) + ";w=" + std::to_string(window.length.count());
    }
    headers.set("RateLimit", state);
    headers.set("RateLimit-Policy", policy);
}

std::chrono::seconds RestLimits::retryAfter(TimePoint now) const
{
    std::int64_t wait = 1;
    for (const Window& window : m_windows) {
        if (isFull(window, now))
            wait = std::max(wait, secondsLeft(window, now));
    }
    return std::chrono::seconds(wait);
}

bool QueueLimits::admit(const std::string& endpointId, const std::string& operation, TimePoint now)
{
    const auto most = m_most.find(operation);
    if (most == m_most.end())
        return true;
    Window& window = m_windows[endpointId + '/' + operation];
    if (now >= window.began + queueWindow)
        window = {now, 0};
    if (window.used >= most->second)
        return false;
    ++window.used;
    return true;
}

void QueueLimits::set(const std::string& operation, int most)
{
    m_most[operation] = most;
}

} // namespace visgate::practice
