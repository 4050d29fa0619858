// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/event_hub.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

void addPrivateRoutes(Router& router, DeploymentService& service, EventHub& events)
{
    router.add("POST", "/v1/private/operations/{}", [&service](const Call& call) {
        const auto request = requestBody(call.exchange->request());
        if (!request) {
            call.exchange->respond(replies::error(request.error()));
            return;
        }
        answer(service, service.call(call.parameters.front(), *request), call, Subject::Anything,
            [](const QJsonValue& reply) {
                return replies::object(200, {{u"reply"_s, reply}});
            });
    });
    router.add("GET", "/v1/private/changes", [&events](const Call& call) { events.followEverything(call.exchange); });
}

} // namespace visgate
