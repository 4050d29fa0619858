// SPDX-License-Identifier: GPL-3.0-or-later
// Every time that is understood is written in one form, which means the same time to the microsecond.
#include "core/foundation/clock.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    TimePoint time;
    if (!parseUtc(input, time))
        return;
    const std::string text = formatUtc(time);
    fuzz::require(text.size() == 27);
    TimePoint again;
    fuzz::require(parseUtc(text, again));
    fuzz::require(again == std::chrono::floor<std::chrono::microseconds>(time));
    fuzz::require(formatUtc(again) == text);
}
