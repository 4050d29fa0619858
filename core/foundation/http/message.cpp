// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/message.h"

#include <algorithm>
#include <optional>

namespace visgate::http {
namespace {

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalsWithoutCase(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
        [](char a, char b) { return lowerAscii(a) == lowerAscii(b); });
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// A query is form-encoded: there, and only there, '+' is a space.
std::string decodeQueryPart(std::string_view text)
{
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecode(spaced);
}

std::optional<std::string> findQuery(std::string_view target, std::string_view name)
{
    const std::size_t start = target.find('?');
    if (start == std::string_view::npos)
        return std::nullopt;
    std::string_view rest = target.substr(start + 1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty() && decodeQueryPart(pair.substr(0, equals)) == name)
            return decodeQueryPart(pair.substr(std::min(equals + 1, pair.size())));
    }
    return std::nullopt;
}

} // namespace

void Headers::set(std::string_view name, std::string value)
{
    remove(name);
    m_fields.emplace_back(std::string(name), std::move(value));
}

void Headers::add(std::string_view name, std::string value)
{
    m_fields.emplace_back(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_fields, [name](const auto& field) { return equalsWithoutCase(field.first, name); });
}

std::string_view Headers::get(std::string_view name) const
{
    for (const auto& [fieldName, value] : m_fields) {
        if (equalsWithoutCase(fieldName, name))
            return value;
    }
    return {};
}

bool Headers::contains(std::string_view name) const
{
    return std::any_of(
        m_fields.begin(), m_fields.end(), [name](const auto& field) { return equalsWithoutCase(field.first, name); });
}

std::string_view Request::path() const
{
    const std::string_view view = target;
    return view.substr(0, std::min(view.find_first_of("?#"), view.size()));
}

std::string Request::query(std::string_view name) const
{
    return findQuery(target, name).value_or(std::string());
}

bool Request::hasQuery(std::string_view name) const
{
    return findQuery(target, name).has_value();
}

std::vector<std::string> Request::pathSegments() const
{
    std::vector<std::string> segments;
    std::string_view rest = path();
    if (!rest.empty() && rest.front() == '/')
        rest.remove_prefix(1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        segments.push_back(percentDecode(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return segments;
}

std::string percentDecode(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i]; // a stray '%' stays as it is
        }
    }
    return out;
}

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool isUnreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_' || c == '~';
        if (isUnreserved) {
            out += c;
        } else {
            const auto value = static_cast<unsigned char>(c);
            out += '%';
            out += kDigits[value >> 4U];
            out += kDigits[value & 0x0fU];
        }
    }
    return out;
}

Response jsonResponse(int status, std::string body, std::string_view contentType)
{
    Response response;
    response.status = status;
    response.headers.set("Content-Type", std::string(contentType));
    response.body = std::move(body);
    return response;
}

} // namespace visgate::http
