// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/gpu_snapshot.h"

#include "core/catalog/registry_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace visgate {

GpuSnapshot builtInGpuSnapshot()
{
    auto snapshot = parseGpuSnapshot(registryFile(QStringLiteral("gpus.json")));
    Q_ASSERT_X(snapshot.has_value(), "GpuSnapshot", snapshot ? "" : snapshot.error().detail.c_str());
    return snapshot ? std::move(*snapshot) : GpuSnapshot();
}

Result<GpuSnapshot> parseGpuSnapshot(const QByteArray& json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    GpuSnapshot snapshot;
    snapshot.date = root[QLatin1String("date")].toString();
    if (root[QLatin1String("format")].toInt() != 1 || snapshot.date.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "GPU snapshot: format or date");
    const QJsonArray gpus = root[QLatin1String("gpus")].toArray();
    for (const QJsonValue& gpu : gpus) {
        GpuOffer offer;
        offer.typeId = gpu[QLatin1String("type")].toString();
        offer.name = gpu[QLatin1String("name")].toString();
        offer.pool = gpu[QLatin1String("pool")].toString();
        offer.memoryGb = gpu[QLatin1String("memory_gb")].toDouble();
        offer.usdPerHour = gpu[QLatin1String("usd_per_hour")].toDouble();
        offer.source = snapshot.date;
        if (offer.typeId.isEmpty() || offer.name.isEmpty() || offer.pool.isEmpty() || offer.memoryGb <= 0.0)
            return fail(ErrorCode::UnexpectedReply, "GPU snapshot: " + offer.typeId.toStdString());
        snapshot.offers.append(std::move(offer));
    }
    return snapshot;
}

} // namespace visgate
