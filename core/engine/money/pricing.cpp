// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/pricing.h"

#include "core/domain/model/demo_model.h"
#include "core/domain/money/cost.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/money/gpu_plans.h"
#include "core/engine/starts/start_history.h"

#include <algorithm>
#include <utility>

namespace visgate {

StageSetting settingFor(const ModelSpec& model, const GpuPlan& plan, AccountId target, const QString& runner)
{
    StageSetting setting;
    setting.target = target;
    setting.modelId = model.id;
    setting.runner = runner;
    setting.stock = bestStock(plan);
    setting.downloadBytes = model.downloadBytes;
    setting.steps = model.defaults.steps;
    setting.frames = std::max(1, model.defaults.frames.value_or(1));
    return setting;
}

GpuPlan planFor(EngineContext& context, const QList<GpuOffer>& offers, double neededGb, const CreateRequest& request)
{
    GpuPlans::Question question{offers, neededGb, request.gpuTier, context.placements.recent(request.target)};
    if (const GpuPlan* const made = context.plans.find(question))
        return *made;
    context.at("plan.made");
    return context.plans.add(std::move(question));
}

StageSetting practising(StageSetting setting, double speed)
{
    const bool practises = setting.target.isPractice();
    setting.demo = practises || isDemoModel(setting.modelId);
    setting.speed = practises && speed > 0.0 ? speed : 1.0;
    return setting;
}

void fillQuote(DeployQuote& quote, StartHistory& history, const StageSetting& setting, const EndpointLimits& limits,
    double practiceSpeed)
{
    // Money runs from the container's start: what comes before it costs nothing.
    double billedStart = 0.0;
    for (const StageBelief& stage : history.start(setting, StartStage::ModelDownload))
        billedStart += stage.quantile(0.5);
    const double picture = history.belief(StartStage::Picture, setting).quantile(0.5);
    quote.price = quotePrice(quote.plan.ceilingUsdPerHour(), billedStart, picture, limits);
    const auto range = remaining(history.start(practising(setting, practiceSpeed)));
    if (!range)
        return;
    quote.readyLow = range->low;
    quote.readyHigh = range->high;
    quote.ownSamples = range->ownSamples;
}

} // namespace visgate
