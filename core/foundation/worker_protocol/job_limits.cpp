// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/job_limits.h"

#include <cstdio>

namespace visgate::job_limits {
namespace {

/// The code point at the front of `text`, which is not empty, and its length in bytes; a broken one is one byte long.
char32_t firstCharacter(std::string_view text, std::size_t& length)
{
    const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    length = lead >= 0xf0U ? 4 : lead >= 0xe0U ? 3 : lead >= 0xc0U ? 2 : 1;
    char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t at = 1; at < length; ++at) {
        if (at >= text.size() || (byte(at) & 0xc0U) != 0x80U) {
            length = 1;
            return U'\ufffd';
        }
        point = (point << 6U) | (byte(at) & 0x3fU);
    }
    return length == 1 && lead >= 0x80U ? U'\ufffd' : point;
}

bool isControl(char32_t point)
{
    const bool isLineBreakOrTab = point == U'\n' || point == U'\r' || point == U'\t';
    return (point < 0x20U && !isLineBreakOrTab) || (point >= 0x7fU && point < 0xa0U);
}

} // namespace

PromptCheck checkPrompt(std::string_view utf8)
{
    PromptCheck check;
    bool isEmpty = true;
    bool hasControl = false;
    while (!utf8.empty()) {
        std::size_t length = 1;
        const char32_t point = firstCharacter(utf8, length);
        utf8.remove_prefix(length);
        ++check.characters;
        isEmpty = isEmpty && (point == U' ' || point == U'\n' || point == U'\r' || point == U'\t');
        if (isControl(point) && !hasControl) {
            hasControl = true;
            check.control = point;
        }
    }
    if (hasControl)
        check.problem = PromptProblem::Control;
    else if (check.characters > static_cast<std::size_t>(kLongestPrompt))
        check.problem = PromptProblem::TooLong;
    else if (isEmpty)
        check.problem = PromptProblem::Empty;
    return check;
}

std::string ruleOf(const PromptCheck& check)
{
    switch (check.problem) {
    case PromptProblem::None:
        return {};
    case PromptProblem::Empty:
        return "is empty";
    case PromptProblem::TooLong:
        return "has " + std::to_string(check.characters) + " characters; at most " + std::to_string(kLongestPrompt)
            + " are possible";
    case PromptProblem::Control:
        break;
    }
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(check.control));
    return std::string("holds the control character ") + name;
}

} // namespace visgate::job_limits
