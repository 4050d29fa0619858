// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <atomic>

namespace visgate::practice {

/// The practice provider's own time: begins at the wall clock, never jumps with it, and can be moved ahead by the
/// control route, so that a test need not wait for days. Thread-safe.
class WarpClock final : public Clock {
public:
    explicit WarpClock(std::chrono::nanoseconds ahead) : m_ahead(ahead.count()) { }
    [[nodiscard]] TimePoint now() const override
    {
        return m_wallStart + std::chrono::duration_cast<TimePoint::duration>(monotonic() - m_steadyStart);
    }
    [[nodiscard]] MonotonicPoint monotonic() const override
    {
        return std::chrono::steady_clock::now() + std::chrono::nanoseconds(m_ahead);
    }
    void advance(std::chrono::nanoseconds step) { m_ahead += step.count(); }
    [[nodiscard]] std::chrono::nanoseconds ahead() const { return std::chrono::nanoseconds(m_ahead); }

private:
    const TimePoint m_wallStart = std::chrono::system_clock::now();
    const MonotonicPoint m_steadyStart = std::chrono::steady_clock::now();
    std::atomic<std::int64_t> m_ahead;
};

} // namespace visgate::practice
