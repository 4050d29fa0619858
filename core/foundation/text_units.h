// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// A text as it may have been written down by others: each character plain or escaped in its own way, and lines broken
/// anywhere. For finding a known value in whatever became of it.
namespace visgate::text_units {

/// The ways to read the front of a text that is not empty, each a character and the bytes that it is written with: as
/// it is, `%41` (also encoded twice), `\u0041`, `\x41`, `\"`, `\n`, `&#65;`, `&#x41;`, `&amp;`, `=41`.
struct Readings {
    struct Reading {
        char character = 0;
        std::size_t bytes = 0;
    };
    std::array<Reading, 4> list{};
    std::size_t count = 0;

    void add(char character, std::size_t bytes) { list[count++] = {character, bytes}; }
    [[nodiscard]] const Reading* begin() const { return list.data(); }
    [[nodiscard]] const Reading* end() const { return list.data() + count; }
};
[[nodiscard]] Readings readingsOf(std::string_view text);

/// How many bytes at the front of `text` stand for `value`, each character written in any of those ways, with line
/// breaks (and what indents the next line) between; 0 if they do not.
[[nodiscard]] std::size_t lengthAs(std::string_view text, std::string_view value);

/// The characters that the front of a text stands for, and the bytes that they are written with.
struct Decoded {
    std::string characters;
    std::size_t bytes = 0;
};
/// `count` characters, or fewer if there are no more: whatever may be an escape is read as one, line breaks are left
/// out.
[[nodiscard]] Decoded decode(std::string_view text, std::size_t count);

/// The byte that two hexadecimal digits at the front of `text` are.
[[nodiscard]] std::optional<char> hexByte(std::string_view text);
/// As lengthAs, for `value` in hexadecimal, also with a blank, colon or dash between the bytes.
[[nodiscard]] std::size_t lengthAsHex(std::string_view text, std::string_view value);
/// As decode, for characters in hexadecimal.
[[nodiscard]] Decoded decodeHex(std::string_view text, std::size_t count);

} // namespace visgate::text_units
