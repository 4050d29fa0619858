// SPDX-License-Identifier: GPL-3.0-or-later
// Requests, reports, outputs and faults of the queue: what was understood survives being written.
#include "core/foundation/worker_protocol/job.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace visgate;

void fuzzOne(std::string_view input)
{
    if (const auto request = queue::parseJobRequest(input)) {
        const auto text = queue::formatJobRequest(*request);
        fuzz::require(text.has_value());
        const auto again = queue::parseJobRequest(*text);
        fuzz::require(again.has_value() && *queue::formatJobRequest(*again) == *text);
    }
    if (const auto report = queue::parseJobReport(input)) {
        const auto again = queue::parseJobReport(queue::formatJobReport(*report));
        fuzz::require(
            again.has_value() && again->state == report->state && again->retries == std::max(report->retries, 0));
    }
    if (const auto output = queue::parseJobOutput(input)) {
        const std::string text = queue::formatJobOutput(*output);
        const auto again = queue::parseJobOutput(text);
        fuzz::require(again.has_value() && again->artifacts.size() == output->artifacts.size());
    }
    const queue::JobFault fault = queue::parseJobFault(input);
    fuzz::require(queue::parseJobFault(queue::formatJobFault(fault)).fields.size() == fault.fields.size());
}
