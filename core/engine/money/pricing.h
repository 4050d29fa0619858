// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/model/model.h"
#include "core/domain/money/history.h"
#include "core/domain/preflight/deploy_quote.h"

namespace visgate {

struct EngineContext;
class StartHistory;

/// The plan for this request by these offers. What is quoted, what is searched for and what is created come from here,
/// so that they agree; the same is computed once (see GpuPlans), and the probe told "plan.made" then.
[[nodiscard]] GpuPlan planFor(
    EngineContext& context, const QList<GpuOffer>& offers, double neededGb, const CreateRequest& request);

/// What the times of a start and a picture depend on, before the deployment exists.
[[nodiscard]] StageSetting settingFor(
    const ModelSpec& model, const GpuPlan& plan, AccountId target, const QString& runner);

/// The same in practice, which draws with a small model and whose clock runs `speed` times faster.
[[nodiscard]] StageSetting practising(StageSetting setting, double speed);

/// Puts the price on the button and the time until it is ready into the quote, whose plan is there already: from the
/// user's own history, and where that is short, from bytes and sizes. `practiceSpeed`: practice's time factor, where it
/// is asked for practice.
void fillQuote(DeployQuote& quote, StartHistory& history, const StageSetting& setting, const EndpointLimits& limits,
    double practiceSpeed);

} // namespace visgate
