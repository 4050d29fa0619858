// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/text_units.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace visgate::text_units {
namespace {

/// A whole number at the front of `text`, of so many digits at most; the digits that were read come with it.
std::optional<std::pair<std::uint32_t, std::size_t>> number(std::string_view text, int base, std::size_t most)
{
    const std::string_view digits = text.substr(0, most);
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (problem != std::errc() || end == digits.data())
        return std::nullopt;
    return std::pair(value, static_cast<std::size_t>(end - digits.data()));
}

std::optional<char> hexDigits(std::string_view text, std::size_t count)
{
    const auto read = number(text, 16, count);
    if (!read || read->second != count || read->first > 0xff)
        return std::nullopt;
    return static_cast<char>(read->first);
}

void addPercent(std::string_view text, Readings& readings)
{
    const auto once = hexDigits(text.substr(1), 2);
    if (once)
        readings.add(*once, 3);
    if (once == '%') {
        if (const auto twice = hexDigits(text.substr(3), 2))
            readings.add(*twice, 5);
    }
}

// One backslash, or several where a text was written into another.
void addBackslash(std::string_view text, Readings& readings)
{
    const std::size_t count = std::min(text.find_first_not_of('\\'), text.size());
    if (count > 1)
        readings.add('\\', 2);
    if (count > 3)
        readings.add('\\', 4); // twice written into another
    if (count == text.size())
        return;
    const char escaped = text[count];
    const std::string_view behind = text.substr(count + 1);
    if (escaped == 'u') {
        if (const auto character = hexDigits(behind, 4))
            readings.add(*character, count + 5);
    } else if (escaped == 'x') {
        if (const auto character = hexDigits(behind, 2))
            readings.add(*character, count + 3);
    } else if (std::string_view("\"'/").find(escaped) != std::string_view::npos) {
        readings.add(escaped, count + 1);
    } else if (const std::size_t at = std::string_view("nrtbf").find(escaped); at != std::string_view::npos) {
        readings.add("\n\r\t\b\f"[at], count + 1);
    }
}

void addEntity(std::string_view text, Readings& readings)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> kNamed{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    for (const auto& [name, character] : kNamed) {
        if (text.starts_with(name))
            readings.add(character, name.size());
    }
    if (!text.starts_with("&#"))
        return;
    const bool isHex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const std::size_t before = isHex ? 3 : 2;
    const auto read = number(text.substr(std::min(before, text.size())), isHex ? 16 : 10, 7);
    if (read && read->first <= 0xff && text.substr(before + read->second).starts_with(';'))
        readings.add(static_cast<char>(read->first), before + read->second + 1);
}

/// Behind the line break at `at` and what indents the next line; `at` if there is none. A break may be written as `\n`.
std::size_t behindBreak(std::string_view text, std::size_t at)
{
    const std::size_t begin = at;
    while (at < text.size()) {
        const bool isWritten = text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == 'n' || text[at + 1] == 'r');
        const bool isContinued = (text[at] == '\\' || text[at] == '=') && at + 1 < text.size()
            && (text[at + 1] == '\n' || text[at + 1] == '\r');
        if (text[at] == '\n' || text[at] == '\r')
            ++at;
        else if (isWritten || isContinued)
            at += 2;
        else
            break;
    }
    while (at > begin && at < text.size() && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    return at;
}

/// The places in a text that can be reached, few at any moment.
class Places {
public:
    void add(std::size_t place)
    {
        if (m_count < m_list.size() && std::find(begin(), end(), place) == end())
            m_list[m_count++] = place;
    }
    [[nodiscard]] const std::size_t* begin() const { return m_list.data(); }
    [[nodiscard]] const std::size_t* end() const { return m_list.data() + m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }

private:
    std::array<std::size_t, 16> m_list{};
    std::size_t m_count = 0;
};

} // namespace

Readings readingsOf(std::string_view text)
{
    Readings readings;
    const char first = text.front();
    readings.add(first, 1);
    if (first == '%')
        addPercent(text, readings);
    else if (first == '\\')
        addBackslash(text, readings);
    else if (first == '&')
        addEntity(text, readings);
    else if (first == '=') {
        if (const auto character = hexDigits(text.substr(1), 2))
            readings.add(*character, 3);
    }
    return readings;
}

std::size_t lengthAs(std::string_view text, std::string_view value)
{
    if (text.starts_with(value))
        return value.size();
    Places places;
    places.add(0);
    for (std::size_t i = 0; i < value.size(); ++i) {
        Places next;
        for (const std::size_t place : places) {
            const std::size_t behind = i == 0 ? place : behindBreak(text, place);
            for (const std::size_t from : {place, behind}) {
                if (from >= text.size())
                    continue;
                for (const auto& reading : readingsOf(text.substr(from))) {
                    if (reading.character == value[i])
                        next.add(from + reading.bytes);
                }
                if (behind == place)
                    break;
            }
        }
        if (next.isEmpty())
            return 0;
        places = next;
    }
    return *std::max_element(places.begin(), places.end());
}

Decoded decode(std::string_view text, std::size_t count)
{
    Decoded decoded;
    for (std::size_t at = 0; decoded.characters.size() < count;) {
        if (at > 0)
            at = behindBreak(text, at);
        if (at >= text.size())
            break;
        const Readings readings = readingsOf(text.substr(at));
        const Readings::Reading& last = *(readings.end() - 1);
        decoded.characters += last.character;
        at += last.bytes;
        decoded.bytes = at;
    }
    return decoded;
}

std::optional<char> hexByte(std::string_view text)
{
    return hexDigits(text, 2);
}

Decoded decodeHex(std::string_view text, std::size_t count)
{
    Decoded decoded;
    for (std::size_t at = 0; decoded.characters.size() < count;) {
        if (at > 0) {
            at = behindBreak(text, at);
            if (at < text.size() && std::string_view(" :-").find(text[at]) != std::string_view::npos)
                ++at;
        }
        const auto byte = hexDigits(text.substr(std::min(at, text.size())), 2);
        if (!byte)
            break;
        decoded.characters += *byte;
        at += 2;
        decoded.bytes = at;
    }
    return decoded;
}

std::size_t lengthAsHex(std::string_view text, std::string_view value)
{
    const Decoded decoded = decodeHex(text, value.size());
    return decoded.characters == value ? decoded.bytes : 0;
}

} // namespace visgate::text_units
