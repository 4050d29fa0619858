// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/backoff.h"

#include <algorithm>
#include <random>
#include <utility>

namespace visgate {

Backoff::Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap, Random random)
    : m_base(base), m_cap(cap), m_random(std::move(random))
{
}

std::chrono::milliseconds Backoff::next()
{
    const double fraction = std::clamp(m_random(), 0.0, 1.0);
    const auto pause = std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(fraction * static_cast<double>(ceiling().count())));
    ++m_failures;
    return pause;
}

void Backoff::reset()
{
    m_failures = 0;
}

std::chrono::milliseconds Backoff::ceiling() const
{
    std::chrono::milliseconds limit = m_base;
    for (int i = 0; i < m_failures && limit < m_cap; ++i)
        limit *= 2;
    return std::min(limit, m_cap);
}

Backoff::Random seededRandom()
{
    return [engine = std::mt19937_64(std::random_device{}())]() mutable {
        return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
    };
}

} // namespace visgate
