// SPDX-License-Identifier: GPL-3.0-or-later
// Places and network volumes.
#include "core/providers/queue/json_fields.h"
#include "core/providers/runpod/runpod_json.h"

#include <QJsonArray>

namespace visgate::runpod {

using namespace Qt::Literals::StringLiterals;

namespace {

using queue::broken;
using queue::parseObject;
using queue::toInt;

Result<ProviderVolume> toVolume(const QJsonObject& object)
{
    ProviderVolume volume;
    volume.id = VolumeId(object["id"_L1].toString().toStdString());
    volume.name = object["name"_L1].toString();
    volume.sizeGb = toInt(object["size"_L1]);
    volume.dataCenter = object["dataCenter"_L1].toString();
    if (volume.id.isEmpty() || volume.dataCenter.isEmpty())
        return broken("network volume", u"missing 'id' or 'dataCenter'"_s);
    return volume;
}

} // namespace

QByteArray createVolumeBody(const QString& name, int sizeGb, const QString& dataCenter)
{
    return json::compact(QJsonObject{{u"name"_s, name}, {u"size"_s, sizeGb}, {u"dataCenter"_s, dataCenter}});
}

QByteArray growVolumeBody(int sizeGb)
{
    return json::compact(QJsonObject{{u"size"_s, sizeGb}});
}

Result<ProviderVolume> readVolume(const QByteArray& body)
{
    const auto object = parseObject(body, "network volume");
    if (!object)
        return fail(object.error());
    return toVolume(*object);
}

Result<QList<ProviderVolume>> readVolumes(const QByteArray& body)
{
    const auto root = parseObject(body, "volume list");
    if (!root)
        return fail(root.error());
    QList<ProviderVolume> volumes;
    const QJsonArray list = (*root)["networkVolumes"_L1].toArray();
    for (const QJsonValue& entry : list) {
        auto volume = toVolume(entry.toObject());
        if (!volume)
            return fail(volume.error());
        volumes.append(std::move(*volume));
    }
    return volumes;
}

Result<QList<DataCenter>> readDataCenters(const QByteArray& body)
{
    const auto root = parseObject(body, "data centers");
    if (!root)
        return fail(root.error());
    QList<DataCenter> places;
    const QJsonArray list = (*root)["dataCenters"_L1].toArray();
    for (const QJsonValue& entry : list) {
        const QString id = entry["id"_L1].toString();
        if (!id.isEmpty())
            places.append({id, entry["name"_L1].toString(id), entry["region"_L1].toString(),
                !entry["networkVolumeTypes"_L1].toArray().isEmpty()});
    }
    return places;
}

} // namespace visgate::runpod
