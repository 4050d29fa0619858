// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include "core/store/record_json.h"

#include <algorithm>
#include <chrono>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::microseconds;

namespace {

QJsonObject requestJson(const CreateRequest& request)
{
    return {{u"model_id"_s, request.modelId}, {u"model_name"_s, request.modelName},
        {u"provider_name"_s, request.providerName}, {u"target"_s, toString(request.target)},
        {u"task"_s, request.task ? QJsonValue(toString(*request.task)) : QJsonValue()},
        {u"revision"_s, request.revision}, {u"gpu_tier"_s, request.gpuTier},
        {u"first_input"_s, request.firstInput ? QJsonValue(inputJson(*request.firstInput)) : QJsonValue()},
        {u"limits"_s, limitsJson(request.limits)}, {u"practice_speed"_s, request.practiceSpeed},
        {u"force"_s, request.force}, {u"disk_gb"_s, request.diskGb}, {u"region"_s, request.region},
        {u"accepted_usd_per_hour"_s, numberOrNull(request.acceptedUsdPerHour)},
        {u"accepted_pools"_s, QJsonArray::fromStringList(request.acceptedPools)}};
}

CreateRequest requestFrom(const QJsonObject& object)
{
    CreateRequest request;
    request.modelId = object["model_id"_L1].toString();
    request.modelName = object["model_name"_L1].toString();
    request.providerName = object["provider_name"_L1].toString();
    request.target = accountIdFromString(object["target"_L1].toString()).value_or(AccountId::practice());
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
    request.acceptedUsdPerHour = optionalDouble(object["accepted_usd_per_hour"_L1]);
    request.acceptedPools = stringsFrom(object["accepted_pools"_L1].toArray());
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

QJsonObject rollBackJson(const RollBackRequest& desired)
{
    return {{u"version"_s, desired.version}, {u"from"_s, desired.from}};
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
        {u"counted_usd"_s, d.cost.countedUsd}, {u"demo_model"_s, d.demoModel},
        {u"first_job"_s, text(d.firstJob.value())}, {u"created_at"_s, toMicroseconds(d.createdAt)},
        {u"ready_at"_s, timeOrNull(d.readyAt)}, {u"deleted_at"_s, timeOrNull(d.deletedAt)},
        {u"delete_at"_s, timeOrNull(d.deleteAt)}, {u"pool"_s, poolJson(d.pool)},
        {u"key_from_request"_s, d.keyFromRequest}};
}

Deployment deploymentFrom(const QJsonObject& object)
{
    Deployment d;
    d.id = DeploymentId(object["id"_L1].toString().toStdString());
    d.status = deploymentStatusFromString(object["status"_L1].toString()).value_or(DeploymentStatus::Failed);
    d.path = object["path"_L1].toString();
    d.target = accountIdFromString(object["target"_L1].toString()).value_or(AccountId::practice());
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
    d.cost.countedUsd = object["counted_usd"_L1].toDouble();
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

QString toString(DesiredState desired)
{
    switch (desired) {
    case DesiredState::Run:
        return u"run"_s;
    case DesiredState::Pause:
        return u"pause"_s;
    case DesiredState::Delete:
        return u"delete"_s;
    }
    return {};
}

std::optional<DesiredState> desiredStateFromString(const QString& value)
{
    for (const DesiredState desired : {DesiredState::Run, DesiredState::Pause, DesiredState::Delete}) {
        if (toString(desired) == value)
            return desired;
    }
    return std::nullopt;
}

QJsonObject toRow(const DeploymentRecord& record)
{
    return {{u"deployment"_s, deploymentJson(record.deployment)}, {u"wish"_s, toString(record.desired)},
        {u"request"_s, requestJson(record.request)}, {u"callback_secret_hash"_s, record.callbackSecretHash},
        {u"status_since"_s, toMicroseconds(record.statusSince)}, {u"disk_gb"_s, record.diskGb},
        {u"download_bytes"_s, record.downloadBytes}, {u"plan_stock"_s, static_cast<int>(record.planStock)},
        {u"gated"_s, record.gated}, {u"gpu_excluded"_s, QJsonArray::fromStringList(record.gpuExcluded)},
        {u"warm_up_job"_s, text(record.warmUpJob.value())},
        {u"unread_logs"_s, QJsonArray::fromStringList(record.unreadLogs)},
        {u"usd_per_hour_ceiling"_s, record.usdPerHourCeiling}, {u"gpu_usd_per_hour"_s, record.gpuUsdPerHour},
        {u"contain_when_failed"_s, record.containWhenFailed}, {u"endpoint_shared"_s, record.endpointShared},
        {u"endpoint_facts"_s, factsJson(record.endpointFacts)},
        {u"data_centers"_s, QJsonArray::fromStringList(record.dataCenters)},
        {u"volumes"_s, QJsonArray::fromStringList(record.volumes)}, {u"anywhere"_s, record.anywhere},
        {u"refused_pools"_s, QJsonArray::fromStringList(record.refusedPools)}, {u"may_cost_more"_s, record.mayCostMore},
        {u"new_limits"_s, record.newLimits ? QJsonValue(limitsJson(*record.newLimits)) : QJsonValue()},
        {u"endpoint_foreign"_s, record.endpointForeign}, {u"warm_idle"_s, static_cast<qint64>(record.warmIdle.count())},
        {u"warm_confirmed"_s, record.warmConfirmed}, {u"always_on_applied"_s, record.alwaysOnSent},
        {u"always_on_confirmed"_s, record.alwaysOnConfirmed}, {u"accepted_usd_per_month"_s, record.acceptedUsdPerMonth},
        {u"wakes_parked"_s, record.wakesParked},
        {u"roll_back"_s, record.rollBack ? QJsonValue(rollBackJson(*record.rollBack)) : QJsonValue()},
        {u"waking"_s, text(record.waking.value())}, {u"distinct"_s, record.distinct},
        {u"hold_job"_s, text(record.holdJob.value())}, {u"hold_jobs"_s, record.holdJobs}};
}

DeploymentRecord deploymentRecordFromRow(const QJsonObject& object)
{
    DeploymentRecord record;
    record.deployment = deploymentFrom(object["deployment"_L1].toObject());
    record.desired = desiredStateFromString(object["wish"_L1].toString()).value_or(DesiredState::Run);
    record.request = requestFrom(object["request"_L1].toObject());
    record.deployment.gpuTier = record.request.gpuTier;
    record.callbackSecretHash = object["callback_secret_hash"_L1].toString();
    record.statusSince = fromMicroseconds(object["status_since"_L1].toInteger());
    record.diskGb = object["disk_gb"_L1].toInt(record.diskGb);
    record.downloadBytes = object["download_bytes"_L1].toInteger();
    record.planStock = static_cast<Stock>(std::clamp(
        object["plan_stock"_L1].toInt(static_cast<int>(Stock::Unknown)), 0, static_cast<int>(Stock::Unknown)));
    record.usdPerHourCeiling = object["usd_per_hour_ceiling"_L1].toDouble();
    record.gpuUsdPerHour = object["gpu_usd_per_hour"_L1].toDouble();
    record.gated = object["gated"_L1].toBool();
    record.gpuExcluded = stringsFrom(object["gpu_excluded"_L1].toArray());
    record.unreadLogs = stringsFrom(object["unread_logs"_L1].toArray());
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
    record.warmConfirmed = object["warm_confirmed"_L1].toBool();
    record.alwaysOnSent = object["always_on_applied"_L1].toBool();
    record.alwaysOnConfirmed = object["always_on_confirmed"_L1].toBool();
    record.wakesParked = object["wakes_parked"_L1].toBool();
    if (const QJsonValue desired = object["roll_back"_L1]; desired.isObject())
        record.rollBack = RollBackRequest{desired["version"_L1].toInt(), desired["from"_L1].toInt()};
    record.waking = EndpointId(object["waking"_L1].toString().toStdString());
    record.distinct = object["distinct"_L1].toBool();
    record.acceptedUsdPerMonth = object["accepted_usd_per_month"_L1].toDouble();
    record.holdJob = ProviderJobId(object["hold_job"_L1].toString().toStdString());
    record.holdJobs = object["hold_jobs"_L1].toInt();
    return record;
}

} // namespace visgate
