// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace visgate {

using TimePoint = std::chrono::system_clock::time_point;
using MonotonicPoint = std::chrono::steady_clock::time_point;

/// Where time comes from. Passed in, so that a test can own it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall time: shown, stored, sent. May jump.
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Never jumps: for durations and deadlines.
    [[nodiscard]] virtual MonotonicPoint monotonic() const = 0;
    /// How long one of the system's timers must run for `span` of this clock's time to pass.
    [[nodiscard]] virtual std::chrono::nanoseconds timerFor(std::chrono::nanoseconds span) const { return span; }
};

class RealClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] MonotonicPoint monotonic() const override;
};

/// Runs `rate` times as fast as the real one, from the present moment on: a simulated day in a minute.
class RatedClock final : public Clock {
public:
    explicit RatedClock(double rate);
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] MonotonicPoint monotonic() const override;
    [[nodiscard]] std::chrono::nanoseconds timerFor(std::chrono::nanoseconds span) const override;

private:
    [[nodiscard]] std::chrono::nanoseconds passed() const;
    const double m_rate;
    const TimePoint m_wallStart = std::chrono::system_clock::now();
    const MonotonicPoint m_start = std::chrono::steady_clock::now();
};

/// Time stands still until advance() or jumpWall().
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(TimePoint start);
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] MonotonicPoint monotonic() const override;
    void advance(std::chrono::nanoseconds step);
    /// The user or NTP sets the wall clock; the monotonic one does not notice.
    void jumpWall(std::chrono::nanoseconds step);

private:
    mutable std::mutex m_mutex;
    TimePoint m_now;
    MonotonicPoint m_monotonic;
};

/// UTC ISO 8601 with microseconds and `Z`, the only form we store and send.
[[nodiscard]] std::string formatUtc(TimePoint time);
/// Accepts 0 to 9 fractional digits, `Z` or a ±hh:mm offset. False if it is not a time.
[[nodiscard]] bool parseUtc(std::string_view text, TimePoint& out);

} // namespace visgate
