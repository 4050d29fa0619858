// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_budget.h"

namespace visgate::json {

bool isWithin(std::string_view text, const Budget& budget)
{
    int depth = 0;
    std::size_t values = 0;
    bool isInString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInString) {
            if (c == '\\')
                ++i;
            isInString = c != '"';
            continue;
        }
        isInString = c == '"';
        if (c == '{' || c == '[') {
            ++depth;
            ++values;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',') {
            ++values;
        }
        if (depth > budget.depth || values > budget.values)
            return false;
    }
    return true;
}

} // namespace visgate::json
