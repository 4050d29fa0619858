// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace visgate::http {

/// Header fields in order; names compare without case.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : m_fields(fields) { }
    void set(std::string_view name, std::string value); ///< replaces all fields of that name
    void add(std::string_view name, std::string value); ///< keeps those already there
    void remove(std::string_view name);
    /// The first field of that name, or an empty view.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] bool contains(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return m_fields; }

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

struct Request {
    std::string method; ///< upper case
    std::string target; ///< path and query as sent, starting with '/'
    Headers headers;
    std::string body;
    std::string remoteAddress; ///< server side: "127.0.0.1", empty on a local socket

    [[nodiscard]] std::string_view path() const; ///< target without query, still percent-encoded
    /// A query parameter, percent-decoded; empty if absent.
    [[nodiscard]] std::string query(std::string_view name) const;
    [[nodiscard]] bool hasQuery(std::string_view name) const;
    /// The path cut at '/', each segment percent-decoded.
    [[nodiscard]] std::vector<std::string> pathSegments() const;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
};

[[nodiscard]] std::string percentDecode(std::string_view text);
[[nodiscard]] std::string percentEncode(std::string_view text); ///< RFC 3986 unreserved kept, all else %XX
[[nodiscard]] Response jsonResponse(int status, std::string body, std::string_view contentType = "application/json");

} // namespace visgate::http
