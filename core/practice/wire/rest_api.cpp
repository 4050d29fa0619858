// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/rest_api.h"

#include "core/practice/wire/logged_exchange.h"
#include "core/practice/wire/replies.h"
#include "core/practice/world/world.h"

namespace visgate::practice {

RestApi::RestApi(World& world, JobQueue& queue, Fleet& fleet, ApiState& api) : m_world(world), m_api(api)
{
    addServerlessRoutes(m_router, world, queue, fleet);
    addCatalogRoutes(m_router, world);
    addStorageRoutes(m_router, world);
    addBillingRoutes(m_router, world);
}

bool hasGoodKey(const Keys& keys, const http::Request& request, bool rawAllowed)
{
    std::string_view key = request.headers.get("Authorization");
    constexpr std::string_view bearer = "Bearer ";
    if (key.starts_with(bearer))
        key.remove_prefix(bearer.size());
    else if (!rawAllowed)
        return false;
    return keys.takesApiKey(key);
}

Reply RestApi::handle(const Visit& visit, const std::vector<std::string>& segments, LoggedExchange& answer)
{
    const http::Request& request = visit.request();
    if (!hasGoodKey(m_world.settings.keys, request, false)) {
        const bool missing = !request.headers.get("Authorization").starts_with("Bearer ");
        return problemReply(401, missing ? "missing bearer token" : "invalid bearer token");
    }
    const TimePoint now = m_world.now();
    const bool admitted = m_api.restLimits.admit(now);
    http::Headers limits;
    m_api.restLimits.describe(now, limits);
    answer.addHeaders(limits);
    if (!admitted) {
        auto reply = problemReply(429, "rate limit exceeded for the " + m_api.restLimits.fullWindow(now) + " window");
        reply.headers.set("Retry-After", std::to_string(m_api.restLimits.retryAfter(now).count()));
        return reply;
    }
    auto match = m_router.find(request.method, segments);
    if (!match.handler && match.allow.empty())
        return problemReply(404, "The requested path was not found.");
    if (!match.handler)
        return problemReply({405, "method " + request.method + " is not allowed here", {}, match.allow});
    const bool changes = request.method != "GET" && request.method != "HEAD";
    const bool bills = !segments.empty() && segments.front() == "billing";
    if ((changes && m_api.rights.readOnly) || (bills && m_api.rights.noBilling))
        return problemReply(403, "access denied");
    return (*match.handler)({visit.exchange, std::move(match.params)});
}

} // namespace visgate::practice
