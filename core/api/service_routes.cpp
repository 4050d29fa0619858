// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/keys.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

http::Response unready(const Error& error)
{
    return replies::object(503, {{u"status"_s, u"unready"_s}, {u"error"_s, describe(error).message}});
}

} // namespace

void addServiceRoutes(Router& router, DeploymentService& service)
{
    router.add("GET", "/", [](const Call& call) {
        call.exchange->respond(replies::object(
            200, {{u"service"_s, u"deployment-orchestrator"_s}, {u"version"_s, QStringLiteral(VISGATE_VERSION)}}));
    });
    router.add("GET", "/health", [](const Call& call) {
        call.exchange->respond(replies::object(200, {{u"status"_s, u"ok"_s}}));
    });
    router.add("GET", "/readiness", [&service](const Call& call) {
        whenDone(ask(service, GetHealth{}), &service, [call](const Result<EngineHealth>& health) {
            if (!health)
                call.exchange->respond(unready(health.error()));
            else if (health->storeProblem)
                call.exchange->respond(unready(*health->storeProblem));
            else
                call.exchange->respond(replies::object(200, {{u"status"_s, u"ready"_s}}));
        });
    });
}

} // namespace visgate
