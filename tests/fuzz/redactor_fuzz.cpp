// SPDX-License-Identifier: GPL-3.0-or-later
// A registered value is never found in what comes out.
#include "core/foundation/redactor.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <string>

using namespace visgate;

// Input: one byte for the secret's length, the secret, the text. A `!` in the text stands for the secret.
void fuzzOne(std::string_view input)
{
    if (input.empty())
        return;
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(input.front()) % 32, input.size() - 1);
    const std::string secret(input.substr(1, length));
    // A value that shares text with the mask may be found where a mask stands.
    if (secret.find_first_of("![]") != std::string::npos || Redactor::mask().find(secret) != std::string_view::npos)
        return;
    std::string text;
    for (const char c : input.substr(1 + length)) {
        if (c == '!')
            text += secret;
        else
            text += c;
    }
    Redactor redactor;
    redactor.addSecret(secret);
    const std::string out = redactor.redact(text);
    if (secret.size() >= 6)
        fuzz::require(out.find(secret) == std::string::npos);
}
