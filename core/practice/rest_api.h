// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/router.h"
#include "core/practice/routes.h"

#include <memory>
#include <string>
#include <vector>

namespace visgate::practice {

class DeskExchange;
struct Keys;

/// REST v2 as a whole: key, limits, paths, and then the routes (facts 1.1). Runs with the world's mutex held.
class RestApi {
public:
    RestApi(World& world, Desk& desk);
    /// `segments` is the path behind the REST base URL. `desk` may get the rate-limit headers.
    [[nodiscard]] Reply handle(
        const Visit& visit, const std::vector<std::string>& segments, DeskExchange& deskExchange);

private:
    World& m_world;
    Desk& m_desk;
    Router m_router;
};

/// "Bearer KEY", or the key alone where `rawAllowed` (the queue API).
[[nodiscard]] bool hasGoodKey(const Keys& keys, const http::Request& request, bool rawAllowed);

} // namespace visgate::practice
