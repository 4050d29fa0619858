// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker of ours returns, from bytes that anybody may have written: never more than a job makes, or than was
// said.
#include "core/foundation/worker_protocol/job_output.h"
#include "tests/fuzz/fuzz.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    constexpr std::size_t mostArtifacts = 256;
    if (const auto output = queue::parseJobOutput(input))
        fuzz::require(output->artifacts.size() <= mostArtifacts);
    const queue::JobFault fault = queue::parseJobFault(input);
    fuzz::require(fault.code.size() + fault.message.size() <= input.size());
}
