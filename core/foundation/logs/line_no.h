// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace visgate {

/// Which line of a deployment's log: 1 is the first, 0 stands before it. No count of lines and no number that a
/// provider or a worker gives to its own.
class LineNo {
public:
    constexpr LineNo() = default;
    constexpr explicit LineNo(std::int64_t value) : m_value(value) { }
    [[nodiscard]] constexpr std::int64_t value() const { return m_value; }
    /// The one after it. The largest stays, since a client may have sent it.
    [[nodiscard]] constexpr LineNo next() const
    {
        return m_value == std::numeric_limits<std::int64_t>::max() ? *this : LineNo(m_value + 1);
    }
    constexpr auto operator<=>(const LineNo&) const = default;

private:
    std::int64_t m_value = 0;
};

} // namespace visgate
