// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/wire.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace visgate::http::wire {
namespace {

bool isTokenChar(char c)
{
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || kMarks.find(c) != std::string_view::npos;
}

// Whatever a handler copied from elsewhere must not be able to begin a line of its own.
bool isSafeField(std::string_view name, std::string_view value)
{
    constexpr std::string_view kForbidden("\r\n\0", 3);
    return !name.empty() && std::all_of(name.begin(), name.end(), isTokenChar)
        && value.find_first_of(kForbidden) == std::string_view::npos;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::any_of(names.begin(), names.end(), [name](std::string_view other) {
        Headers probe{{std::string(other), {}}}; // compares as headers do
        return probe.contains(name);
    });
}

void appendFields(std::string& out, const Headers& headers, std::initializer_list<std::string_view> leftOut)
{
    for (const auto& [name, value] : headers.all()) {
        if (isSafeField(name, value) && !isOneOf(name, leftOut))
            out.append(name).append(": ").append(value).append("\r\n");
    }
}

// RFC 9110 section 5.6.7.
std::string formatHttpDate(std::chrono::system_clock::time_point time)
{
    using namespace std::chrono;
    constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time - day)};
    const auto two = [](auto value) {
        const std::string digits = std::to_string(value);
        return digits.size() < 2 ? "0" + digits : digits;
    };
    std::string out{kDays[weekday{day}.c_encoding()]};
    out.append(", ").append(two(static_cast<unsigned>(date.day()))).append(" ");
    out.append(kMonths[static_cast<unsigned>(date.month()) - 1]).append(" ");
    out.append(std::to_string(static_cast<int>(date.year()))).append(" ");
    out.append(two(clock.hours().count())).append(":").append(two(clock.minutes().count())).append(":");
    out.append(two(clock.seconds().count())).append(" GMT");
    return out;
}

} // namespace

std::string formatResponseHead(
    int status, const Headers& headers, Framing framing, std::uint64_t contentLength, bool keepsAlive)
{
    std::string out = "HTTP/1.1 " + std::to_string(status) + " ";
    out.append(reasonPhrase(status)).append("\r\n");
    appendFields(out, headers, {"Content-Length", "Transfer-Encoding", "Connection"});
    if (!headers.contains("Date"))
        out.append("Date: ").append(formatHttpDate(std::chrono::system_clock::now())).append("\r\n");
    if (framing == Framing::Length)
        out.append("Content-Length: ").append(std::to_string(contentLength)).append("\r\n");
    else if (framing == Framing::Chunked)
        out.append("Transfer-Encoding: chunked\r\n");
    out.append(keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    return out;
}

std::string formatRequestHead(const Request& request, std::string_view host)
{
    std::string out = request.method + " " + request.target + " HTTP/1.1\r\n";
    if (!request.headers.contains("Host"))
        out.append("Host: ").append(host).append("\r\n");
    appendFields(out, request.headers, {"Content-Length", "Transfer-Encoding"});
    const bool alwaysHasLength = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty() || alwaysHasLength)
        out.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    out.append("\r\n");
    return out;
}

std::string formatChunk(std::string_view data)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), data.size(), 16);
    std::string out;
    out.reserve(data.size() + 20);
    out.append(digits.data(), end.ptr).append("\r\n").append(data).append("\r\n");
    return out;
}

std::string_view lastChunk()
{
    return "0\r\n\r\n";
}

bool statusHasBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Status";
    }
}

std::optional<std::uint64_t> contentLengthOf(const Headers& headers)
{
    const std::string_view text = headers.get("Content-Length");
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace visgate::http::wire
