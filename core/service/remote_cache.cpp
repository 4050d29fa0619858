// SPDX-License-Identifier: GPL-3.0-or-later
// Preflight, model cache and storage.
#include "core/service/cache_json.h"
#include "core/service/domain_json.h"
#include "core/service/remote_requests.h"
#include "core/service/remote_service.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace remote;

namespace {

std::string volumePath(Target target, const VolumeId& id)
{
    return "/v1/volumes/" + http::percentEncode(id.value()) + "?target=" + toString(target).toStdString();
}

} // namespace

QFuture<Result<void>> RemoteService::watchLicence(Target target, QString modelId)
{
    return ask<void>(request("POST", "/v1/private/licence-watch",
                         QJsonObject{{u"target"_s, toString(target)}, {u"hf_model_id"_s, modelId}}),
        nothing);
}

QFuture<Result<Deployment>> RemoteService::answerQuestion(DeploymentId id, bool accepted)
{
    return ask<Deployment>(
        request("POST", deploymentPath(id, "/answer"), QJsonObject{{u"accept"_s, accepted}}), deploymentFromJson);
}

QFuture<Result<QList<ModelVolume>>> RemoteService::volumes(Target target)
{
    return ask<QList<ModelVolume>>(
        request("GET", "/v1/volumes?target=" + encoded(toString(target))), listOf("volumes"_L1, volumeFromJson));
}

QFuture<Result<ModelVolume>> RemoteService::createVolume(Target target, QString name, int sizeGb, QString dataCenter)
{
    const QJsonObject body{
        {u"target"_s, toString(target)}, {u"name"_s, name}, {u"size_gb"_s, sizeGb}, {u"data_center"_s, dataCenter}};
    return ask<ModelVolume>(request("POST", "/v1/volumes", body), volumeFromJson);
}

QFuture<Result<ModelVolume>> RemoteService::growVolume(Target target, VolumeId id, int sizeGb)
{
    return ask<ModelVolume>(
        request("PATCH", volumePath(target, id), QJsonObject{{u"size_gb"_s, sizeGb}}), volumeFromJson);
}

QFuture<Result<void>> RemoteService::deleteVolume(Target target, VolumeId id)
{
    return ask<void>(request("DELETE", volumePath(target, id)), nothing);
}

QFuture<Result<ModelVolume>> RemoteService::keepNear(KeepNear wish)
{
    return ask<ModelVolume>(request("POST", "/v1/volumes/fill", toJson(wish)), volumeFromJson);
}

QFuture<Result<void>> RemoteService::setVolumeKeys(StorageKeys keys, bool sessionOnly)
{
    return ask<void>(request("PUT", "/v1/private/volume-keys", keysJson(keys, sessionOnly)), nothing);
}

QFuture<Result<StorageState>> RemoteService::storage()
{
    return ask<StorageState>(request("GET", "/v1/private/storage"), storageFromJson);
}

QFuture<Result<StorageState>> RemoteService::setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly)
{
    QJsonObject body = toJson(settings);
    const QJsonObject secret = keysJson(keys, sessionOnly);
    for (auto member = secret.begin(); member != secret.end(); ++member)
        body.insert(member.key(), member.value());
    return ask<StorageState>(request("PUT", "/v1/private/storage", body), storageFromJson);
}

QFuture<Result<void>> RemoteService::testStorage()
{
    return ask<void>(request("POST", "/v1/private/storage/test"), nothing);
}

QFuture<Result<void>> RemoteService::forgetStorage()
{
    return ask<void>(request("DELETE", "/v1/private/storage"), nothing);
}

} // namespace visgate
