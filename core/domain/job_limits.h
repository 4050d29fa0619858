// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What a job's input may hold, wherever it comes from. A model's own limits are narrower; its worker knows them.
namespace visgate::job_limits {

inline constexpr int kLongestPrompt = 10'000; ///< characters
inline constexpr int kLeastPixels = 16;       ///< of one side
inline constexpr int kMostPixels = 8192;
inline constexpr int kMostSteps = 1000;
inline constexpr double kMostGuidance = 100.0;
inline constexpr int kMostPictures = 16;
inline constexpr std::int64_t kLargestSeed = INT64_MAX;

} // namespace visgate::job_limits
