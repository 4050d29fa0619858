// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/builtin/slots.h"

#include <string>
#include <string_view>
#include <vector>

namespace visgate::worker::builtin {

/// What the demo model made of a prompt. Nothing is ignored in silence: each word either fills a slot, joins words, or
/// is listed as unknown.
struct ReadPrompt {
    Slots slots;                       ///< all four filled
    std::vector<std::string> defaults; ///< slots the prompt did not say: "shape", "size", "foreground", "background"
    std::vector<std::string> unknown;  ///< words that had no effect, as written, each once
};

/// Reads English and Turkish, in any word order and mixed, with Turkish endings. Letters are folded by a table of our
/// own, so that the result never depends on the locale: I, ı, İ and i are one letter here.
[[nodiscard]] ReadPrompt readPrompt(std::string_view prompt);

} // namespace visgate::worker::builtin
