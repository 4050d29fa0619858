// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/router.h"

#include "core/api/replies.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace visgate {

namespace {

constexpr std::string_view kAny = "{}";

std::vector<std::string> split(std::string_view pattern)
{
    return http::Request{{}, std::string(pattern), {}, {}, {}}.pathSegments();
}

std::optional<std::vector<std::string>> match(
    const std::vector<std::string>& pattern, const std::vector<std::string>& path)
{
    if (pattern.size() != path.size())
        return std::nullopt;
    std::vector<std::string> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == kAny)
            parameters.push_back(path[i]);
        else if (pattern[i] != path[i])
            return std::nullopt;
    }
    return parameters;
}

} // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler)
{
    m_routes.push_back({std::string(method), split(pattern), std::move(handler)});
}

void Router::route(std::shared_ptr<http::Exchange> exchange) const
{
    const http::Request& request = exchange->request();
    const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
    const std::vector<std::string> path = request.pathSegments();
    std::vector<std::string_view> allowed;
    for (const Route& route : m_routes) {
        auto parameters = match(route.segments, path);
        if (!parameters)
            continue;
        if (route.method == method)
            return route.handler({std::move(exchange), *std::move(parameters)});
        if (std::find(allowed.begin(), allowed.end(), route.method) == allowed.end())
            allowed.push_back(route.method);
    }
    exchange->respond(allowed.empty() ? replies::noSuchRoute(request.path()) : replies::wrongMethod(allowed));
}

} // namespace visgate
