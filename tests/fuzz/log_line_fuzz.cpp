// SPDX-License-Identifier: GPL-3.0-or-later
// The log store's file form: any line is read, and what is written reads back as it was.
#include "core/foundation/logs/log_format.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <tuple>

using namespace visgate;

namespace {

auto fields(const LogLine& line)
{
    return std::tie(line.level, line.source, line.worker, line.stage, line.requestId, line.providerId, line.text);
}

void requireRoundTrip(const LogLine& line)
{
    const std::string written = formatLogLine(line);
    fuzz::require(std::count(written.begin(), written.end(), '\n') == 1 && written.back() == '\n');
    fuzz::require(std::count(written.begin(), written.end(), '\t') == 7);
    const auto read = parseLogLine(std::string_view(written).substr(0, written.size() - 1));
    fuzz::require(read.has_value() && fields(*read) == fields(line));
}

} // namespace

void fuzzOne(std::string_view input)
{
    if (const auto line = parseLogLine(input))
        requireRoundTrip(*line);
    LogLine line;
    line.text = input;
    line.providerId = input.substr(0, input.size() / 2);
    line.stage = input.substr(input.size() / 2);
    requireRoundTrip(line);
}
