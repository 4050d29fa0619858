// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/builtin/shapes_model.h"

#include <array>
#include <string>

/// Looks at a picture as a stranger would, knowing nothing of how it was made.
namespace visgate::worker::builtin {

using Rgb = std::array<int, 3>;

[[nodiscard]] Rgb pixelAt(const Picture& picture, int x, int y);
/// Largest difference of a channel.
[[nodiscard]] int distance(const Rgb& a, const Rgb& b);
[[nodiscard]] Rgb paletteColour(const std::string& name);

/// Where the foreground lies: pixels nearer to one colour than to the other.
struct Figure {
    int left = 0;
    int top = 0;
    int right = -1; ///< inclusive
    int bottom = -1;
    double fill = 0;     ///< share of the bounding box that is foreground
    double topWidth = 0; ///< share of the box's width that is foreground in its upper tenth
    double bottomWidth = 0;
    [[nodiscard]] int width() const { return right - left + 1; }
    [[nodiscard]] int height() const { return bottom - top + 1; }
    [[nodiscard]] int centreX() const { return (left + right) / 2; }
    [[nodiscard]] int centreY() const { return (top + bottom) / 2; }
};
[[nodiscard]] Figure findFigure(const Picture& picture, const Rgb& front, const Rgb& back);
/// "circle", "square", "triangle" or "other", by how much of its box it fills.
[[nodiscard]] std::string shapeOf(const Figure& figure);

} // namespace visgate::worker::builtin
