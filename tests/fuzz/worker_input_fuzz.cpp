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
    worker::Capabilities can;
    can.tasks = {worker::Task::TextToImage, worker::Task::ImageToImage, worker::Task::TextToVideo};
    can.width = can.height = {64, 2048, 1024, 16};
    can.steps = {8, 50, 20};
    can.guidance = {1.0, 5.0, 2.0};
    can.picturesMost = 4;
    can.frames = {5, 161, 81, 4, 1};
    can.framesPerSecond = {8, 30, 16};
    const auto asked = worker::readJobInput(*job, can, [] { return ~std::uint64_t{0}; });
    if (!asked.bad.empty() || asked.isDebug)
        return;
    fuzz::require(asked.generation.steps >= 8 && asked.generation.steps <= 50);
    fuzz::require(asked.generation.guidance >= 1.0 && asked.generation.guidance <= 5.0);
    fuzz::require(can.can(asked.generation.task));
    fuzz::require(can.width.holds(asked.generation.width) && can.height.holds(asked.generation.height));
    fuzz::require(asked.generation.frames == 1 || can.frames.holds(asked.generation.frames));
    fuzz::require(asked.generation.count >= 1 && asked.generation.count <= 4);
    fuzz::require(asked.generation.seed < (std::uint64_t{1} << 53U));
    fuzz::require(!asked.generation.prompt.empty() && asked.deadline.count() > 0);
}
