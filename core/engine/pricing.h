// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/model.h"
#include "core/domain/request.h"

namespace visgate {

class StartHistory;

/// What the times of a start and a picture depend on, before the deployment exists.
[[nodiscard]] StageSetting settingFor(
    const ModelSpec& model, const GpuPlan& plan, Target target, const QString& runner);

/// Puts the price on the button and the time until it is ready into the quote, whose plan is there already: from the
/// user's own history, and where that is short, from bytes and sizes.
void fillQuote(DeployQuote& quote, StartHistory& history, const StageSetting& setting, const EndpointLimits& limits);

} // namespace visgate
