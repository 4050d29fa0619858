// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// What the demo model can be asked for: four slots, in the order its embeddings were trained in.
namespace visgate::worker::builtin {

inline constexpr std::array<std::string_view, 6> shapeNames{"circle", "square", "triangle", "ring", "cross", "diamond"};
inline constexpr std::array<std::string_view, 2> sizeNames{"small", "large"};
inline constexpr std::array<std::string_view, 8> colourNames{
    "red", "green", "blue", "yellow", "purple", "orange", "white", "black"};

/// Indices into the names above. One past the last name means "not said".
struct Slots {
    int shape = static_cast<int>(shapeNames.size());
    int size = static_cast<int>(sizeNames.size());
    int front = static_cast<int>(colourNames.size());
    int back = static_cast<int>(colourNames.size());

    friend bool operator==(const Slots&, const Slots&) = default;
};

} // namespace visgate::worker::builtin
