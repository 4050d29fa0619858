// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/demo_model.h"

#include "core/foundation/worker_protocol/demo_limits.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

const auto kId = u"visgate/shapes"_s;

} // namespace

ModelSpec demoModel()
{
    ModelSpec model;
    model.id = kId;
    model.title = u"Visgate Shapes"_s;
    model.family = u"shapes"_s;
    model.tasks = {GenerationTask::TextToImage};
    model.licence = u"gpl-3.0"_s;
    model.terms.commercial = CommercialUse::Allowed;
    model.defaults.steps = demo_limits::kSteps;
    model.defaults.guidance = demo_limits::kGuidance;
    model.defaults.width = demo_limits::kSide;
    model.defaults.height = demo_limits::kSide;
    model.memory = {{u"fp16"_s, u"none"_s, u"256x256"_s, 0.2, Evidence::Measured, u"visgate"_s}};
    model.preset = true;
    model.samplePrompt = u"a red circle on a blue background"_s;
    return model;
}

bool isDemoModel(const QString& id)
{
    return id == kId;
}

} // namespace visgate
