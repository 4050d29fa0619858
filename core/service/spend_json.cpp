// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/spend_json.h"

#include "core/service/error_json.h"
#include "core/service/json_fields.h"

#include <QJsonArray>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr fields::Names<StartBilling, 3> kReadings{
    {{StartBilling::Unknown, "unknown"}, {StartBilling::Billed, "billed"}, {StartBilling::Free, "free"}}};

tl::unexpected<Error> broken(const char* what)
{
    return fail(ErrorCode::UnexpectedReply, what);
}

QJsonObject toJson(const CostShare& share)
{
    return {{u"cause"_s, toString(share.cause)}, {u"seconds"_s, share.seconds}, {u"usd"_s, share.usd}};
}

QJsonObject toJson(const DeploymentSpend& spend)
{
    return {{u"deployment_id"_s, fields::text(spend.deployment.value())}, {u"model_id"_s, spend.modelId},
        {u"estimated_usd"_s, spend.estimatedUsd}, {u"billed_usd"_s, fields::orNull(spend.billedUsd)},
        {u"usd"_s, spend.countedUsd}};
}

QJsonObject toJson(const MonthForecast& forecast)
{
    return {{u"pictures_per_day"_s, forecast.picturesPerDay}, {u"usd_per_picture"_s, forecast.usdPerPicture},
        {u"standing_usd"_s, forecast.standingUsd}, {u"usd"_s, forecast.totalUsd},
        {u"from_history"_s, forecast.fromHistory}};
}

QJsonValue volumesOf(const SpendReport& report)
{
    if (!report.volumes)
        return QJsonValue::Null;
    return QJsonObject{{u"count"_s, report.volumes->volumes}, {u"unused"_s, report.volumes->unused},
        {u"monthly_usd"_s, report.volumes->monthlyUsd}};
}

template <typename T> QJsonArray arrayOf(const QList<T>& values)
{
    QJsonArray array;
    for (const T& value : values)
        array.append(toJson(value));
    return array;
}

Result<Target> targetOf(const QJsonObject& object)
{
    const auto target = targetFromString(object.value("target"_L1).toString());
    if (!target)
        return broken("target");
    return *target;
}

DeploymentId idOf(const QJsonObject& object)
{
    return DeploymentId(object.value("deployment_id"_L1).toString().toStdString());
}

} // namespace

QJsonObject toJson(const SpendLimit& limit)
{
    return {{u"scope"_s, toString(limit.scope)}, {u"deployment_id"_s, fields::text(limit.deployment.value())},
        {u"tell_at_usd"_s, fields::orNull(limit.tellAtUsd)}, {u"stop_at_usd"_s, fields::orNull(limit.stopAtUsd)}};
}

Result<SpendLimit> spendLimitFromJson(const QJsonObject& object)
{
    const auto scope = limitScopeFromString(object.value("scope"_L1).toString());
    if (!scope)
        return broken("scope");
    return SpendLimit{*scope, idOf(object), fields::toDouble(object.value("tell_at_usd"_L1)),
        fields::toDouble(object.value("stop_at_usd"_L1))};
}

QJsonObject toJson(const LimitState& state)
{
    QJsonObject object = toJson(state.limit);
    object.insert(u"target"_s, toString(state.target));
    object.insert(u"spent_usd"_s, state.spentUsd);
    object.insert(u"level"_s, toString(state.level));
    return object;
}

Result<LimitState> limitStateFromJson(const QJsonObject& object)
{
    const auto limit = spendLimitFromJson(object);
    if (!limit)
        return fail(limit.error());
    const auto target = targetOf(object);
    const auto level = limitLevelFromString(object.value("level"_L1).toString());
    if (!target || !level)
        return broken("target or level");
    return LimitState{*limit, *target, object.value("spent_usd"_L1).toDouble(), *level};
}

QJsonObject toJson(const SpendReport& report)
{
    const SpendSummary& summary = report.summary;
    return {{u"target"_s, toString(summary.target)}, {u"from"_s, fields::time(summary.from)},
        {u"to"_s, fields::time(summary.to)}, {u"usd"_s, summary.countedUsd}, {u"estimated_usd"_s, summary.estimatedUsd},
        {u"billed_usd"_s, fields::orNull(summary.billedUsd)}, {u"settled_usd"_s, summary.settledUsd},
        {u"correction_usd"_s, summary.correctionUsd}, {u"usd_per_hour"_s, summary.usdPerHourNow},
        {u"usd_per_hour_elsewhere"_s, summary.usdPerHourElsewhere},
        {u"start_billing"_s, fields::nameOf(kReadings, summary.startBilling)}, {u"causes"_s, arrayOf(summary.causes)},
        {u"deployments"_s, arrayOf(summary.deployments)}, {u"pictures"_s, summary.pictures},
        {u"month"_s, toJson(report.forecast)}, {u"volumes"_s, volumesOf(report)}};
}

Result<SpendReport> spendReportFromJson(const QJsonObject& object)
{
    const auto target = targetOf(object);
    const auto from = fields::toTime(object.value("from"_L1));
    const auto to = fields::toTime(object.value("to"_L1));
    if (!target || !from || !to)
        return broken("target, from or to");
    SpendReport report;
    SpendSummary& summary = report.summary;
    summary.target = *target;
    summary.from = *from;
    summary.to = *to;
    summary.countedUsd = object.value("usd"_L1).toDouble();
    summary.estimatedUsd = object.value("estimated_usd"_L1).toDouble();
    summary.billedUsd = fields::toDouble(object.value("billed_usd"_L1));
    summary.settledUsd = object.value("settled_usd"_L1).toDouble();
    summary.correctionUsd = object.value("correction_usd"_L1).toDouble();
    summary.usdPerHourNow = object.value("usd_per_hour"_L1).toDouble();
    summary.usdPerHourElsewhere = object.value("usd_per_hour_elsewhere"_L1).toDouble();
    summary.startBilling
        = fields::valueOf(kReadings, object.value("start_billing"_L1).toString()).value_or(StartBilling::Unknown);
    summary.pictures = object.value("pictures"_L1).toInt();
    const QJsonArray causes = object.value("causes"_L1).toArray();
    for (const QJsonValue& entry : causes) {
        if (const auto cause = costCauseFromString(entry["cause"_L1].toString()))
            summary.causes.append({*cause, entry["seconds"_L1].toDouble(), entry["usd"_L1].toDouble()});
    }
    const QJsonArray deployments = object.value("deployments"_L1).toArray();
    for (const QJsonValue& entry : deployments)
        summary.deployments.append(
            {idOf(entry.toObject()), entry["model_id"_L1].toString(), entry["estimated_usd"_L1].toDouble(),
                fields::toDouble(entry["billed_usd"_L1]), entry["usd"_L1].toDouble()});
    const QJsonObject month = object.value("month"_L1).toObject();
    report.forecast = {month.value("pictures_per_day"_L1).toDouble(), month.value("usd_per_picture"_L1).toDouble(),
        month.value("standing_usd"_L1).toDouble(), month.value("usd"_L1).toDouble(),
        month.value("from_history"_L1).toBool()};
    if (const QJsonValue volumes = object.value("volumes"_L1); volumes.isObject())
        report.volumes = VolumeSpend{
            volumes["count"_L1].toInt(), volumes["unused"_L1].toInt(), volumes["monthly_usd"_L1].toDouble()};
    return report;
}

QJsonObject toJson(const StopReport& report)
{
    QJsonArray endpoints;
    for (const StopReport::Endpoint& endpoint : report.endpoints)
        endpoints.append(
            QJsonObject{{u"target"_s, toString(endpoint.target)}, {u"endpoint_id"_s, fields::text(endpoint.id.value())},
                {u"name"_s, endpoint.name}, {u"workers_left"_s, endpoint.workersLeft}, {u"stopped"_s, endpoint.stopped},
                {u"owner"_s, toString(endpoint.owner)}});
    QJsonArray queuedFor;
    QJsonArray unreachable;
    for (const StopReport::Unreached& account : report.unreachable) {
        if (const QString target = toString(account.target); account.isQueued && !queuedFor.contains(target))
            queuedFor.append(target);
        unreachable.append(
            QJsonObject{{u"target"_s, toString(account.target)}, {u"request_key"_s, account.ofRequestKey},
                {u"queued"_s, account.isQueued}, {u"error"_s, toJson(account.why)}});
    }
    return {{u"asked_at"_s, fields::time(report.askedAt)}, {u"done"_s, report.isDone()}, {u"endpoints"_s, endpoints},
        {u"queued_for"_s, queuedFor}, {u"unreachable"_s, unreachable}};
}

Result<StopReport> stopReportFromJson(const QJsonObject& object)
{
    const auto askedAt = fields::toTime(object.value("asked_at"_L1));
    if (!askedAt)
        return broken("asked_at");
    StopReport report;
    report.askedAt = *askedAt;
    const QJsonArray endpoints = object.value("endpoints"_L1).toArray();
    for (const QJsonValue& entry : endpoints) {
        const auto target = targetFromString(entry["target"_L1].toString());
        if (!target)
            return broken("target");
        report.endpoints.append({*target, EndpointId(entry["endpoint_id"_L1].toString().toStdString()),
            entry["name"_L1].toString(), entry["workers_left"_L1].toInt(), entry["stopped"_L1].toBool(),
            endpointOwnerFromString(entry["owner"_L1].toString()).value_or(EndpointOwner::Ours)});
    }
    const QJsonArray unreachable = object.value("unreachable"_L1).toArray();
    for (const QJsonValue& entry : unreachable) {
        const auto target = targetFromString(entry["target"_L1].toString());
        if (!target)
            return broken("unreachable");
        report.unreachable.append({*target, entry["request_key"_L1].toBool(),
            errorFromJson(entry["error"_L1].toObject()), entry["queued"_L1].toBool(true)});
    }
    return report;
}

} // namespace visgate
