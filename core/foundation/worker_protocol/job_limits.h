// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What a job's input may hold, wherever it comes from: command line, local API, window, recipe, queue. The one list
/// that both sides of the queue are held to, so that nothing is paid for which the worker then refuses. A model's own
/// limits may be narrower; its worker knows them.
namespace visgate::job_limits {

inline constexpr int kLongestPrompt = 4000; ///< characters, as people count them: Unicode code points
inline constexpr int kLeastPixels = 16;     ///< of one side
inline constexpr int kMostPixels = 8192;
inline constexpr int kLeastSteps = 1;
inline constexpr int kMostSteps = 1000;
inline constexpr double kLeastGuidance = 0.0;
inline constexpr double kMostGuidance = 100.0;
inline constexpr int kMostPictures = 16;
/// Whole numbers up to here every JSON reader keeps exactly: a seed that is shown can be given back.
inline constexpr std::int64_t kLargestSeed = (std::int64_t{1} << 53) - 1;

enum class PromptProblem {
    None,
    Empty,   ///< nothing, or nothing but spaces
    TooLong, ///< more than kLongestPrompt characters
    Control, ///< a character that is not to be seen, other than line breaks and tabs
};

struct PromptCheck {
    PromptProblem problem = PromptProblem::None;
    std::size_t characters = 0; ///< its length
    char32_t control = 0;       ///< the first character that cannot be used
};

/// Looks at a prompt in UTF-8; bytes that are not UTF-8 count as one character each.
[[nodiscard]] PromptCheck checkPrompt(std::string_view utf8);

/// The rule that was broken, for machines and logs: "is longer than 4000 characters". Empty for None.
[[nodiscard]] std::string ruleOf(const PromptCheck& check);

/// The seed of the n-th picture of a job (from 0): the following ones, and from the largest on to 0.
[[nodiscard]] constexpr std::uint64_t seedOfPicture(std::uint64_t seed, int n)
{
    return (seed + static_cast<std::uint64_t>(n)) & static_cast<std::uint64_t>(kLargestSeed);
}

} // namespace visgate::job_limits
