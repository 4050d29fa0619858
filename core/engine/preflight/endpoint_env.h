// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"
#include "core/store/records.h"

namespace visgate {

/// The worker image for a target: the user's setting, practice's own, or where none is set the public one. Empty if
/// there is none.
[[nodiscard]] QString workerImage(const EngineContext& context, AccountId target);
/// Whether this is the public image, in which our package starts.
[[nodiscard]] bool isPublicImage(const EngineContext& context, const QString& image);
/// The oldest CUDA that it runs with; empty: any.
[[nodiscard]] QString cudaFloorOf(const EngineContext& context, const QString& image);
/// Lets the endpoint's containers start our package in the public image of this digest; empty: in what its tag stands
/// for.
void startPackage(const PublicImage& image, const QString& digest, EndpointSpec& spec);

/// What the endpoint is created from, without what must not be stored or logged.
[[nodiscard]] EndpointSpec endpointSpecWithoutSecrets(const EngineContext& context, const DeploymentRecord& record);

/// Lets the worker post to the callback receiver with a fresh secret; returns the secret's SHA-256.
[[nodiscard]] QString addCallback(
    const CallbackAddress& address, const EngineContext& context, const DeploymentId& deployment, EndpointSpec& spec);

} // namespace visgate
