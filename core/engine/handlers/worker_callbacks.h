// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/callback.h"
#include "core/engine/context/engine_context.h"

#include <optional>

namespace visgate {

class DeploymentTable;

/// What workers post: an accelerator only, everything works without it. Engine thread only.
class WorkerCallbacks {
public:
    WorkerCallbacks(EngineContext& context, const DeploymentTable& table) : m_context(context), m_table(table) { }

    /// Where workers on this computer may post, from the next deployment on; unset: nowhere.
    void setAddress(std::optional<CallbackAddress> address);
    /// NotFound (also for a wrong secret: it tells a stranger nothing), InvalidRequest.
    Task<Result<CallbackAnswer>> accept(CallbackReport report);

private:
    EngineContext& m_context;
    const DeploymentTable& m_table;
};

} // namespace visgate
