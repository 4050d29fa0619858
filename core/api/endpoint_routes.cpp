// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/service/endpoint_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

void addEndpointRoutes(Router& router, DeploymentService& service)
{
    router.add("GET", "/v1/private/endpoints", [&service](const Call& call) {
        const bool refresh = call.exchange->request().query("refresh") == "true";
        answer(
            service, service.endpoints(refresh), call, Subject::Anything, [](const QList<AccountEndpoint>& endpoints) {
                return replies::object(200, {{u"endpoints"_s, fields::objects(endpoints)}});
            });
    });
    router.add("POST", "/v1/private/deployments/{}/look", [&service](const Call& call) {
        service.look(DeploymentId(call.parameters[0]));
        call.exchange->respond(replies::empty(204));
    });
}

} // namespace visgate
