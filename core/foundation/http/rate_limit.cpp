// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/rate_limit.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace visgate {
namespace {

constexpr std::size_t kMaxMembers = 16;

struct Member {
    std::string name;
    std::map<char, std::int64_t> numbers; ///< one-letter parameters
};

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Cuts at a separator that stands outside quotes.
std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    bool isQuoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            isQuoted = !isQuoted;
        if (text[i] == separator && !isQuoted) {
            parts.push_back(trimmed(text.substr(start, i - start)));
            start = i + 1;
        }
    }
    parts.push_back(trimmed(text.substr(start)));
    return parts;
}

std::optional<std::int64_t> toNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // A window beyond some years is nonsense that would overflow durations.
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0 || value > 1'000'000'000)
        return std::nullopt;
    return value;
}

std::optional<Member> parseMember(std::string_view text)
{
    Member member;
    for (const std::string_view part : split(text, ';')) {
        const std::size_t equals = part.find('=');
        if (part.size() >= 2 && part.front() == '"' && part.back() == '"') {
            member.name = part.substr(1, part.size() - 2);
        } else if (equals == 1) {
            if (const auto number = toNumber(part.substr(2)))
                member.numbers[part.front()] = *number;
        } else if (member.name.empty() && equals == std::string_view::npos) {
            member.name = part; // a bare token is a legal name too
        }
    }
    if (member.name.empty())
        return std::nullopt;
    return member;
}

template <typename Make> void forEachMember(std::string_view header, Make make)
{
    const std::vector<std::string_view> parts = split(header, ',');
    for (std::size_t i = 0; i < std::min(parts.size(), kMaxMembers); ++i) {
        if (const auto member = parseMember(parts[i]))
            make(*member);
    }
}

} // namespace

std::vector<RateLimit> parseRateLimit(std::string_view header)
{
    std::vector<RateLimit> out;
    forEachMember(header, [&out](const Member& member) {
        const auto remaining = member.numbers.find('r');
        const auto reset = member.numbers.find('t');
        if (remaining != member.numbers.end()) {
            out.push_back({member.name, remaining->second,
                std::chrono::seconds(reset == member.numbers.end() ? 0 : reset->second)});
        }
    });
    return out;
}

std::vector<RateLimitPolicy> parseRateLimitPolicy(std::string_view header)
{
    std::vector<RateLimitPolicy> out;
    forEachMember(header, [&out](const Member& member) {
        const auto quota = member.numbers.find('q');
        const auto window = member.numbers.find('w');
        if (quota != member.numbers.end()) {
            out.push_back({member.name, quota->second,
                std::chrono::seconds(window == member.numbers.end() ? 0 : window->second)});
        }
    });
    return out;
}

} // namespace visgate
