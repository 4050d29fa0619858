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
void addCatalogueRoutes(Router& router, DeploymentService& service);
/// What was spent, the limits, and "Stop everything".
void addSpendRoutes(Router& router, DeploymentService& service);
/// The model cache and a deployment's question.
void addCacheRoutes(Router& router, DeploymentService& service);
/// Every operation by its name, and the stream of changes: only ever on the private socket.
void addPrivateRoutes(Router& router, DeploymentService& service, EventHub& events);

} // namespace visgate
