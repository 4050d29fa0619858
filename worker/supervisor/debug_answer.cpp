// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/debug_answer.h"

#include "core/foundation/json/json_value.h"

namespace visgate::worker {

using nlohmann::json;

json describe(const Identity& identity, const RunnerLimits& limits)
{
    return {{"debug", true}, {"version", VISGATE_VERSION}, {"runner", identity.runner}, {"model_id", identity.modelId},
        {"label", identity.label()}, {"demo", identity.isDemo},
        {"revision", identity.revision.empty() ? json() : json(identity.revision)},
        {"gpu", identity.gpu.empty() ? json() : json(identity.gpu)},
        {"limits",
            {{"width", {limits.sidePixels, limits.sidePixels}}, {"height", {limits.sidePixels, limits.sidePixels}},
                {"num_inference_steps", {limits.stepsLeast, limits.stepsMost}},
                {"guidance_scale", {limits.guidanceLeast, limits.guidanceMost}},
                {"num_images", {1, limits.picturesMost}}}},
        {"defaults", {{"num_inference_steps", limits.stepsDefault}, {"guidance_scale", limits.guidanceDefault}}}};
}

} // namespace visgate::worker
