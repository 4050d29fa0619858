// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/domain_json.h"
#include "core/service/error_json.h"
#include "core/service/json_fields.h"
#include "core/service/lifecycle_json.h"

#include <array>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The phases whose duration the API always names, reached or not.
constexpr std::array kPhases{DeploymentStatus::Validating, DeploymentStatus::SelectingGpu,
    DeploymentStatus::CreatingEndpoint, DeploymentStatus::DownloadingModel, DeploymentStatus::LoadingModel};

QJsonObject workersJson(const WorkerCounts& workers)
{
    return {{u"min"_s, workers.min}, {u"max"_s, workers.max}, {u"running"_s, workers.running},
        {u"idle"_s, workers.idle}, {u"initializing"_s, workers.initializing}, {u"throttled"_s, workers.throttled},
        {u"unhealthy"_s, workers.unhealthy}};
}

WorkerCounts workersFromJson(const QJsonObject& object)
{
    WorkerCounts workers;
    workers.min = object.value("min"_L1).toInt();
    workers.max = object.value("max"_L1).toInt();
    workers.running = object.value("running"_L1).toInt();
    workers.idle = object.value("idle"_L1).toInt();
    workers.initializing = object.value("initializing"_L1).toInt();
    workers.throttled = object.value("throttled"_L1).toInt();
    workers.unhealthy = object.value("unhealthy"_L1).toInt();
    return workers;
}

QJsonArray logsJson(const QList<OrchestrationLine>& lines)
{
    QJsonArray array;
    for (const OrchestrationLine& line : lines)
        array.append(QJsonObject{
            {u"timestamp"_s, fields::time(line.at)}, {u"level"_s, line.level}, {u"message"_s, line.message}});
    return array;
}

QList<OrchestrationLine> logsFromJson(const QJsonArray& array)
{
    QList<OrchestrationLine> lines;
    for (const QJsonValue& value : array)
        lines.append({fields::toTime(value["timestamp"_L1]).value_or(TimePoint()), value["level"_L1].toString(),
            value["message"_L1].toString()});
    return lines;
}

QJsonArray changesJson(const QList<EndpointChange>& changes)
{
    QJsonArray array;
    for (const EndpointChange& change : changes)
        array.append(QJsonObject{{u"field"_s, change.field}, {u"before"_s, change.before}, {u"after"_s, change.after},
            {u"at"_s, fields::time(change.at)}});
    return array;
}

QList<EndpointChange> changesFromJson(const QJsonArray& array)
{
    QList<EndpointChange> changes;
    for (const QJsonValue& value : array)
        changes.append({value["field"_L1].toString(), value["before"_L1].toString(), value["after"_L1].toString(),
            fields::toTime(value["at"_L1]).value_or(TimePoint())});
    return changes;
}

QJsonObject phasesJson(const QMap<QString, double>& seconds)
{
    QJsonObject object;
    for (const DeploymentStatus phase : kPhases)
        object.insert(toString(phase), QJsonValue::Null);
    for (auto phase = seconds.cbegin(); phase != seconds.cend(); ++phase)
        object.insert(phase.key(), phase.value());
    return object;
}

QMap<QString, double> phasesFromJson(const QJsonObject& object)
{
    QMap<QString, double> seconds;
    for (auto phase = object.begin(); phase != object.end(); ++phase) {
        if (phase.value().isDouble())
            seconds.insert(phase.key(), phase.value().toDouble());
    }
    return seconds;
}

QJsonValue rangeJson(const std::optional<TimeRange>& range)
{
    return range ? QJsonValue(QJsonArray{qint64{range->low.count()}, qint64{range->high.count()}})
                 : QJsonValue(QJsonValue::Null);
}

std::optional<TimeRange> rangeFromJson(const QJsonObject& object)
{
    const QJsonArray ends = object.value("estimated_ready_range"_L1).toArray();
    if (ends.size() != 2)
        return std::nullopt;
    const auto seconds = [](const QJsonValue& value) { return std::chrono::seconds(value.toInteger()); };
    return TimeRange{seconds(ends[0]), seconds(object.value("estimated_remaining_seconds"_L1)), seconds(ends[1]),
        object.value("estimated_ready_samples"_L1).toInt(), object.value("estimated_ready_overdue"_L1).toBool()};
}

QJsonObject costJson(const DeploymentCost& cost)
{
    return {{u"estimated_usd"_s, cost.estimatedUsd}, {u"billed_usd"_s, fields::orNull(cost.billedUsd)},
        {u"usd_per_hour"_s, cost.usdPerHourNow}, {u"usd"_s, cost.countedUsd}};
}

DeploymentCost costFromJson(const QJsonObject& object)
{
    return {object.value("estimated_usd"_L1).toDouble(), fields::toDouble(object.value("billed_usd"_L1)),
        object.value("usd_per_hour"_L1).toDouble(), object.value("usd"_L1).toDouble()};
}

/// What the deployment waits to be told: whether a dearer GPU plan may be used.
QJsonObject questionJson(const DeploymentQuestion& question)
{
    return {{u"pools"_s, QJsonArray::fromStringList(question.pools)},
        {u"gpus"_s, QJsonArray::fromStringList(question.gpuNames)}, {u"usd_per_hour"_s, question.usdPerHour},
        {u"usd_per_hour_more"_s, question.usdPerHourMore}, {u"asked_at"_s, fields::time(question.askedAt)}};
}

DeploymentQuestion questionFromJson(const QJsonObject& object)
{
    return {fields::toStrings(object.value("pools"_L1)), fields::toStrings(object.value("gpus"_L1)),
        object.value("usd_per_hour"_L1).toDouble(), object.value("usd_per_hour_more"_L1).toDouble(),
        fields::toTime(object.value("asked_at"_L1)).value_or(TimePoint())};
}

EndpointLimits limitsFromJson(const QJsonObject& object)
{
    const auto seconds = [&object](QLatin1String name, std::chrono::seconds fallback) {
        return fields::toDuration<std::chrono::seconds>(object.value(name)).value_or(fallback);
    };
    EndpointLimits limits;
    limits.idleTimeout = seconds("idle_timeout_seconds"_L1, limits.idleTimeout);
    limits.executionTimeout = seconds("execution_timeout_seconds"_L1, limits.executionTimeout);
    limits.initTimeout = seconds("init_timeout_seconds"_L1, limits.initTimeout);
    limits.workerIdleTimeout = seconds("worker_idle_timeout_seconds"_L1, limits.workerIdleTimeout);
    limits.failureThreshold = object.value("failure_threshold"_L1).toInt(limits.failureThreshold);
    limits.workersMin = object.value("workers_min"_L1).toInt(limits.workersMin);
    limits.workersMax = object.value("workers_max"_L1).toInt(limits.workersMax);
    return limits;
}

} // namespace

QJsonObject toJson(const EndpointLimits& limits)
{
    return {{u"idle_timeout_seconds"_s, qint64{limits.idleTimeout.count()}},
        {u"execution_timeout_seconds"_s, qint64{limits.executionTimeout.count()}},
        {u"init_timeout_seconds"_s, qint64{limits.initTimeout.count()}},
        {u"worker_idle_timeout_seconds"_s, qint64{limits.workerIdleTimeout.count()}},
        {u"failure_threshold"_s, limits.failureThreshold}, {u"workers_min"_s, limits.workersMin},
        {u"workers_max"_s, limits.workersMax}};
}

QJsonObject toJson(const Deployment& deployment)
{
    const QJsonValue endpoint = fields::text(deployment.endpointId.value());
    return {
        {u"deployment_id"_s, QString::fromStdString(deployment.id.value())},
        {u"status"_s, toString(deployment.status)},
        {u"path"_s, fields::orNull(deployment.path)},
        {u"target"_s, toString(deployment.target)},
        {u"hf_model_id"_s, deployment.modelId},
        {u"revision"_s, fields::orNull(deployment.revision)},
        {u"task"_s, toString(deployment.task)},
        {u"runpod_endpoint_id"_s, endpoint},
        {u"endpoint_id"_s, endpoint},
        {u"endpoint_name"_s, fields::orNull(deployment.endpointName)},
        {u"endpoint_url"_s, fields::orNull(deployment.endpointUrl)},
        {u"user_hash"_s, fields::orNull(deployment.userHash)},
        {u"gpu_tier"_s, fields::orNull(deployment.gpuTier)},
        {u"gpu_planned"_s, QJsonArray::fromStringList(deployment.gpuPlanned)},
        {u"gpu_allocated"_s, fields::orNull(deployment.gpuAllocated)},
        {u"region"_s, fields::orNull(deployment.region)},
        {u"region_reason"_s, fields::orNull(deployment.regionReason)},
        {u"loaded_from_cache"_s, deployment.loadedFromCache ? QJsonValue(*deployment.loadedFromCache) : QJsonValue()},
        {u"question"_s, deployment.question ? QJsonValue(questionJson(*deployment.question)) : QJsonValue()},
        {u"model_vram_gb"_s, deployment.modelVramGb > 0.0 ? QJsonValue(deployment.modelVramGb) : QJsonValue()},
        {u"workers"_s, workersJson(deployment.workers)},
        {u"workers_seen_at"_s, fields::time(deployment.workersSeenAt)},
        {u"changed_elsewhere"_s, changesJson(deployment.changedElsewhere)},
        {u"limits"_s, toJson(deployment.limits)},
        {u"logs"_s, logsJson(deployment.logs)},
        {u"error"_s, deployment.error ? QJsonValue(toJson(*deployment.error)) : QJsonValue()},
        {u"waiting_for"_s, fields::orNull(deployment.waitingFor)},
        {u"estimated_remaining_seconds"_s, fields::count(deployment.estimatedRemaining)},
        {u"estimated_ready_range"_s, rangeJson(deployment.estimatedRange)},
        {u"estimated_ready_samples"_s,
            deployment.estimatedRange ? QJsonValue(deployment.estimatedRange->ownSamples) : QJsonValue::Null},
        {u"estimated_ready_overdue"_s, deployment.estimatedRange && deployment.estimatedRange->overdue},
        {u"phase_durations"_s, phasesJson(deployment.phaseSeconds)},
        {u"cost"_s, costJson(deployment.cost)},
        {u"webhook"_s,
            QJsonObject{{u"state"_s, QJsonValue::Null}, {u"attempts"_s, 0}, {u"last_error"_s, QJsonValue()}}},
        {u"demo_model"_s, deployment.demoModel},
        {u"first_job_id"_s, fields::text(deployment.firstJob.value())},
        {u"created_at"_s, fields::time(deployment.createdAt)},
        {u"ready_at"_s, fields::time(deployment.readyAt)},
        {u"deleted_at"_s, fields::time(deployment.deletedAt)},
        {u"delete_at"_s, fields::time(deployment.deleteAt)},
        {u"pool"_s, toJson(deployment.pool)},
        {u"warm"_s,
            QJsonObject{{u"now"_s, deployment.warm}, {u"next_change"_s, fields::time(deployment.warmNextChange)}}},
        {u"unconfirmed"_s, QJsonArray::fromStringList(deployment.unconfirmed)},
        {u"key_from_request"_s, deployment.keyFromRequest},
    };
}

Result<Deployment> deploymentFromJson(const QJsonObject& object)
{
    Deployment deployment;
    deployment.id = DeploymentId(object.value("deployment_id"_L1).toString().toStdString());
    const auto status = deploymentStatusFromString(object.value("status"_L1).toString());
    const auto target = targetFromString(object.value("target"_L1).toString());
    if (deployment.id.isEmpty() || !status || !target)
        return fail(ErrorCode::UnexpectedReply, "not a deployment");
    deployment.status = *status;
    deployment.target = *target;
    deployment.path = object.value("path"_L1).toString();
    deployment.modelId = object.value("hf_model_id"_L1).toString();
    deployment.revision = object.value("revision"_L1).toString();
    deployment.task = generationTaskFromString(object.value("task"_L1).toString()).value_or(deployment.task);
    deployment.endpointId = EndpointId(object.value("endpoint_id"_L1).toString().toStdString());
    deployment.endpointName = object.value("endpoint_name"_L1).toString();
    deployment.endpointUrl = object.value("endpoint_url"_L1).toString();
    deployment.userHash = object.value("user_hash"_L1).toString();
    deployment.gpuTier = object.value("gpu_tier"_L1).toString();
    deployment.gpuPlanned = fields::toStrings(object.value("gpu_planned"_L1));
    deployment.gpuAllocated = object.value("gpu_allocated"_L1).toString();
    deployment.region = object.value("region"_L1).toString();
    deployment.regionReason = object.value("region_reason"_L1).toString();
    if (const QJsonValue cached = object.value("loaded_from_cache"_L1); cached.isBool())
        deployment.loadedFromCache = cached.toBool();
    if (const QJsonValue question = object.value("question"_L1); question.isObject())
        deployment.question = questionFromJson(question.toObject());
    deployment.modelVramGb = object.value("model_vram_gb"_L1).toDouble();
    deployment.workers = workersFromJson(object.value("workers"_L1).toObject());
    deployment.workersSeenAt = fields::toTime(object.value("workers_seen_at"_L1));
    deployment.changedElsewhere = changesFromJson(object.value("changed_elsewhere"_L1).toArray());
    deployment.limits = limitsFromJson(object.value("limits"_L1).toObject());
    deployment.logs = logsFromJson(object.value("logs"_L1).toArray());
    if (const QJsonValue error = object.value("error"_L1); error.isObject())
        deployment.error = errorFromJson(error.toObject());
    deployment.waitingFor = object.value("waiting_for"_L1).toString();
    deployment.estimatedRemaining
        = fields::toDuration<std::chrono::seconds>(object.value("estimated_remaining_seconds"_L1));
    deployment.phaseSeconds = phasesFromJson(object.value("phase_durations"_L1).toObject());
    deployment.estimatedRange = rangeFromJson(object);
    deployment.cost = costFromJson(object.value("cost"_L1).toObject());
    deployment.demoModel = object.value("demo_model"_L1).toBool();
    deployment.firstJob = JobId(object.value("first_job_id"_L1).toString().toStdString());
    deployment.createdAt = fields::toTime(object.value("created_at"_L1)).value_or(TimePoint());
    deployment.readyAt = fields::toTime(object.value("ready_at"_L1));
    deployment.deletedAt = fields::toTime(object.value("deleted_at"_L1));
    deployment.deleteAt = fields::toTime(object.value("delete_at"_L1));
    deployment.pool = poolPolicyFromJson(object.value("pool"_L1).toObject());
    deployment.warm = object.value("warm"_L1)["now"_L1].toBool();
    deployment.warmNextChange = fields::toTime(object.value("warm"_L1)["next_change"_L1]);
    deployment.unconfirmed = fields::toStrings(object.value("unconfirmed"_L1));
    deployment.keyFromRequest = object.value("key_from_request"_L1).toBool();
    return deployment;
}

} // namespace visgate
