// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/cost.h"
#include "core/providers/provider.h"

#include <QSet>

#include <functional>

namespace visgate {

/// A look at the worker list as the cost meter wants it. `usdPerHourOf` tells the price of a GPU type; empty is a
/// worker without a machine. An initialising worker without an age has a container only if its log has spoken (it is
/// one of `heard`); a state that is new to us is taken for work.
[[nodiscard]] QList<WorkerSight> sightsOf(const WorkerList& list,
    const std::function<double(const QString& gpuTypeId)>& usdPerHourOf, const QSet<QString>& heard = {});

} // namespace visgate
