// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace visgate::json {

/// What one JSON text may cost its reader. Readers, writers and destructors of JSON go down level by level, so that a
/// deep text ends on the stack's floor; and a value takes many times the bytes it was sent as.
struct Budget {
    int depth = 64;                 ///< no message of ours or a provider's is deeper
    std::size_t values = 1'000'000; ///< arrays, objects and what stands between their commas
};

/// Looks at brackets and commas outside strings, before anything is made of the text. It need not be JSON: up to its
/// first mistake, where reading it ends, the answer holds.
[[nodiscard]] bool isWithin(std::string_view text, const Budget& budget = {});

} // namespace visgate::json
