// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <mutex>

namespace visgate::practice {

/// The practice provider's own time: begins at the wall clock, never jumps with it, and can be moved ahead or made to
/// run faster by the control route, so that a test need not wait for days. Thread-safe.
class WarpClock final : public Clock {
public:
    explicit WarpClock(std::chrono::nanoseconds ahead) : m_ahead(ahead) { }
    [[nodiscard]] TimePoint now() const override
    {
        return m_wallStart + std::chrono::duration_cast<TimePoint::duration>(monotonic() - m_start);
    }
    [[nodiscard]] MonotonicPoint monotonic() const override
    {
        const std::lock_guard guard(m_mutex);
        return m_start + passed() + m_ahead;
    }
    /// Time as processes live it: moved ahead with the rest, but never faster than the real one. What a worker is given
    /// to answer counts by this.
    [[nodiscard]] MonotonicPoint ofProcesses() const
    {
        const std::lock_guard guard(m_mutex);
        return std::chrono::steady_clock::now() + m_ahead;
    }
    void advance(std::chrono::nanoseconds step)
    {
        const std::lock_guard guard(m_mutex);
        m_ahead += step;
    }
    /// From now on, `rate` seconds of it are one real second.
    void setRate(double rate)
    {
        const std::lock_guard guard(m_mutex);
        m_passed = passed();
        m_rateSince = std::chrono::steady_clock::now();
        m_rate = rate;
    }
    [[nodiscard]] std::chrono::nanoseconds ahead() const
    {
        const std::lock_guard guard(m_mutex);
        return m_ahead + passed() - (std::chrono::steady_clock::now() - m_start);
    }

private:
    [[nodiscard]] std::chrono::nanoseconds passed() const
    {
        const std::chrono::duration<double, std::nano> real = std::chrono::steady_clock::now() - m_rateSince;
        return m_passed + std::chrono::duration_cast<std::chrono::nanoseconds>(real * m_rate);
    }

    const TimePoint m_wallStart = std::chrono::system_clock::now();
    const MonotonicPoint m_start = std::chrono::steady_clock::now();
    mutable std::mutex m_mutex;
    std::chrono::nanoseconds m_ahead;
    std::chrono::nanoseconds m_passed{0};
    MonotonicPoint m_rateSince = m_start;
    double m_rate = 1.0;
};

} // namespace visgate::practice
