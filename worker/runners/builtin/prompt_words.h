// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker::builtin {

enum class WordKind {
    Shape,
    Size,
    Colour,
    Ground,  ///< background, zemin
    On,      ///< stands before its colour: on, against
    Over,    ///< stands after it: üzerinde, önünde
    Joining, ///< carries no meaning here: a, bir, picture
    Break,   ///< a comma, a full stop
    Unknown,
};

struct Word {
    WordKind kind = WordKind::Unknown;
    int value = 0;    ///< index of the shape, size or colour
    std::string text; ///< as written
};

/// Cuts a prompt into words and looks each up, Turkish endings taken off where needed.
[[nodiscard]] std::vector<Word> splitWords(std::string_view prompt);

/// Lower case without diacritics: "KIRMIZI", "kırmızı" and "kirmizi" are one. Letters outside Latin stay as they are.
[[nodiscard]] std::string foldLetters(std::string_view text);

} // namespace visgate::worker::builtin
