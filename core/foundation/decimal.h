// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <charconv>
#include <string>

namespace visgate {

/// A number as wires, files and arguments have it, whatever the user's country writes: a point, no grouping, the fewest
/// digits that read back as the same value ("60", "0.1"). For finite values; people read theirs through ui's Format.
[[nodiscard]] inline std::string decimal(double value)
{
    std::array<char, 32> text{}; // the longest needs 24
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), written.ptr};
}

} // namespace visgate
