// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

/// Splits an endpoint's `args` as a shell would: at blanks, with '…', "…" and backslash (facts 1.5).
[[nodiscard]] std::vector<std::string> splitArguments(std::string_view text);

} // namespace visgate::practice
