// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a job asks for, what is accepted lies within the runner's limits; and any prompt can be read.
#include "core/foundation/json/json_read.h"
#include "tests/fuzz/fuzz.h"
#include "worker/runners/builtin/prompt.h"
#include "worker/supervisor/job_input.h"

using namespace visgate;

void fuzzOne(std::string_view input)
{
    const auto read = worker::builtin::readPrompt(input);
    fuzz::require(read.slots.shape < static_cast<int>(worker::builtin::shapeNames.size()));
    fuzz::require(read.slots.back < static_cast<int>(worker::builtin::colourNames.size()));

    const auto job = json::parse(input);
    if (!job)
        return;
    const worker::RunnerLimits limits{256, 8, 50, 20, 1.0, 5.0, 2.0, 4};
    const auto asked = worker::readJobInput(*job, limits, [] { return ~std::uint64_t{0}; });
    if (!asked.bad.empty() || asked.isDebug)
        return;
    fuzz::require(asked.generation.steps >= 8 && asked.generation.steps <= 50);
    fuzz::require(asked.generation.guidance >= 1.0 && asked.generation.guidance <= 5.0);
    fuzz::require(asked.generation.count >= 1 && asked.generation.count <= 4);
    fuzz::require(asked.generation.seed < (std::uint64_t{1} << 53U));
    fuzz::require(!asked.generation.prompt.empty() && asked.deadline.count() > 0);
}
