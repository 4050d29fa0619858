// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/bucket_replies.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <utility>

namespace visgate::worker {
namespace {

constexpr std::size_t longestCode = 64;
constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};

std::string resolvedEntities(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const auto entity = std::find_if(
            entities.begin(), entities.end(), [text](const auto& known) { return text.starts_with(known.first); });
        if (entity != entities.end()) {
            out += entity->second;
            text.remove_prefix(entity->first.size());
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

} // namespace

std::vector<std::string> elementsOf(std::string_view xml, std::string_view name)
{
    std::vector<std::string> found;
    const std::string open = '<' + std::string(name) + '>';
    const std::string close = "</" + std::string(name) + '>';
    for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
        at += open.size();
        const std::size_t end = xml.find(close, at);
        if (end == std::string_view::npos) {
            break;
        }
        found.emplace_back(xml.substr(at, end - at));
        at = end;
    }
    return found;
}

std::string elementOf(std::string_view xml, std::string_view name)
{
    const auto found = elementsOf(xml, name);
    return found.empty() ? std::string() : resolvedEntities(found.front());
}

std::string escapedXml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto* const entity
            = std::find_if(entities.begin(), entities.end(), [c](const auto& known) { return known.second == c; });
        out += entity != entities.end() ? std::string(entity->first) : std::string(1, c);
    }
    return out;
}

std::string errorCodeIn(std::string_view xml)
{
    if (xml.find("<Error>") == std::string_view::npos) {
        return {};
    }
    std::string code = elementOf(xml, "Code");
    std::erase_if(code, [](char c) { return !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')); });
    return code.substr(0, longestCode);
}

bool isErrorInDisguise(const WebReply& reply)
{
    return reply.status == 200 && reply.body.find("<Error>") != std::string::npos;
}

std::optional<TimePoint> timeIn(const WebReply& reply)
{
    const std::time_t time = curl_getdate(std::string(reply.headers.get("Date")).c_str(), nullptr);
    return time < 0 ? std::nullopt : std::optional(std::chrono::system_clock::from_time_t(time));
}

} // namespace visgate::worker
