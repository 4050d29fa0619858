// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/replies.h"

#include "core/foundation/json/json_read.h"

namespace visgate::practice {

using nlohmann::json;

namespace {

std::string titleOf(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    default:
        return "Error";
    }
}

} // namespace

http::Response jsonReply(int status, const json& body)
{
    return http::jsonResponse(status, visgate::json::dump(body));
}

http::Response doneReply()
{
    return jsonReply(200, {{"ok", true}});
}

http::Response problemReply(const Problem& problem)
{
    json body = {{"title", titleOf(problem.status)}, {"status", problem.status}, {"detail", problem.detail}};
    if (!problem.errors.empty())
        body["errors"] = problem.errors;
    auto response = http::jsonResponse(problem.status, visgate::json::dump(body), "application/problem+json");
    if (!problem.allow.empty())
        response.headers.set("Allow", problem.allow);
    return response;
}

http::Response problemReply(int status, std::string detail)
{
    return problemReply(Problem{status, std::move(detail), {}, {}});
}

json parseBody(const http::Request& request)
{
    return visgate::json::parse(request.body).value_or(json(json::value_t::discarded));
}

std::vector<std::string> queryList(const http::Request& request, std::string_view name)
{
    std::vector<std::string> items;
    const std::string text = request.query(name);
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        items.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return items;
}

} // namespace visgate::practice
