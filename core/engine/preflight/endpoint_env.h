// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"
#include "core/store/records.h"

namespace visgate {

/// The worker image for a target: the user's setting, or practice's own. Empty if none is set.
[[nodiscard]] QString workerImage(const EngineContext& context, AccountId target);

/// What the endpoint is created from, without what must not be stored or logged.
[[nodiscard]] EndpointSpec endpointSpecWithoutSecrets(const EngineContext& context, const DeploymentRecord& record);

/// Lets the worker post to the callback receiver with a fresh secret; returns the secret's SHA-256.
[[nodiscard]] QString addCallback(
    const CallbackAddress& address, const EngineContext& context, const DeploymentId& deployment, EndpointSpec& spec);

} // namespace visgate
