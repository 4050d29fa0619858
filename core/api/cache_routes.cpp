// SPDX-License-Identifier: GPL-3.0-or-later
// Preflight's watch, a deployment's question, the model cache and the user's storage.
#include "core/api/body_reader.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/service/cache_json.h"
#include "core/service/domain_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kSmallestGb = 10;
constexpr qint64 kLargestGb = 4096;

Target readTarget(BodyReader& body)
{
    const QString name = body.text(u"target"_s);
    const auto target = targetFromString(name.isEmpty() ? u"runpod"_s : name);
    if (!target)
        body.refuse(u"target"_s, u"is none of runpod, practice"_s);
    return target.value_or(Target::Runpod);
}

template <typename T> Result<T> finished(BodyReader& body, T value)
{
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return value;
}

Result<bool> answerFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const auto accept = body.flag(u"accept"_s);
    if (!accept)
        body.refuse(u"accept"_s, u"is missing"_s);
    return finished(body, accept.value_or(false));
}

struct NewVolume {
    Target target = Target::Runpod;
    QString name;
    int sizeGb = 0;
    QString dataCenter;
};

Result<NewVolume> newVolumeFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    NewVolume volume;
    volume.target = readTarget(body);
    volume.name = body.text(u"name"_s, 100);
    volume.sizeGb = int(body.integer(u"size_gb"_s, kSmallestGb, kLargestGb).value_or(0));
    volume.dataCenter = body.text(u"data_center"_s, 100);
    for (const QString& needed : {u"name"_s, u"size_gb"_s, u"data_center"_s}) {
        if (!body.has(needed))
            body.refuse(needed, u"is missing"_s);
    }
    return finished(body, volume);
}

Result<int> sizeFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const auto size = body.integer(u"size_gb"_s, kSmallestGb, kLargestGb);
    if (!size && !body.has(u"size_gb"_s))
        body.refuse(u"size_gb"_s, u"is missing"_s);
    return finished(body, int(size.value_or(0)));
}

Result<KeepNear> keepNearFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    KeepNear wish;
    wish.target = readTarget(body);
    wish.modelId = body.text(u"hf_model_id"_s, 256);
    wish.revision = body.text(u"revision"_s);
    wish.volume = VolumeId(body.text(u"volume_id"_s).toStdString());
    wish.dataCenter = body.text(u"data_center"_s, 100);
    if (wish.modelId.isEmpty())
        body.refuse(u"hf_model_id"_s, u"is missing"_s);
    return finished(body, wish);
}

struct LicenceBody {
    Target target = Target::Runpod;
    QString modelId;
};

Result<LicenceBody> licenceFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    LicenceBody licence{readTarget(body), body.text(u"hf_model_id"_s, 256)};
    if (licence.modelId.isEmpty())
        body.refuse(u"hf_model_id"_s, u"is missing"_s);
    return finished(body, licence);
}

struct KeysBody {
    StorageSettings settings;
    StorageKeys keys;
    bool sessionOnly = false;
};

void readKeys(BodyReader& body, KeysBody& into)
{
    into.keys.accessKeyId = body.text(u"access_key_id"_s).trimmed();
    const QString secret = body.text(u"secret_key"_s, 4096).trimmed();
    if (!secret.isEmpty())
        into.keys.secretKey = std::make_shared<const Secret>(secret.toStdString());
    if (into.keys.accessKeyId.isEmpty() != secret.isEmpty())
        body.refuse(u"secret_key"_s, u"key id and secret come together"_s);
    into.sessionOnly = body.flag(u"session_only"_s).value_or(false);
}

Result<KeysBody> keysFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    KeysBody keys;
    readKeys(body, keys);
    if (!keys.keys.secretKey)
        body.refuse(u"secret_key"_s, u"is missing"_s);
    return finished(body, keys);
}

Result<KeysBody> storageFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    KeysBody storage;
    storage.settings = storageFromText(
        body.text(u"endpoint"_s), body.text(u"region"_s), body.text(u"bucket"_s), body.text(u"prefix"_s));
    readKeys(body, storage);
    return finished(body, storage);
}

http::Response volumeReply(const ModelVolume& volume)
{
    return replies::object(200, toJson(volume));
}

} // namespace

void addCacheRoutes(Router& router, DeploymentService& service)
{
    router.add("POST", "/v1/deployments/{}/answer", [&service](const Call& call) {
        if (const auto accept = bodyOrRefuse(call, answerFromBody))
            answer(service, service.answerQuestion(DeploymentId(call.parameters.front()), *accept), call,
                Subject::Deployment,
                [](const Deployment& deployment) { return replies::object(200, toJson(deployment)); });
    });
    router.add("GET", "/v1/volumes", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, service.volumes(*target), call, Subject::Anything, [](const QList<ModelVolume>& volumes) {
                return replies::object(200, {{u"volumes"_s, fields::objects(volumes)}});
            });
    });
    router.add("POST", "/v1/volumes", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, newVolumeFromBody))
            answer(service, service.createVolume(body->target, body->name, body->sizeGb, body->dataCenter), call,
                Subject::Anything, volumeReply);
    });
    router.add("POST", "/v1/volumes/fill", [&service](const Call& call) {
        if (const auto wish = bodyOrRefuse(call, keepNearFromBody))
            answer(service, service.keepNear(*wish), call, Subject::Model, volumeReply);
    });
    router.add("PATCH", "/v1/volumes/{}", [&service](const Call& call) {
        const auto target = targetOrRefuse(call);
        const auto size = target ? bodyOrRefuse(call, sizeFromBody) : std::nullopt;
        if (size)
            answer(service, service.growVolume(*target, VolumeId(call.parameters.front()), *size), call,
                Subject::Anything, volumeReply);
    });
    router.add("DELETE", "/v1/volumes/{}", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, service.deleteVolume(*target, VolumeId(call.parameters.front())), call, Subject::Anything,
                [] { return replies::empty(204); });
    });
}

void addPrivateCacheRoutes(Router& router, DeploymentService& service)
{
    router.add("POST", "/v1/private/licence-watch", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, licenceFromBody))
            answer(service, service.watchLicence(body->target, body->modelId), call, Subject::Model,
                [] { return replies::empty(204); });
    });
    router.add("PUT", "/v1/private/volume-keys", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, keysFromBody))
            answer(service, service.setVolumeKeys(body->keys, body->sessionOnly), call, Subject::Anything,
                [] { return replies::empty(204); });
    });
    const auto stateReply = [](const StorageState& state) { return replies::object(200, toJson(state)); };
    router.add("GET", "/v1/private/storage", [&service, stateReply](const Call& call) {
        answer(service, service.storage(), call, Subject::Anything, stateReply);
    });
    router.add("PUT", "/v1/private/storage", [&service, stateReply](const Call& call) {
        if (const auto body = bodyOrRefuse(call, storageFromBody))
            answer(service, service.setStorage(body->settings, body->keys, body->sessionOnly), call, Subject::Anything,
                stateReply);
    });
    router.add("POST", "/v1/private/storage/test", [&service](const Call& call) {
        answer(service, service.testStorage(), call, Subject::Anything, [] { return replies::empty(204); });
    });
    router.add("DELETE", "/v1/private/storage", [&service](const Call& call) {
        answer(service, service.forgetStorage(), call, Subject::Anything, [] { return replies::empty(204); });
    });
}

} // namespace visgate
