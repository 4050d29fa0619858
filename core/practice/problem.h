// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace visgate::practice {

/// A REST refusal, sent as application/problem+json (facts 1.1).
struct Problem {
    int status = 400;
    std::string detail;
    std::vector<std::string> errors; ///< single validation failures, only with 422
    std::string allow;               ///< the Allow header of a 405
};

} // namespace visgate::practice
