// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/faults/faults.h"
#include "core/practice/wire/rate_limits.h"
#include "core/practice/wire/request_log.h"
#include "core/practice/wire/router.h"
#include "core/practice/world/account.h"

#include <functional>

namespace visgate::practice {

struct Keys;
struct World;
class Fleet;
class Hub;
class JobQueue;

/// What the routes share beside the provider's own state. Guarded by the world's mutex.
struct ApiState {
    RestLimits restLimits;
    QueueLimits queueLimits;
    KeyRights rights;
    Faults faults;
    RequestLog log;
    std::function<void()> shutDown;
};

// Each adds its part of the wire. Handlers run with the world's mutex held.
/// REST: endpoints, workers, releases, logs.
void addServerlessRoutes(
    Router& router, World& world, JobQueue& queue, Fleet& fleet); ///< REST: endpoints, workers, releases, logs
void addCatalogRoutes(Router& router, World& world);              ///< REST: GPUs, CPUs, data centers
void addStorageRoutes(Router& router, World& world);              ///< REST: templates, network volumes, registries
void addBillingRoutes(Router& router, World& world);              ///< REST: spend
/// The queue API.
void addQueueRoutes(Router& router, World& world, JobQueue& queue, ApiState& api);
/// The worker-job protocol.
void addWorkerRoutes(Router& router, World& world, JobQueue& queue, Fleet& fleet);
void addHubRoutes(Router& router, World& world, Hub& hub); ///< the model hub
void addRegistryRoutes(Router& router, World& world);      ///< the worker image's registry
void addS3Routes(Router& router, World& world);            ///< the volumes' S3 side, and a user's bucket
void addSurroundingsRoutes(Router& router, World& world);  ///< control: what goes wrong around an account
/// This program's own: state, faults, speed.
void addControlRoutes(Router& router, World& world, Fleet& fleet, ApiState& api);

/// Whether the call's signature is the account's; the head alone tells.
[[nodiscard]] bool isSignedCall(const Keys& keys, const http::Request& head);

/// GraphQL, as far as a client needs it for what REST has no route for: `myself` with balance, spend and its limit.
[[nodiscard]] Reply answerGraphql(World& world, const Visit& visit);

} // namespace visgate::practice
