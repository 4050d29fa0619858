// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/router.h"

namespace visgate::practice {

namespace {

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('/', begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::optional<std::vector<std::string>> matches(
    const std::vector<std::string>& pattern, const std::vector<std::string>& segments)
{
    std::vector<std::string> params;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool isParam = pattern[i].starts_with('{');
        if (i >= segments.size())
            return std::nullopt;
        if (isParam && pattern[i].ends_with("...}")) {
            std::string rest = segments[i];
            for (std::size_t j = i + 1; j < segments.size(); ++j)
                rest += '/' + segments[j];
            params.push_back(std::move(rest));
            return params;
        }
        if (isParam)
            params.push_back(segments[i]);
        else if (pattern[i] != segments[i])
            return std::nullopt;
    }
    if (segments.size() != pattern.size())
        return std::nullopt;
    return params;
}

} // namespace

void Router::add(std::string_view method, std::string_view pattern, RouteHandler handler)
{
    m_routes.push_back({std::string(method), split(pattern), std::move(handler)});
}

Router::Match Router::find(std::string_view method, const std::vector<std::string>& segments) const
{
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    Match result;
    for (const Route& route : m_routes) {
        auto params = matches(route.pattern, segments);
        if (!params)
            continue;
        if (route.method == wanted)
            return {&route.handler, std::move(*params), {}};
        if (result.allow.find(route.method) == std::string::npos)
            result.allow += (result.allow.empty() ? "" : ", ") + route.method;
    }
    return result;
}

} // namespace visgate::practice
