// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/endpoint_file.h"

#include "core/base/json.h"
#include "core/foundation/clock.h"
#include "core/providers/queue/json_fields.h"

#include <QFile>
#include <QJsonArray>
#include <QSaveFile>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int kVersion = 1;

QJsonObject toJson(const ProviderEndpoint& endpoint)
{
    QJsonObject env;
    for (auto it = endpoint.env.begin(); it != endpoint.env.end(); ++it)
        env.insert(it.key(), it.value());
    QJsonObject object{{u"id"_s, QString::fromStdString(endpoint.id.value())}, {u"name"_s, endpoint.name},
        {u"image"_s, endpoint.image}, {u"pools"_s, QJsonArray::fromStringList(endpoint.gpuPools)},
        {u"workers_min"_s, endpoint.workersMin}, {u"workers_max"_s, endpoint.workersMax},
        {u"idle_seconds"_s, static_cast<qint64>(endpoint.idleTimeout.count())},
        {u"execution_ms"_s, static_cast<qint64>(endpoint.executionTimeout.count())}, {u"env"_s, env}};
    if (endpoint.createdAt)
        object[u"created_at"_s] = QString::fromStdString(formatUtc(*endpoint.createdAt));
    return object;
}

Result<ProviderEndpoint> fromJson(const QJsonObject& object)
{
    ProviderEndpoint endpoint;
    endpoint.id = EndpointId(object["id"_L1].toString().toStdString());
    endpoint.name = object["name"_L1].toString();
    const auto idle = queue::toDuration<seconds>(object["idle_seconds"_L1]);
    const auto limit = queue::toDuration<milliseconds>(object["execution_ms"_L1]);
    const bool hasWorkers = object["workers_min"_L1].isDouble() && object["workers_max"_L1].isDouble();
    if (endpoint.id.isEmpty() || endpoint.name.isEmpty() || !hasWorkers || !idle || !limit)
        return fail(ErrorCode::StoreCorrupt, "an endpoint of this computer lacks a field");
    endpoint.image = object["image"_L1].toString();
    endpoint.gpuPools = json::strings(object["pools"_L1]);
    endpoint.workersMin = queue::toInt(object["workers_min"_L1]);
    endpoint.workersMax = queue::toInt(object["workers_max"_L1]);
    endpoint.idleTimeout = *idle;
    endpoint.executionTimeout = *limit;
    const QJsonObject env = object["env"_L1].toObject();
    for (auto it = env.begin(); it != env.end(); ++it)
        endpoint.env.insert(it.key(), it.value().toString());
    TimePoint made;
    if (parseUtc(object["created_at"_L1].toString().toStdString(), made))
        endpoint.createdAt = made;
    return endpoint;
}

} // namespace

Result<QList<ProviderEndpoint>> readEndpointFile(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return QList<ProviderEndpoint>();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path.toStdString());
    const auto document = json::parseObject(file.readAll());
    if (!document || !(*document)["endpoints"_L1].isArray())
        return fail(ErrorCode::StoreCorrupt, path.toStdString());
    QList<ProviderEndpoint> endpoints;
    const QJsonArray list = (*document)["endpoints"_L1].toArray();
    for (const QJsonValue& item : list) {
        auto endpoint = fromJson(item.toObject());
        if (!endpoint)
            return fail(endpoint.error());
        endpoints.append(std::move(*endpoint));
    }
    return endpoints;
}

Result<void> writeEndpointFile(const QString& path, const QList<ProviderEndpoint>& endpoints)
{
    QJsonArray list;
    for (const ProviderEndpoint& endpoint : endpoints)
        list.append(toJson(endpoint));
    QSaveFile file(path);
    const QByteArray text = json::compact(QJsonObject{{u"version"_s, kVersion}, {u"endpoints"_s, list}});
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    return fail(isFull ? ErrorCode::StoreFull : ErrorCode::FileUnwritable, path.toStdString());
}

} // namespace visgate
