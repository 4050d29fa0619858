// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/wire/router.h"
#include "core/practice/wire/routes.h"

#include <memory>
#include <string>
#include <vector>

namespace visgate::practice {

class LoggedExchange;
struct Keys;

/// REST v2 as a whole: key, limits, paths, and then the routes (facts 1.1). Runs with the world's mutex held.
class RestApi {
public:
    RestApi(World& world, JobQueue& queue, Fleet& fleet, ApiState& api);
    /// `segments` is the path behind the REST base URL. `answer` gets the rate-limit headers.
    [[nodiscard]] Reply handle(const Visit& visit, const std::vector<std::string>& segments, LoggedExchange& answer);

private:
    World& m_world;
    ApiState& m_api;
    Router m_router;
};

/// "Bearer KEY", or the key alone where `rawAllowed` (the queue API).
[[nodiscard]] bool hasGoodKey(const Keys& keys, const http::Request& request, bool rawAllowed);

} // namespace visgate::practice
