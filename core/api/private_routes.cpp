// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/event_hub.h"
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/service/domain_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// `{}` of a key's path; or nothing, and the refusal has been sent.
std::optional<KeyKind> keyOrRefuse(const Call& call)
{
    const auto kind = keyKindFromString(QString::fromStdString(call.parameters.front()));
    if (!kind)
        call.exchange->respond(replies::noSuchRoute(call.exchange->request().path()));
    return kind;
}

void addKeyRoutes(Router& router, DeploymentService& service)
{
    router.add("GET", "/v1/private/keys", [&service](const Call& call) {
        answer(service, service.keys(), call, Subject::Anything, [](const QList<KeyState>& keys) {
            return replies::object(200, {{u"keys"_s, fields::objects(keys)}});
        });
    });
    router.add("PUT", "/v1/private/keys/{}", [&service](const Call& call) {
        const auto kind = keyOrRefuse(call);
        if (!kind)
            return;
        const http::Request& request = call.exchange->request();
        const auto key = keyFromBody(request);
        if (!key) {
            call.exchange->respond(replies::error(key.error()));
            return;
        }
        answer(service, service.setKey(*kind, *key, request.query("session_only") == "true"), call, Subject::Anything,
            [](const KeyState& state) { return replies::object(200, toJson(state)); });
    });
    router.add("POST", "/v1/private/keys/runpod/try", [&service](const Call& call) {
        const auto key = keyFromBody(call.exchange->request());
        if (key)
            answer(service, service.tryKey(*key), call, Subject::Anything,
                [](const KeyVerdict& verdict) { return replies::object(200, toJson(verdict)); });
        else
            call.exchange->respond(replies::error(key.error()));
    });
    router.add("DELETE", "/v1/private/keys/{}", [&service](const Call& call) {
        if (const auto kind = keyOrRefuse(call))
            answer(service, service.forgetKey(*kind), call, Subject::Anything, [] { return replies::empty(204); });
    });
    router.add("POST", "/v1/private/keychain/unlock", [&service](const Call& call) {
        answer(service, service.unlockKeychain(), call, Subject::Anything, [] { return replies::empty(204); });
    });
    router.add("POST", "/v1/private/keys/{}/check", [&service](const Call& call) {
        if (const auto kind = keyOrRefuse(call))
            answer(service, service.checkKey(*kind), call, Subject::Anything, [] { return replies::empty(204); });
    });
}

Result<QString> imageFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const QString image = body.text(u"image"_s);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return image;
}

Result<CleanupRequest> cleanupFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const CleanupRequest cleanup{body.flag(u"all"_s).value_or(false), body.flag(u"others"_s).value_or(false),
        body.flag(u"apply"_s).value_or(false)};
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return cleanup;
}

} // namespace

void addPrivateRoutes(Router& router, DeploymentService& service, EventHub& events)
{
    addKeyRoutes(router, service);
    router.add("GET", "/v1/private/worker-image", [&service](const Call& call) {
        answer(service, service.workerImage(), call, Subject::Anything, [](const QString& image) {
            return replies::object(200, {{u"image"_s, fields::orNull(image)}});
        });
    });
    router.add("PUT", "/v1/private/worker-image", [&service](const Call& call) {
        if (auto image = bodyOrRefuse(call, imageFromBody))
            answer(service, service.setWorkerImage(*std::move(image)), call, Subject::Anything,
                [] { return replies::empty(204); });
    });
    router.add("POST", "/v1/private/cleanup", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, cleanupFromBody))
            answer(service, service.cleanUp(*body), call, Subject::Anything, [](const QList<CleanupItem>& items) {
                return replies::object(200, {{u"items"_s, fields::objects(items)}});
            });
    });
    router.add("GET", "/v1/private/health", [&service](const Call& call) {
        answer(service, service.health(), call, Subject::Anything,
            [](const EngineHealth& health) { return replies::object(200, toJson(health)); });
    });
    router.add("GET", "/v1/private/changes", [&events](const Call& call) { events.followEverything(call.exchange); });
}

} // namespace visgate
