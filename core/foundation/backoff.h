// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace visgate {

/// How long to wait before the next try: a random time between nothing and a ceiling that doubles with each failure
/// ("full jitter"), so that many clients that failed together do not come back together. Not thread-safe.
class Backoff {
public:
    /// A number from 0 to below 1.
    using Random = std::function<double()>;

    Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap, Random random);

    /// The pause after one more failure.
    [[nodiscard]] std::chrono::milliseconds next();
    /// After a success.
    void reset();
    [[nodiscard]] int failures() const { return m_failures; }
    /// What next() will not exceed.
    [[nodiscard]] std::chrono::milliseconds ceiling() const;

private:
    std::chrono::milliseconds m_base;
    std::chrono::milliseconds m_cap;
    Random m_random;
    int m_failures = 0;
};

/// A source for Backoff seeded by the operating system. Each call of the returned function must be on one thread.
[[nodiscard]] Backoff::Random seededRandom();

} // namespace visgate
