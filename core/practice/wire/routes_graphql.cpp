// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/replies.h"
#include "core/practice/wire/rest_api.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr double standardSpendLimitPerHour = 80; ///< facts 5

/// Refusals come with status 200 (facts 2).
http::Response refusal(const std::string& message, const char* code)
{
    return jsonReply(
        200, {{"errors", json::array({{{"message", message}, {"extensions", {{"code", code}}}}})}, {"data", nullptr}});
}

} // namespace

Reply answerGraphql(World& world, const Visit& visit)
{
    const http::Request& request = visit.request();
    if (request.method != "POST")
        return jsonReply(405, {{"error", "method not allowed"}});
    if (!hasGoodKey(world.settings.keys, request, false))
        return jsonReply(401, {{"error", "unauthorized"}});
    const json body = parseBody(request);
    if (!body.is_object() || !body.value("query", json()).is_string())
        return jsonReply(400, {{"errors", json::array({{{"message", "POST body missing"}}})}});
    if (body["query"].get<std::string>().find("myself") == std::string::npos)
        return refusal("practice mode answers questions about myself only", "GRAPHQL_VALIDATION_FAILED");
    constexpr double secondsPerHour = 3600;
    return jsonReply(200,
        {{"data",
            {{"myself",
                {{"id", "user_practice"},
                    {"clientBalance", world.account.creditUsd - world.account.spentUsd(world.now())},
                    {"currentSpendPerHr", world.account.spendRate() * secondsPerHour},
                    {"spendLimit", standardSpendLimitPerHour}}}}}});
}

} // namespace visgate::practice
