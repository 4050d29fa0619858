// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What the demo model that comes with the worker can draw: its worker holds jobs to it, and forms offer nothing else.
namespace visgate::demo_limits {

inline constexpr int kSide = 256; ///< pixels; it draws squares of this size only
inline constexpr int kLeastSteps = 8;
inline constexpr int kMostSteps = 50;
inline constexpr int kSteps = 20;
inline constexpr double kLeastGuidance = 1.0;
inline constexpr double kMostGuidance = 5.0;
inline constexpr double kGuidance = 2.0;
inline constexpr int kMostPictures = 4;

} // namespace visgate::demo_limits
