// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::microseconds;

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QJsonValue timeOrNull(const std::optional<TimePoint>& time)
{
    return time ? QJsonValue(toMicroseconds(*time)) : QJsonValue();
}

std::optional<TimePoint> optionalTime(const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        return std::nullopt;
    return fromMicroseconds(value.toInteger());
}

template <typename T> QJsonValue numberOrNull(const std::optional<T>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

std::optional<int> optionalInt(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

std::optional<double> optionalDouble(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

template <typename Duration> QJsonValue countOrNull(const std::optional<Duration>& value)
{
    return value ? QJsonValue(static_cast<qint64>(value->count())) : QJsonValue();
}

template <typename Duration> std::optional<Duration> optionalDuration(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(Duration(value.toInteger())) : std::nullopt;
}

QJsonObject errorJson(const Error& error)
{
    QJsonArray arguments;
    for (const std::string& argument : error.arguments)
        arguments.append(text(argument));
    const std::string_view code = toString(error.code);
    return {{u"code"_s, QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()))},
        {u"detail"_s, text(error.detail)}, {u"status"_s, error.providerStatus},
        {u"request_id"_s, text(error.requestId)}, {u"arguments"_s, arguments}};
}

std::optional<Error> optionalError(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    Error error;
    error.code = errorCodeFromString(object["code"_L1].toString().toStdString());
    error.detail = object["detail"_L1].toString().toStdString();
    error.providerStatus = object["status"_L1].toInt();
    error.requestId = object["request_id"_L1].toString().toStdString();
    for (const QJsonValue& argument : object["arguments"_L1].toArray())
        error.arguments.push_back(argument.toString().toStdString());
    return error;
}

QJsonObject limitsJson(const EndpointLimits& limits)
{
    return {{u"idle"_s, static_cast<qint64>(limits.idleTimeout.count())},
        {u"execution"_s, static_cast<qint64>(limits.executionTimeout.count())},
        {u"init"_s, static_cast<qint64>(limits.initTimeout.count())},
        {u"worker_idle"_s, static_cast<qint64>(limits.workerIdleTimeout.count())},
        {u"failures"_s, limits.failureThreshold}, {u"min"_s, limits.workersMin}, {u"max"_s, limits.workersMax}};
}

EndpointLimits limitsFrom(const QJsonObject& object)
{
    EndpointLimits limits;
    limits.idleTimeout = std::chrono::seconds(object["idle"_L1].toInteger(limits.idleTimeout.count()));
    limits.executionTimeout = std::chrono::seconds(object["execution"_L1].toInteger(limits.executionTimeout.count()));
    limits.initTimeout = std::chrono::seconds(object["init"_L1].toInteger(limits.initTimeout.count()));
    limits.workerIdleTimeout
        = std::chrono::seconds(object["worker_idle"_L1].toInteger(limits.workerIdleTimeout.count()));
    limits.failureThreshold = object["failures"_L1].toInt(limits.failureThreshold);
    limits.workersMin = object["min"_L1].toInt(limits.workersMin);
    limits.workersMax = object["max"_L1].toInt(limits.workersMax);
    return limits;
}

QJsonObject inputJson(const JobInput& input)
{
    return {{u"prompt"_s, input.prompt}, {u"negative_prompt"_s, input.negativePrompt},
        {u"width"_s, numberOrNull(input.width)}, {u"height"_s, numberOrNull(input.height)},
        {u"steps"_s, numberOrNull(input.steps)}, {u"guidance"_s, numberOrNull(input.guidance)},
        {u"seed"_s, numberOrNull(input.seed)}, {u"count"_s, input.count}};
}

JobInput inputFrom(const QJsonObject& object)
{
    JobInput input;
    input.prompt = object["prompt"_L1].toString();
    input.negativePrompt = object["negative_prompt"_L1].toString();
    input.width = optionalInt(object["width"_L1]);
    input.height = optionalInt(object["height"_L1]);
    input.steps = optionalInt(object["steps"_L1]);
    input.guidance = optionalDouble(object["guidance"_L1]);
    if (object["seed"_L1].isDouble())
        input.seed = object["seed"_L1].toInteger();
    input.count = object["count"_L1].toInt(1);
    return input;
}

QJsonObject requestJson(const CreateRequest& request)
{
    return {{u"model_id"_s, request.modelId}, {u"model_name"_s, request.modelName},
        {u"provider_name"_s, request.providerName}, {u"target"_s, toString(request.target)},
        {u"task"_s, request.task ? QJsonValue(toString(*request.task)) : QJsonValue()},
        {u"revision"_s, request.revision}, {u"gpu_tier"_s, request.gpuTier},
        {u"first_input"_s, request.firstInput ? QJsonValue(inputJson(*request.firstInput)) : QJsonValue()},
        {u"limits"_s, limitsJson(request.limits)}, {u"practice_speed"_s, request.practiceSpeed},
        {u"force"_s, request.force}, {u"disk_gb"_s, request.diskGb}, {u"region"_s, request.region}};
}

CreateRequest requestFrom(const QJsonObject& object)
{
    CreateRequest request;
    request.modelId = object["model_id"_L1].toString();
    request.modelName = object["model_name"_L1].toString();
    request.providerName = object["provider_name"_L1].toString();
    request.target = targetFromString(object["target"_L1].toString()).value_or(Target::Practice);
    request.task = generationTaskFromString(object["task"_L1].toString());
    request.revision = object["revision"_L1].toString();
    request.gpuTier = object["gpu_tier"_L1].toString();
    if (object["first_input"_L1].isObject())
        request.firstInput = inputFrom(object["first_input"_L1].toObject());
    request.limits = limitsFrom(object["limits"_L1].toObject());
    request.practiceSpeed = object["practice_speed"_L1].toDouble();
    request.force = object["force"_L1].toBool();
    request.diskGb = object["disk_gb"_L1].toInt();
    request.region = object["region"_L1].toString();
    return request;
}

QJsonObject workersJson(const WorkerCounts& counts)
{
    return {{u"min"_s, counts.min}, {u"max"_s, counts.max}, {u"running"_s, counts.running}, {u"idle"_s, counts.idle},
        {u"initializing"_s, counts.initializing}, {u"throttled"_s, counts.throttled},
        {u"unhealthy"_s, counts.unhealthy}};
}

WorkerCounts workersFrom(const QJsonObject& object)
{
    WorkerCounts counts;
    counts.min = object["min"_L1].toInt();
    counts.max = object["max"_L1].toInt();
    counts.running = object["running"_L1].toInt();
    counts.idle = object["idle"_L1].toInt();
    counts.initializing = object["initializing"_L1].toInt();
    counts.throttled = object["throttled"_L1].toInt();
    counts.unhealthy = object["unhealthy"_L1].toInt();
    return counts;
}

QStringList stringsFrom(const QJsonArray& array)
{
    QStringList list;
    for (const QJsonValue& value : array)
        list.append(value.toString());
    return list;
}

QJsonObject questionJson(const DeploymentQuestion& question)
{
    return {{u"pools"_s, QJsonArray::fromStringList(question.pools)},
        {u"gpus"_s, QJsonArray::fromStringList(question.gpuNames)}, {u"usd_per_hour"_s, question.usdPerHour},
        {u"usd_per_hour_more"_s, question.usdPerHourMore}, {u"asked_at"_s, toMicroseconds(question.askedAt)}};
}

DeploymentQuestion questionFrom(const QJsonObject& object)
{
    return {stringsFrom(object["pools"_L1].toArray()), stringsFrom(object["gpus"_L1].toArray()),
        object["usd_per_hour"_L1].toDouble(), object["usd_per_hour_more"_L1].toDouble(),
        fromMicroseconds(object["asked_at"_L1].toInteger())};
}

QJsonArray changesJson(const QList<EndpointChange>& changes)
{
    QJsonArray array;
    for (const EndpointChange& change : changes)
        array.append(QJsonObject{{u"field"_s, change.field}, {u"before"_s, change.before}, {u"after"_s, change.after},
            {u"at"_s, toMicroseconds(change.at)}});
    return array;
}

QList<EndpointChange> changesFrom(const QJsonArray& array)
{
    QList<EndpointChange> changes;
    for (const QJsonValue& value : array)
        changes.append({value["field"_L1].toString(), value["before"_L1].toString(), value["after"_L1].toString(),
            fromMicroseconds(value["at"_L1].toInteger())});
    return changes;
}

QJsonObject factsJson(const EndpointFacts& facts)
{
    QJsonObject object;
    for (auto fact = facts.cbegin(); fact != facts.cend(); ++fact)
        object[fact.key()] = fact.value();
    return object;
}

EndpointFacts factsFrom(const QJsonObject& object)
{
    EndpointFacts facts;
    for (auto fact = object.begin(); fact != object.end(); ++fact)
        facts[fact.key()] = fact.value().toString();
    return facts;
}

QJsonObject poolJson(const PoolPolicy& pool)
{
    QJsonArray windows;
    for (const WarmWindow& window : pool.windows)
        windows.append(toText(window));
    return {{u"mode"_s, toString(pool.mode)}, {u"windows"_s, windows}, {u"zone"_s, pool.zone},
        {u"keep_until"_s, timeOrNull(pool.keepUntil)}};
}

PoolPolicy poolFrom(const QJsonObject& object)
{
    PoolPolicy pool;
    pool.mode = poolModeFromString(object["mode"_L1].toString()).value_or(PoolMode::OnDemand);
    for (const QJsonValue& value : object["windows"_L1].toArray()) {
        if (const auto parsed = windowFromText(value.toString()))
            pool.windows.append(parsed->window);
    }
    pool.zone = object["zone"_L1].toString();
    pool.keepUntil = optionalTime(object["keep_until"_L1]);
    return pool;
}

QJsonObject deploymentJson(const Deployment& d)
{
    QJsonObject phases;
    for (auto phase = d.phaseSeconds.cbegin(); phase != d.phaseSeconds.cend(); ++phase)
        phases[phase.key()] = phase.value();
    return {{u"id"_s, text(d.id.value())}, {u"status"_s, toString(d.status)}, {u"path"_s, d.path},
        {u"target"_s, toString(d.target)}, {u"model_id"_s, d.modelId}, {u"revision"_s, d.revision},
        {u"task"_s, toString(d.task)}, {u"endpoint_id"_s, text(d.endpointId.value())},
        {u"endpoint_name"_s, d.endpointName}, {u"endpoint_url"_s, d.endpointUrl}, {u"user_hash"_s, d.userHash},
        {u"gpu_planned"_s, QJsonArray::fromStringList(d.gpuPlanned)}, {u"gpu_allocated"_s, d.gpuAllocated},
        {u"region"_s, d.region}, {u"region_reason"_s, d.regionReason},
        {u"loaded_from_cache"_s, d.loadedFromCache ? QJsonValue(*d.loadedFromCache) : QJsonValue()},
        {u"question"_s, d.question ? QJsonValue(questionJson(*d.question)) : QJsonValue()},
        {u"model_vram_gb"_s, d.modelVramGb}, {u"workers"_s, workersJson(d.workers)},
        {u"workers_seen_at"_s, timeOrNull(d.workersSeenAt)}, {u"changed_elsewhere"_s, changesJson(d.changedElsewhere)},
        {u"limits"_s, limitsJson(d.limits)}, {u"error"_s, d.error ? QJsonValue(errorJson(*d.error)) : QJsonValue()},
        {u"waiting_for"_s, d.waitingFor}, {u"phases"_s, phases}, {u"estimated_usd"_s, d.cost.estimatedUsd},
        {u"billed_usd"_s, numberOrNull(d.cost.billedUsd)}, {u"usd_per_hour_now"_s, d.cost.usdPerHourNow},
        {u"demo_model"_s, d.demoModel}, {u"first_job"_s, text(d.firstJob.value())},
        {u"created_at"_s, toMicroseconds(d.createdAt)}, {u"ready_at"_s, timeOrNull(d.readyAt)},
        {u"deleted_at"_s, timeOrNull(d.deletedAt)}, {u"delete_at"_s, timeOrNull(d.deleteAt)},
        {u"pool"_s, poolJson(d.pool)}, {u"key_from_request"_s, d.keyFromRequest}};
}

Deployment deploymentFrom(const QJsonObject& object)
{
    Deployment d;
    d.id = DeploymentId(object["id"_L1].toString().toStdString());
    d.status = deploymentStatusFromString(object["status"_L1].toString()).value_or(DeploymentStatus::Failed);
    d.path = object["path"_L1].toString();
    d.target = targetFromString(object["target"_L1].toString()).value_or(Target::Practice);
    d.modelId = object["model_id"_L1].toString();
    d.revision = object["revision"_L1].toString();
    d.task = generationTaskFromString(object["task"_L1].toString()).value_or(GenerationTask::TextToImage);
    d.endpointId = EndpointId(object["endpoint_id"_L1].toString().toStdString());
    d.endpointName = object["endpoint_name"_L1].toString();
    d.endpointUrl = object["endpoint_url"_L1].toString();
    d.userHash = object["user_hash"_L1].toString();
    d.gpuPlanned = stringsFrom(object["gpu_planned"_L1].toArray());
    d.gpuAllocated = object["gpu_allocated"_L1].toString();
    d.region = object["region"_L1].toString();
    d.regionReason = object["region_reason"_L1].toString();
    if (object["loaded_from_cache"_L1].isBool())
        d.loadedFromCache = object["loaded_from_cache"_L1].toBool();
    if (object["question"_L1].isObject())
        d.question = questionFrom(object["question"_L1].toObject());
    d.modelVramGb = object["model_vram_gb"_L1].toDouble();
    d.workers = workersFrom(object["workers"_L1].toObject());
    d.workersSeenAt = optionalTime(object["workers_seen_at"_L1]);
    d.changedElsewhere = changesFrom(object["changed_elsewhere"_L1].toArray());
    d.limits = limitsFrom(object["limits"_L1].toObject());
    d.error = optionalError(object["error"_L1]);
    d.waitingFor = object["waiting_for"_L1].toString();
    const QJsonObject phases = object["phases"_L1].toObject();
    for (auto phase = phases.begin(); phase != phases.end(); ++phase)
        d.phaseSeconds[phase.key()] = phase.value().toDouble();
    d.cost.estimatedUsd = object["estimated_usd"_L1].toDouble();
    d.cost.billedUsd = optionalDouble(object["billed_usd"_L1]);
    d.cost.usdPerHourNow = object["usd_per_hour_now"_L1].toDouble();
    d.demoModel = object["demo_model"_L1].toBool();
    d.firstJob = JobId(object["first_job"_L1].toString().toStdString());
    d.createdAt = fromMicroseconds(object["created_at"_L1].toInteger());
    d.readyAt = optionalTime(object["ready_at"_L1]);
    d.deletedAt = optionalTime(object["deleted_at"_L1]);
    d.deleteAt = optionalTime(object["delete_at"_L1]);
    d.pool = poolFrom(object["pool"_L1].toObject());
    d.keyFromRequest = object["key_from_request"_L1].toBool();
    return d;
}

} // namespace

qint64 toMicroseconds(TimePoint time)
{
    return std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count();
}

TimePoint fromMicroseconds(qint64 value)
{
    return TimePoint(std::chrono::duration_cast<TimePoint::duration>(microseconds(value)));
}

QString toString(Wish wish)
{
    switch (wish) {
    case Wish::Run:
        return u"run"_s;
    case Wish::Pause:
        return u"pause"_s;
    case Wish::Delete:
        return u"delete"_s;
    }
    return {};
}

std::optional<Wish> wishFromString(const QString& value)
{
    for (const Wish wish : {Wish::Run, Wish::Pause, Wish::Delete}) {
        if (toString(wish) == value)
            return wish;
    }
    return std::nullopt;
}

QJsonObject toRow(const DeploymentRecord& record)
{
    return {{u"deployment"_s, deploymentJson(record.deployment)}, {u"wish"_s, toString(record.wish)},
        {u"request"_s, requestJson(record.request)}, {u"callback_secret_hash"_s, record.callbackSecretHash},
        {u"status_since"_s, toMicroseconds(record.statusSince)}, {u"disk_gb"_s, record.diskGb},
        {u"download_bytes"_s, record.downloadBytes}, {u"plan_stock"_s, static_cast<int>(record.planStock)},
        {u"gated"_s, record.gated}, {u"gpu_excluded"_s, QJsonArray::fromStringList(record.gpuExcluded)},
        {u"warm_up_job"_s, text(record.warmUpJob.value())}, {u"usd_per_hour_ceiling"_s, record.usdPerHourCeiling},
        {u"contain_when_failed"_s, record.containWhenFailed}, {u"endpoint_shared"_s, record.endpointShared},
        {u"endpoint_facts"_s, factsJson(record.endpointFacts)},
        {u"data_centers"_s, QJsonArray::fromStringList(record.dataCenters)},
        {u"volumes"_s, QJsonArray::fromStringList(record.volumes)}, {u"anywhere"_s, record.anywhere},
        {u"refused_pools"_s, QJsonArray::fromStringList(record.refusedPools)}, {u"may_cost_more"_s, record.mayCostMore},
        {u"new_limits"_s, record.newLimits ? QJsonValue(limitsJson(*record.newLimits)) : QJsonValue()},
        {u"endpoint_foreign"_s, record.endpointForeign}, {u"warm_idle"_s, static_cast<qint64>(record.warmIdle.count())},
        {u"always_on_applied"_s, record.alwaysOnApplied}, {u"accepted_usd_per_month"_s, record.acceptedUsdPerMonth},
        {u"hold_job"_s, text(record.holdJob.value())}, {u"hold_jobs"_s, record.holdJobs}};
}

DeploymentRecord deploymentRecordFromRow(const QJsonObject& object)
{
    DeploymentRecord record;
    record.deployment = deploymentFrom(object["deployment"_L1].toObject());
    record.wish = wishFromString(object["wish"_L1].toString()).value_or(Wish::Run);
    record.request = requestFrom(object["request"_L1].toObject());
    record.deployment.gpuTier = record.request.gpuTier;
    record.callbackSecretHash = object["callback_secret_hash"_L1].toString();
    record.statusSince = fromMicroseconds(object["status_since"_L1].toInteger());
    record.diskGb = object["disk_gb"_L1].toInt(record.diskGb);
    record.downloadBytes = object["download_bytes"_L1].toInteger();
    record.planStock = static_cast<Stock>(std::clamp(
        object["plan_stock"_L1].toInt(static_cast<int>(Stock::Unknown)), 0, static_cast<int>(Stock::Unknown)));
    record.usdPerHourCeiling = object["usd_per_hour_ceiling"_L1].toDouble();
    record.gated = object["gated"_L1].toBool();
    record.gpuExcluded = stringsFrom(object["gpu_excluded"_L1].toArray());
    record.warmUpJob = ProviderJobId(object["warm_up_job"_L1].toString().toStdString());
    record.containWhenFailed = object["contain_when_failed"_L1].toBool();
    record.endpointShared = object["endpoint_shared"_L1].toBool();
    record.dataCenters = stringsFrom(object["data_centers"_L1].toArray());
    record.volumes = stringsFrom(object["volumes"_L1].toArray());
    record.anywhere = object["anywhere"_L1].toBool();
    record.refusedPools = stringsFrom(object["refused_pools"_L1].toArray());
    record.mayCostMore = object["may_cost_more"_L1].toBool();
    record.endpointFacts = factsFrom(object["endpoint_facts"_L1].toObject());
    if (object["new_limits"_L1].isObject())
        record.newLimits = limitsFrom(object["new_limits"_L1].toObject());
    record.endpointForeign = object["endpoint_foreign"_L1].toBool();
    record.warmIdle = std::chrono::seconds(object["warm_idle"_L1].toInteger());
    record.alwaysOnApplied = object["always_on_applied"_L1].toBool();
    record.acceptedUsdPerMonth = object["accepted_usd_per_month"_L1].toDouble();
    record.holdJob = ProviderJobId(object["hold_job"_L1].toString().toStdString());
    record.holdJobs = object["hold_jobs"_L1].toInt();
    return record;
}

QJsonObject toRow(const Artifact& artifact)
{
    return {{u"file_path"_s, artifact.filePath}, {u"content_type"_s, artifact.contentType},
        {u"bytes"_s, artifact.bytes}, {u"sha256"_s, artifact.sha256}, {u"width"_s, artifact.width},
        {u"height"_s, artifact.height}, {u"seed"_s, artifact.seed}, {u"label"_s, artifact.label},
        {u"unknown_words"_s, QJsonArray::fromStringList(artifact.unknownWords)}};
}

Artifact artifactFromRow(const QJsonObject& object)
{
    Artifact artifact;
    artifact.filePath = object["file_path"_L1].toString();
    artifact.contentType = object["content_type"_L1].toString();
    artifact.bytes = object["bytes"_L1].toInteger();
    artifact.sha256 = object["sha256"_L1].toString();
    artifact.width = object["width"_L1].toInt();
    artifact.height = object["height"_L1].toInt();
    artifact.seed = object["seed"_L1].toInteger();
    artifact.label = object["label"_L1].toString();
    artifact.unknownWords = stringsFrom(object["unknown_words"_L1].toArray());
    return artifact;
}

QJsonObject toRow(const Job& job)
{
    return {{u"id"_s, text(job.id.value())}, {u"deployment"_s, text(job.deployment.value())},
        {u"provider_job"_s, text(job.providerJob.value())}, {u"status"_s, toString(job.status)},
        {u"input"_s, inputJson(job.input)}, {u"progress"_s, job.progress}, {u"step"_s, job.step},
        {u"step_count"_s, job.stepCount}, {u"error"_s, job.error ? QJsonValue(errorJson(*job.error)) : QJsonValue()},
        {u"gpu"_s, job.gpu}, {u"worker"_s, job.workerId}, {u"queued_ms"_s, countOrNull(job.queued)},
        {u"ran_ms"_s, countOrNull(job.ran)}, {u"cost_usd"_s, numberOrNull(job.costUsd)},
        {u"created_at"_s, toMicroseconds(job.createdAt)}, {u"finished_at"_s, timeOrNull(job.finishedAt)}};
}

Job jobFromRow(const QJsonObject& object)
{
    Job job;
    job.id = JobId(object["id"_L1].toString().toStdString());
    job.deployment = DeploymentId(object["deployment"_L1].toString().toStdString());
    job.providerJob = ProviderJobId(object["provider_job"_L1].toString().toStdString());
    job.status = jobStatusFromString(object["status"_L1].toString());
    job.input = inputFrom(object["input"_L1].toObject());
    job.progress = object["progress"_L1].toDouble();
    job.step = object["step"_L1].toInt();
    job.stepCount = object["step_count"_L1].toInt();
    job.error = optionalError(object["error"_L1]);
    job.gpu = object["gpu"_L1].toString();
    job.workerId = object["worker"_L1].toString();
    job.queued = optionalDuration<std::chrono::milliseconds>(object["queued_ms"_L1]);
    job.ran = optionalDuration<std::chrono::milliseconds>(object["ran_ms"_L1]);
    job.costUsd = optionalDouble(object["cost_usd"_L1]);
    job.createdAt = fromMicroseconds(object["created_at"_L1].toInteger());
    job.finishedAt = optionalTime(object["finished_at"_L1]);
    return job;
}

} // namespace visgate
