// SPDX-License-Identifier: GPL-3.0-or-later
// A line that is an event stays the same event when it is written and read again.
#include "core/foundation/worker_protocol/worker_event.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    if (const auto event = parseWorkerEvent(input)) {
        const std::string line = formatWorkerEvent(*event);
        fuzz::require(line.find('\n') == std::string::npos);
        const auto again = parseWorkerEvent(line);
        fuzz::require(again.has_value() && again->body.index() == event->body.index());
        fuzz::require(formatWorkerEvent(*again) == line);
    }
    const WorkerLine ordinary = parseWorkerLine(input);
    const WorkerLine again = parseWorkerLine(formatWorkerLine(ordinary));
    fuzz::require(again.level == ordinary.level);
}
