// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace visgate {

/// One member of a `RateLimit` header: `"minute";r=12;t=40`.
struct RateLimit {
    std::string window;         ///< the policy's name, e.g. "minute"
    std::int64_t remaining = 0; ///< requests left
    std::chrono::seconds resetsIn{0};
};

/// One member of a `RateLimit-Policy` header: `"minute";q=60;w=60`. The hub puts the kind before the name,
/// `"fixed window";"api";q=500;w=300`: the last quoted text before the parameters is the name.
struct RateLimitPolicy {
    std::string window;
    std::int64_t quota = 0;
    std::chrono::seconds length{0};
};

/// Members that do not parse are left out, unknown parameters are skipped. At most 16 members are read.
[[nodiscard]] std::vector<RateLimit> parseRateLimit(std::string_view header);
[[nodiscard]] std::vector<RateLimitPolicy> parseRateLimitPolicy(std::string_view header);

} // namespace visgate
