// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/logs/log_format.h"

#include "core/foundation/clock.h"

#include <algorithm>
#include <array>

namespace visgate {
namespace {

constexpr std::size_t kColumns = 8;

void appendEscaped(std::string& out, std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        if (c == '\t') {
            out += "\\t";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\\') {
            out += "\\\\";
        } else if (value < 0x20 || value == 0x7f) {
            out += "\\x";
            out += kDigits[value >> 4U];
            out += kDigits[value & 0x0fU];
        } else {
            out += c;
        }
    }
}

std::optional<unsigned> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a' + 10);
    return std::nullopt;
}

// A backslash that begins none of our escapes stands for itself.
std::string unescaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
        const auto high = next == 'x' && i + 3 < text.size() ? hexDigit(text[i + 2]) : std::nullopt;
        const auto low = high ? hexDigit(text[i + 3]) : std::nullopt;
        if (low) {
            out += static_cast<char>(*high * 16 + *low);
            i += 3;
        } else if (next == 't' || next == 'n' || next == 'r' || next == '\\') {
            out += next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : '\\';
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

std::string formatLogLine(const LogLine& line)
{
    std::string out = formatUtc(line.at);
    out.reserve(out.size() + line.text.size() + line.providerId.size() + 96);
    out += '\t';
    out += toString(line.level);
    for (const std::string* column :
        {&line.source, &line.worker, &line.stage, &line.requestId, &line.providerId, &line.text}) {
        out += '\t';
        appendEscaped(out, *column);
    }
    out += '\n';
    return out;
}

std::optional<LogLine> parseLogLine(std::string_view text)
{
    std::array<std::string_view, kColumns> columns;
    for (std::size_t i = 0; i + 1 < kColumns; ++i) {
        const std::size_t tab = text.find('\t');
        if (tab == std::string_view::npos)
            return std::nullopt;
        columns[i] = text.substr(0, tab);
        text.remove_prefix(tab + 1);
    }
    columns.back() = text;

    LogLine line;
    const std::optional<LogLevel> level = logLevelFromString(columns[1]);
    if (!parseUtc(columns[0], line.at) || !level)
        return std::nullopt;
    line.level = *level;
    line.source = unescaped(columns[2]);
    line.worker = unescaped(columns[3]);
    line.stage = unescaped(columns[4]);
    line.requestId = unescaped(columns[5]);
    line.providerId = unescaped(columns[6]);
    line.text = unescaped(columns[7]);
    return line;
}

} // namespace visgate
