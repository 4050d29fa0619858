// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/sse.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace visgate {
namespace {

std::string without(std::string_view unwanted, std::string_view text)
{
    std::string out(text);
    std::erase_if(out, [unwanted](char c) { return unwanted.find(c) != std::string_view::npos; });
    return out;
}

constexpr std::string_view kLineBreaks = "\r\n";
constexpr std::string_view kNotInIds("\r\n\0", 3); // a reader ignores an id with NUL

} // namespace

SseParser::SseParser(std::size_t maxEventBytes) : m_maxEventBytes(maxEventBytes) { }

std::vector<SseEvent> SseParser::feed(std::string_view bytes)
{
    std::vector<SseEvent> events;
    while (!bytes.empty() && !m_isOverLimit) {
        if (std::exchange(m_wasCarriageReturn, false) && bytes.front() == '\n')
            bytes.remove_prefix(1); // the second half of CR LF, maybe in another portion
        const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
        m_line.append(bytes.substr(0, end));
        m_eventBytes += end;
        if (m_eventBytes > m_maxEventBytes) {
            reset();
            m_isOverLimit = true;
        } else if (end < bytes.size()) {
            m_wasCarriageReturn = bytes[end] == '\r';
            takeLine(events);
        }
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return events;
}

bool SseParser::feed(std::string_view bytes, const std::function<void(const SseEvent&)>& onEvent)
{
    const std::vector<SseEvent> events = feed(bytes);
    const bool isFine = !m_isOverLimit;
    for (const SseEvent& event : events) // from here on this object may be gone
        onEvent(event);
    return isFine;
}

void SseParser::reset()
{
    m_line.clear();
    m_data.clear();
    m_type.clear();
    m_eventBytes = 0;
    m_hasData = false;
    m_wasCarriageReturn = false;
    m_isFirstLine = true;
    m_isOverLimit = false;
}

void SseParser::takeLine(std::vector<SseEvent>& out)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const std::string stored = std::exchange(m_line, {});
    std::string_view line = stored;
    if (std::exchange(m_isFirstLine, false) && line.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        line.remove_prefix(kByteOrderMark.size());

    if (line.empty()) { // the event's end
        if (m_hasData)
            out.push_back({m_lastId, m_type.empty() ? "message" : m_type, m_data});
        m_data.clear();
        m_type.clear();
        m_hasData = false;
        m_eventBytes = 0;
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == 0) { // a comment; a quiet server may send them for ever
        m_eventBytes -= stored.size();
        return;
    }
    std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    takeField(line.substr(0, colon), value);
}

void SseParser::takeField(std::string_view name, std::string_view value)
{
    if (name == "data") {
        if (std::exchange(m_hasData, true))
            m_data += '\n';
        m_data.append(value);
    } else if (name == "event") {
        m_type = value;
    } else if (name == "id") {
        if (value.find('\0') == std::string_view::npos)
            m_lastId = value;
    } else if (name == "retry") {
        std::int64_t milliseconds = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, milliseconds);
        if (!value.empty() && error == std::errc() && stop == end && value.front() != '-')
            m_retry = std::chrono::milliseconds(milliseconds);
    }
}

std::string formatSse(const SseEvent& event)
{
    std::string out;
    out.reserve(event.data.size() + event.id.size() + 32);
    if (!event.id.empty())
        out.append("id: ").append(without(kNotInIds, event.id)).append("\n");
    if (!event.type.empty() && event.type != "message")
        out.append("event: ").append(without(kLineBreaks, event.type)).append("\n");
    std::string_view rest = event.data;
    for (bool hasMore = true; hasMore;) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        out.append("data: ").append(rest.substr(0, end)).append("\n");
        hasMore = end < rest.size();
        const bool isPair = hasMore && rest.substr(end, 2) == "\r\n";
        rest.remove_prefix(std::min(end + (isPair ? 2 : 1), rest.size()));
    }
    out += '\n';
    return out;
}

std::string formatSseComment(std::string_view text)
{
    return ": " + without(kLineBreaks, text) + "\n\n";
}

} // namespace visgate
