// SPDX-License-Identifier: GPL-3.0-or-later
// Preflight's watch, a deployment's question, the model cache and the user's storage.
#include "core/api/body_reader.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/codec/codec.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kSmallestGb = 10;
constexpr qint64 kLargestGb = 4096;

AccountId readTarget(BodyReader& body)
{
    const QString name = body.text(u"target"_s);
    const auto target = accountIdFromString(name.isEmpty() ? u"runpod"_s : name);
    if (!target)
        body.refuse(u"target"_s, u"is none of runpod, practice"_s);
    return target.value_or(AccountId::runpod());
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
    AccountId target = AccountId::runpod();
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

http::Response volumeReply(const ModelVolume& volume)
{
    return replies::object(200, toJson(volume));
}

} // namespace

void addCacheRoutes(Router& router, DeploymentService& service)
{
    router.add("POST", "/v1/deployments/{}/answer", [&service](const Call& call) {
        if (const auto accept = bodyOrRefuse(call, answerFromBody))
            answer(service, ask(service, AnswerQuestion{DeploymentId(call.parameters.front()), *accept}), call,
                Subject::Deployment,
                [](const Deployment& deployment) { return replies::object(200, toJson(deployment)); });
    });
    router.add("GET", "/v1/volumes", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, ask(service, ListVolumes{*target}), call, Subject::Anything,
                [](const QList<ModelVolume>& volumes) {
                    return replies::object(200, {{u"volumes"_s, toJson(volumes)}});
                });
    });
    router.add("POST", "/v1/volumes", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, newVolumeFromBody))
            answer(service, ask(service, CreateVolume{body->target, body->name, body->sizeGb, body->dataCenter}), call,
                Subject::Anything, volumeReply);
    });
    router.add("POST", "/v1/volumes/fill", [&service](const Call& call) {
        if (const auto wish = bodyOrRefuse(call, keepNearFromBody))
            answer(service, ask(service, KeepModelNear{*wish}), call, Subject::Model, volumeReply);
    });
    router.add("PATCH", "/v1/volumes/{}", [&service](const Call& call) {
        const auto target = targetOrRefuse(call);
        const auto size = target ? bodyOrRefuse(call, sizeFromBody) : std::nullopt;
        if (size)
            answer(service, ask(service, GrowVolume{*target, VolumeId(call.parameters.front()), *size}), call,
                Subject::Anything, volumeReply);
    });
    router.add("DELETE", "/v1/volumes/{}", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, ask(service, DeleteVolume{*target, VolumeId(call.parameters.front())}), call,
                Subject::Anything, [] { return replies::empty(204); });
    });
}

} // namespace visgate
