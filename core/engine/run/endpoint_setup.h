// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_context.h"
#include "core/engine/context/naming.h"
#include "core/providers/provider.h"
#include "core/store/records.h"

namespace visgate {

/// What makes a deployment's endpoint the one that it is.
[[nodiscard]] EndpointSetup setupOf(const EngineContext& context, const DeploymentRecord& record);
/// Whether this very deployment had it made, as its environment tells.
[[nodiscard]] bool isMadeFor(const ProviderEndpoint& endpoint, const DeploymentId& deployment);
/// Whether another computer or program made it: its environment names the deployment it was made for, else its name
/// with our suffix tells.
[[nodiscard]] bool isForeign(
    const ProviderEndpoint& endpoint, const EngineContext& context, const DeploymentRecord& record);

} // namespace visgate
