// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/base64.h"

#include <array>
#include <cstdint>

namespace visgate {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kInvalid = 0xff;

constexpr std::array<std::uint8_t, 256> makeValues()
{
    std::array<std::uint8_t, 256> values{};
    for (std::uint8_t& value : values)
        value = kInvalid;
    for (std::uint8_t i = 0; i < 64; ++i) {
        values[static_cast<unsigned char>(kStandard[i])] = i;
        values[static_cast<unsigned char>(kUrl[i])] = i;
    }
    return values;
}
constexpr std::array<std::uint8_t, 256> kValues = makeValues();

std::string encode(std::string_view bytes, std::string_view alphabet, bool isPadded)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        count += 8;
        while (count >= 6) {
            count -= 6;
            out += alphabet[(bits >> count) & 0x3fU];
        }
    }
    if (count > 0)
        out += alphabet[(bits << (6U - count)) & 0x3fU];
    while (isPadded && out.size() % 4 != 0)
        out += '=';
    return out;
}

} // namespace

std::string base64Encode(std::string_view bytes)
{
    return encode(bytes, kStandard, true);
}

std::string base64UrlEncode(std::string_view bytes)
{
    return encode(bytes, kUrl, false);
}

std::optional<std::string> base64Decode(std::string_view text)
{
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n')
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
        if (value == kInvalid || padding > 0)
            return std::nullopt;
        bits = (bits << 6U) | value;
        ++digits;
        if (digits % 4 != 1) // every digit but a group's first completes a byte
            out += static_cast<char>((bits >> (2 * (3 - (digits + 3) % 4))) & 0xffU);
    }
    const bool isWhole = digits % 4 != 1 && (padding == 0 || (digits + padding) % 4 == 0) && padding <= 2;
    return isWhole ? std::optional(out) : std::nullopt;
}

} // namespace visgate
