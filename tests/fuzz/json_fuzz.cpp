// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from strangers: whatever it is, reading, copying, writing and forgetting it comes to an end.
#include "core/foundation/json/json_read.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    const auto value = json::parse(input);
    if (!value)
        return;
    fuzz::require(json::isWithin(input));
    const json::Json copy = *value;
    const auto again = json::parse(json::dump(copy));
    fuzz::require(again.has_value());
}
