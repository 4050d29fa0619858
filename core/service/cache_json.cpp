// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/cache_json.h"

#include "core/service/error_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QJsonObject toJson(const ModelVolume& volume)
{
    return {{u"target"_s, toString(volume.target)}, {u"volume_id"_s, fields::text(volume.id.value())},
        {u"name"_s, volume.name}, {u"size_gb"_s, volume.sizeGb}, {u"data_center"_s, volume.dataCenter},
        {u"monthly_usd"_s, volume.monthlyUsd}, {u"hf_model_id"_s, fields::orNull(volume.modelId)},
        {u"revision"_s, fields::orNull(volume.revision)}, {u"state"_s, toString(volume.state)},
        {u"bytes_done"_s, volume.bytesDone}, {u"bytes_total"_s, volume.bytesTotal},
        {u"error"_s, volume.error ? QJsonValue(toJson(*volume.error)) : QJsonValue()},
        {u"used_by"_s, QJsonArray::fromStringList(volume.usedBy)},
        {u"unconfirmed"_s, QJsonArray::fromStringList(volume.unconfirmed)}, {u"unused"_s, volume.isUnused()},
        {u"ours"_s, volume.ours}};
}

Result<ModelVolume> volumeFromJson(const QJsonObject& object)
{
    const auto target = targetFromString(object.value("target"_L1).toString());
    const auto state = fillStateFromString(object.value("state"_L1).toString());
    if (!target || !state)
        return fail(ErrorCode::UnexpectedReply, "not a volume");
    ModelVolume volume;
    volume.target = *target;
    volume.id = VolumeId(object.value("volume_id"_L1).toString().toStdString());
    volume.name = object.value("name"_L1).toString();
    volume.sizeGb = object.value("size_gb"_L1).toInt();
    volume.dataCenter = object.value("data_center"_L1).toString();
    volume.monthlyUsd = object.value("monthly_usd"_L1).toDouble();
    volume.modelId = object.value("hf_model_id"_L1).toString();
    volume.revision = object.value("revision"_L1).toString();
    volume.state = *state;
    volume.bytesDone = object.value("bytes_done"_L1).toInteger();
    volume.bytesTotal = object.value("bytes_total"_L1).toInteger();
    if (const QJsonValue error = object.value("error"_L1); error.isObject())
        volume.error = errorFromJson(error.toObject());
    volume.usedBy = fields::toStrings(object.value("used_by"_L1));
    volume.unconfirmed = fields::toStrings(object.value("unconfirmed"_L1));
    volume.ours = object.value("ours"_L1).toBool();
    return volume;
}

QJsonObject toJson(const KeepNear& wish)
{
    QJsonObject object{{u"target"_s, toString(wish.target)}, {u"hf_model_id"_s, wish.modelId}};
    if (!wish.revision.isEmpty())
        object.insert(u"revision"_s, wish.revision);
    if (!wish.volume.isEmpty())
        object.insert(u"volume_id"_s, QString::fromStdString(wish.volume.value()));
    if (!wish.dataCenter.isEmpty())
        object.insert(u"data_center"_s, wish.dataCenter);
    return object;
}

QJsonObject toJson(const StorageSettings& settings)
{
    return {{u"endpoint"_s, settings.endpoint.toString()}, {u"region"_s, settings.region},
        {u"bucket"_s, settings.bucket}, {u"prefix"_s, settings.prefix}};
}

QJsonObject toJson(const StorageState& state)
{
    QJsonObject object = toJson(state.settings);
    object.insert(u"configured"_s, state.settings.isSet());
    object.insert(u"has_keys"_s, state.hasKeys);
    object.insert(u"access_key_id"_s, fields::orNull(state.accessKeyId));
    return object;
}

Result<StorageState> storageFromJson(const QJsonObject& object)
{
    if (!object.contains("configured"_L1))
        return fail(ErrorCode::UnexpectedReply, "not a storage");
    StorageState state;
    state.settings = {QUrl(object.value("endpoint"_L1).toString()), object.value("region"_L1).toString(),
        object.value("bucket"_L1).toString(), object.value("prefix"_L1).toString()};
    state.hasKeys = object.value("has_keys"_L1).toBool();
    state.accessKeyId = object.value("access_key_id"_L1).toString();
    return state;
}

QJsonObject keysJson(const StorageKeys& keys, bool sessionOnly)
{
    QJsonObject object{{u"session_only"_s, sessionOnly}};
    if (keys.secretKey) {
        const std::string_view secret = keys.secretKey->reveal();
        object.insert(u"access_key_id"_s, keys.accessKeyId);
        object.insert(u"secret_key"_s, QString::fromUtf8(secret.data(), qsizetype(secret.size())));
    }
    return object;
}

} // namespace visgate
