// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_json.h"

#include "core/providers/queue/json_fields.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace visgate::runpod {

namespace {

using queue::broken;
using queue::parseObject;
using queue::toDuration;
using queue::toInt;

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr qsizetype kLongestKnownValue = 4096; ///< of an environment; more is no setting

QJsonArray toArray(const QStringList& list)
{
    return QJsonArray::fromStringList(list);
}

std::optional<TimePoint> toTime(const QJsonValue& value)
{
    TimePoint time;
    if (!parseUtc(value.toString().toStdString(), time))
        return std::nullopt;
    return time;
}

/// Reads the objects of a list reply that is wrapped in one key; `read` turns each into a value or an error.
template <typename T, typename Read>
Result<QList<T>> readList(const Result<QJsonObject>& root, const char* document, QLatin1String key, Read read)
{
    if (!root)
        return fail(root.error());
    const QJsonValue list = root->value(key);
    if (!list.isArray())
        return broken(document, QStringLiteral("no list '%1'").arg(key));
    QList<T> values;
    const QJsonArray array = list.toArray();
    for (const QJsonValue& item : array) {
        Result<T> value = read(item.toObject());
        if (!value)
            return fail(value.error());
        values.append(std::move(*value));
    }
    return values;
}

Stock toStock(const QJsonValue& value)
{
    const QString text = value.toString();
    if (text == QLatin1String("NONE"))
        return Stock::None;
    if (text == QLatin1String("LOW"))
        return Stock::Low;
    if (text == QLatin1String("MEDIUM"))
        return Stock::Medium;
    if (text == QLatin1String("HIGH"))
        return Stock::High;
    return Stock::Unknown;
}

Result<GpuOffer> toOffer(const QJsonObject& gpu)
{
    GpuOffer offer;
    offer.typeId = gpu[QLatin1String("id")].toString();
    if (offer.typeId.isEmpty())
        return broken("gpu", QStringLiteral("missing 'id'"));
    offer.name = gpu[QLatin1String("name")].toString(offer.typeId);
    offer.pool = gpu[QLatin1String("pool")].toString();
    offer.memoryGb = gpu[QLatin1String("memory")].toDouble();
    offer.usdPerHour = gpu[QLatin1String("price")].toObject()[QLatin1String("serverless")].toDouble();
    offer.stock = toStock(gpu[QLatin1String("availability")]);
    const QJsonArray centers = gpu[QLatin1String("dataCenters")].toArray();
    for (const QJsonValue& center : centers) {
        const QString id = center[QLatin1String("id")].toString();
        if (!id.isEmpty() && toStock(center[QLatin1String("availability")]) != Stock::None)
            offer.dataCenters.append(id);
    }
    const QJsonArray cuda = gpu[QLatin1String("cudaVersions")].toArray();
    for (const QJsonValue& version : cuda) {
        const QString number = version[QLatin1String("version")].toString();
        if (!number.isEmpty() && version[QLatin1String("available")].toBool(true))
            offer.cudaVersions.append(number);
    }
    return offer;
}

QString queueUrlOf(const QJsonObject& endpoint, const QString& id, const QString& queueBase)
{
    const QJsonObject urls = endpoint[QLatin1String("requestUrls")].toObject();
    QString run = urls[QLatin1String("run")].toString();
    if (run.endsWith(QLatin1String("/run"))) {
        run.chop(4);
        return run;
    }
    const QString base = urls[QLatin1String("base")].toString(); // load balancing endpoints
    return base.isEmpty() ? queueBase + QLatin1Char('/') + id : base;
}

Result<ProviderEndpoint> toEndpoint(const QJsonObject& object, const QString& queueBase)
{
    for (const auto key : {QLatin1String("id"), QLatin1String("name")}) {
        if (object[key].toString().isEmpty())
            return broken("endpoint", QStringLiteral("missing '%1'").arg(key));
    }
    const QJsonObject workers = object[QLatin1String("workers")].toObject();
    // Max 0 means that an endpoint is parked, so a missing one must not be read as 0.
    for (const auto key : {QLatin1String("min"), QLatin1String("max")}) {
        if (!workers[key].isDouble())
            return broken("endpoint", QStringLiteral("missing 'workers.%1'").arg(key));
    }
    ProviderEndpoint endpoint;
    const QString id = object[QLatin1String("id")].toString();
    endpoint.id = EndpointId(id.toStdString());
    endpoint.name = object[QLatin1String("name")].toString();
    endpoint.url = queueUrlOf(object, id, queueBase);
    endpoint.image = object[QLatin1String("image")].toString();
    endpoint.gpuPools = json::strings(object[QLatin1String("gpu")].toObject()[QLatin1String("pools")]);
    endpoint.workersMin = toInt(workers[QLatin1String("min")]);
    endpoint.workersMax = toInt(workers[QLatin1String("max")]);
    endpoint.idleTimeout = toDuration<seconds>(workers[QLatin1String("idleTimeout")]).value_or(seconds(0));
    endpoint.executionTimeout = toDuration<milliseconds>(object[QLatin1String("timeout")]).value_or(milliseconds(0));
    const QJsonObject env = object[QLatin1String("env")].toObject();
    for (auto it = env.begin(); it != env.end(); ++it) {
        if (!isSecretName(it.key()) && it.value().toString().size() <= kLongestKnownValue)
            endpoint.env.insert(it.key(), it.value().toString());
    }
    endpoint.createdAt = toTime(object[QLatin1String("createdAt")]);
    endpoint.networkVolumes = json::strings(object[QLatin1String("networkVolumes")]);
    endpoint.dataCenters = json::strings(object[QLatin1String("dataCenterIds")]);
    return endpoint;
}

Result<ProviderWorker> toWorker(const QJsonObject& object)
{
    ProviderWorker worker;
    worker.id = WorkerId(object[QLatin1String("id")].toString().toStdString());
    if (worker.id.isEmpty())
        return broken("worker", QStringLiteral("missing 'id'"));
    worker.status = workerStatusFromString(object[QLatin1String("status")].toString());
    worker.stale = object[QLatin1String("isStale")].toBool();
    worker.gpuTypeId = object[QLatin1String("gpuTypeId")].toString();
    worker.dataCenter = object[QLatin1String("dataCenterId")].toString();
    worker.uptime = toDuration<seconds>(object[QLatin1String("uptimeSeconds")]);
    return worker;
}

WorkerCounts countWorkers(const QList<ProviderWorker>& workers)
{
    WorkerCounts counts;
    for (const ProviderWorker& worker : workers) {
        switch (worker.status) {
        case WorkerStatus::Running:
            ++counts.running;
            break;
        case WorkerStatus::Idle:
            ++counts.idle;
            break;
        case WorkerStatus::Initializing:
            ++counts.initializing;
            break;
        case WorkerStatus::Throttled:
            ++counts.throttled;
            break;
        case WorkerStatus::Unhealthy:
            ++counts.unhealthy;
            break;
        case WorkerStatus::Unknown: // a state that is new may cost money: count it as running
            ++counts.running;
            break;
        }
    }
    return counts;
}

Result<BillingRecord> toBillingRecord(const QJsonObject& object)
{
    const auto start = toTime(object[QLatin1String("startTime")]);
    const auto end = toTime(object[QLatin1String("endTime")]);
    if (!start || !end)
        return broken("billing record", QStringLiteral("missing 'startTime' or 'endTime'"));
    if (!object[QLatin1String("totalAmount")].isDouble())
        return broken("billing record", QStringLiteral("missing 'totalAmount'"));
    return BillingRecord{EndpointId(object[QLatin1String("serverlessId")].toString().toStdString()), *start, *end,
        object[QLatin1String("totalAmount")].toDouble()};
}

} // namespace

// Runpod repeats an endpoint's whole environment in every list; tokens in it must not travel further, and the pieces of
// a package need not.
bool isSecretName(const QString& name)
{
    const auto says = [&name](const char* word) { return name.contains(QLatin1String(word), Qt::CaseInsensitive); };
    return says("token") || says("secret") || says("password") || says("_key") || says("credential");
}

QByteArray createBody(const EndpointSpec& spec, const CreateOptions& options)
{
    QJsonObject gpu{{QLatin1String("pools"), toArray(spec.gpuPools)}, {QLatin1String("count"), 1}};
    if (!spec.excludedGpuTypes.isEmpty())
        gpu.insert(QLatin1String("excludedTypes"), toArray(spec.excludedGpuTypes));
    const QString cuda = spec.minCudaVersion.isEmpty() ? options.minCudaVersion : spec.minCudaVersion;
    if (!cuda.isEmpty())
        gpu.insert(QLatin1String("minCudaVersion"), cuda);

    QJsonObject env;
    for (auto it = spec.env.begin(); it != spec.env.end(); ++it)
        env.insert(it.key(), it.value());
    for (auto it = spec.secretEnv.begin(); it != spec.secretEnv.end(); ++it)
        env.insert(it.key(), it.value());
    // Runpod calls a worker unhealthy after 7 minutes of starting unless this says otherwise.
    env.insert(QLatin1String("RUNPOD_INIT_TIMEOUT"), QString::number(spec.limits.initTimeout.count()));

    QJsonObject body{
        {QLatin1String("name"), spec.name},
        {QLatin1String("type"), QLatin1String("QUEUE")},
        {QLatin1String("image"), spec.image},
        {QLatin1String("gpu"), gpu},
        {QLatin1String("workers"),
            QJsonObject{{QLatin1String("min"), spec.limits.workersMin}, {QLatin1String("max"), spec.limits.workersMax},
                {QLatin1String("idleTimeout"), static_cast<qint64>(spec.limits.idleTimeout.count())}}},
        {QLatin1String("scaling"),
            QJsonObject{{QLatin1String("type"), QLatin1String("QUEUE_DELAY")},
                {QLatin1String("queueDelay"), options.queueDelaySeconds}}},
        {QLatin1String("timeout"), static_cast<qint64>(milliseconds(spec.limits.executionTimeout).count())},
        {QLatin1String("flashboot"), options.flashboot},
        {QLatin1String("disk"), std::max(spec.diskGb, 1)},
        {QLatin1String("env"), env},
    };
    if (!spec.args.isEmpty())
        body.insert(QLatin1String("args"), spec.args);
    if (!spec.dataCenters.isEmpty())
        body.insert(QLatin1String("dataCenterIds"), toArray(spec.dataCenters));
    if (!spec.networkVolumes.isEmpty())
        body.insert(QLatin1String("networkVolumes"), toArray(spec.networkVolumes));
    return json::compact(body);
}

QByteArray scaleBody(int workersMin, int workersMax, seconds idleTimeout)
{
    return json::compact(QJsonObject{{QLatin1String("workers"),
        QJsonObject{{QLatin1String("min"), workersMin}, {QLatin1String("max"), workersMax},
            {QLatin1String("idleTimeout"), static_cast<qint64>(idleTimeout.count())}}}});
}

Result<QList<GpuOffer>> readOffers(const QByteArray& body)
{
    return readList<GpuOffer>(parseObject(body, "GPU catalogue"), "GPU catalogue", QLatin1String("gpus"), toOffer);
}

Result<ProviderEndpoint> readEndpoint(const QByteArray& body, const QString& queueBase)
{
    const auto object = parseObject(body, "endpoint");
    if (!object)
        return fail(object.error());
    return toEndpoint(*object, queueBase);
}

Result<QList<ProviderEndpoint>> readEndpoints(const QByteArray& body, const QString& queueBase)
{
    return readList<ProviderEndpoint>(parseObject(body, "endpoint list"), "endpoint list", QLatin1String("endpoints"),
        [&queueBase](const QJsonObject& object) { return toEndpoint(object, queueBase); });
}

Result<WorkerList> readWorkers(const QByteArray& body)
{
    const auto root = parseObject(body, "worker list");
    auto workers = readList<ProviderWorker>(root, "worker list", QLatin1String("workers"), toWorker);
    if (!workers)
        return fail(workers.error());
    WorkerList list;
    list.workers = std::move(*workers);
    list.counts = countWorkers(list.workers);
    const QJsonValue version = (*root)[QLatin1String("endpointVersion")];
    if (version.isDouble())
        list.endpointVersion = toInt(version);
    return list;
}

Result<QList<BillingRecord>> readBilling(const QByteArray& body)
{
    return readList<BillingRecord>(parseObject(body, "billing"), "billing", QLatin1String("records"), toBillingRecord);
}

ProviderLogLine readLogEvent(const QByteArray& id, const QByteArray& data)
{
    ProviderLogLine line;
    line.id = QString::fromUtf8(id);
    const QJsonObject object = QJsonDocument::fromJson(data).object();
    if (!object.contains(QLatin1String("line"))) {
        line.line = QString::fromUtf8(data);
        return line;
    }
    line.timestamp = object[QLatin1String("ts")].toString();
    line.source = object[QLatin1String("source")].toString();
    line.line = object[QLatin1String("line")].toString();
    return line;
}

WorkerStatus workerStatusFromString(const QString& text)
{
    if (text == QLatin1String("RUNNING"))
        return WorkerStatus::Running;
    if (text == QLatin1String("IDLE"))
        return WorkerStatus::Idle;
    if (text == QLatin1String("INITIALIZING"))
        return WorkerStatus::Initializing;
    if (text == QLatin1String("THROTTLED"))
        return WorkerStatus::Throttled;
    if (text == QLatin1String("UNHEALTHY"))
        return WorkerStatus::Unhealthy;
    return WorkerStatus::Unknown;
}

} // namespace visgate::runpod
