// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace visgate {

class DeploymentService;
class EventHub;
class Router;

// The routes by subject. All run on the thread of `service`, which outlives the router.

void addServiceRoutes(Router& router, DeploymentService& service);
void addDeploymentRoutes(Router& router, DeploymentService& service, EventHub& events);
void addLifecycleRoutes(Router& router, DeploymentService& service);
void addJobRoutes(Router& router, DeploymentService& service);
/// What lives in the accounts: only on the private socket.
void addEndpointRoutes(Router& router, DeploymentService& service);
void addCatalogueRoutes(Router& router, DeploymentService& service);
/// What was spent, the limits, and "Stop everything"; setting a limit is for the private socket alone.
void addSpendRoutes(Router& router, DeploymentService& service);
void addPrivateSpendRoutes(Router& router, DeploymentService& service);
/// The model cache and a deployment's question; watching a licence and all keys are for the private socket alone.
void addCacheRoutes(Router& router, DeploymentService& service);
void addPrivateCacheRoutes(Router& router, DeploymentService& service);
/// Keys, the worker image, cleaning up and the stream of changes: only ever on the private socket.
void addPrivateRoutes(Router& router, DeploymentService& service, EventHub& events);

} // namespace visgate
