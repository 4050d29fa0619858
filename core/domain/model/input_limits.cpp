// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/input_limits.h"

#include "core/domain/model/demo_model.h"
#include "core/foundation/worker_protocol/demo_limits.h"
#include "core/foundation/worker_protocol/job_limits.h"

#include <algorithm>

namespace visgate {

namespace {

// What the worker's runner for diffusers takes of any model (worker/runners/diffusers, adapter.py).
constexpr int kLeastSide = 64;
constexpr int kMostSide = 2048;
constexpr int kSideStep = 16;
/// Up to here the model looks at the prompt alone, and words for what is not to be seen change nothing.
constexpr double kNoGuidance = 1.0;

bool makesVideo(GenerationTask task)
{
    return task == GenerationTask::TextToVideo || task == GenerationTask::ImageToVideo
        || task == GenerationTask::VideoToVideo;
}

InputLimits demoInputLimits()
{
    InputLimits limits;
    limits.width = limits.height = limits.leastSide = limits.mostSide = demo_limits::kSide;
    limits.steps = demo_limits::kSteps;
    limits.leastSteps = demo_limits::kLeastSteps;
    limits.mostSteps = demo_limits::kMostSteps;
    limits.guidance = demo_limits::kGuidance;
    limits.leastGuidance = demo_limits::kLeastGuidance;
    limits.mostGuidance = demo_limits::kMostGuidance;
    limits.mostPictures = demo_limits::kMostPictures;
    limits.takesNegative = false;
    limits.isOwnKnown = true;
    return limits;
}

} // namespace

int InputLimits::nearestSide(int pixels) const
{
    const int inside = std::clamp(pixels, leastSide, mostSide);
    if (!hasSizes())
        return inside;
    const int nearest = (inside + sideStep / 2) / sideStep * sideStep;
    if (nearest > mostSide)
        return mostSide / sideStep * sideStep;
    return nearest < leastSide ? nearest + sideStep : nearest;
}

InputLimits inputLimits(const ModelSpec& model, GenerationTask task)
{
    if (isDemoModel(model.id))
        return demoInputLimits();
    const GenerationDefaults& own = model.defaults;
    InputLimits limits;
    limits.width = own.width;
    limits.height = own.height;
    limits.leastSide = std::max(job_limits::kLeastPixels, std::min({kLeastSide, own.width, own.height}));
    limits.mostSide = std::min(job_limits::kMostPixels, std::max({kMostSide, own.width, own.height}));
    limits.sideStep = kSideStep;
    limits.leastSteps = job_limits::kLeastSteps;
    limits.mostSteps = job_limits::kMostSteps;
    limits.steps = std::clamp(own.steps, limits.leastSteps, limits.mostSteps);
    limits.leastGuidance = job_limits::kLeastGuidance;
    limits.mostGuidance = job_limits::kMostGuidance;
    limits.guidance = std::clamp(own.guidance, limits.leastGuidance, limits.mostGuidance);
    limits.mostPictures = makesVideo(task) ? 1 : job_limits::kMostPictures;
    limits.takesNegative = limits.guidance > kNoGuidance;
    limits.isOwnKnown = model.preset;
    return limits;
}

} // namespace visgate
