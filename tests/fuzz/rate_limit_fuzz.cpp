// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/rate_limit.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    const std::vector<RateLimit> limits = parseRateLimit(input);
    const std::vector<RateLimitPolicy> policies = parseRateLimitPolicy(input);
    fuzz::require(limits.size() <= 16 && policies.size() <= 16);
    for (const RateLimit& limit : limits)
        fuzz::require(!limit.window.empty() && limit.remaining >= 0 && limit.resetsIn.count() >= 0);
    for (const RateLimitPolicy& policy : policies)
        fuzz::require(!policy.window.empty() && policy.quota >= 0 && policy.length.count() >= 0);
}
