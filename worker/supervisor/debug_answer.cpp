// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/debug_answer.h"

#include "core/foundation/json/json_value.h"

namespace visgate::worker {

using nlohmann::json;

json describe(const Identity& identity, const Capabilities& can)
{
    json tasks = json::array();
    for (const Task task : can.tasks) {
        tasks.push_back(toString(task));
    }
    return {{"debug", true}, {"version", VISGATE_VERSION}, {"runner", identity.runner}, {"model_id", identity.modelId},
        {"label", identity.label()}, {"demo", identity.isDemo},
        {"revision", identity.revision.empty() ? json() : json(identity.revision)},
        {"gpu", identity.gpu.empty() ? json() : json(identity.gpu)}, {"tasks", tasks},
        {"limits",
            {{"width", {can.width.least, can.width.most}}, {"height", {can.height.least, can.height.most}},
                {"num_inference_steps", {can.steps.least, can.steps.most}},
                {"guidance_scale", {can.guidance.least, can.guidance.most}}, {"num_images", {1, can.picturesMost}}}},
        {"defaults", {{"num_inference_steps", can.steps.standard}, {"guidance_scale", can.guidance.standard}}}};
}

} // namespace visgate::worker
