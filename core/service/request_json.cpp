// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_catalog.h"
#include "core/service/domain_json.h"
#include "core/service/error_json.h"
#include "core/service/json_fields.h"
#include "core/service/lifecycle_json.h"

#include <QCoreApplication>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr fields::Names<Stock, 5> kStock{{{Stock::None, "none"}, {Stock::Low, "low"}, {Stock::Medium, "medium"},
    {Stock::High, "high"}, {Stock::Unknown, "unknown"}}};
constexpr fields::Names<PreflightLevel, 3> kLevels{
    {{PreflightLevel::Ok, "ok"}, {PreflightLevel::Warning, "warning"}, {PreflightLevel::Blocked, "blocked"}}};
constexpr fields::Names<KeyKind, 2> kKeys{{{KeyKind::Runpod, "runpod"}, {KeyKind::HuggingFace, "hf"}}};

QJsonObject toJson(const GpuPlanEntry& entry)
{
    return {{u"pool"_s, entry.pool}, {u"gpus"_s, QJsonArray::fromStringList(entry.gpuNames)},
        {u"excluded_gpu_type_ids"_s, QJsonArray::fromStringList(entry.excludedTypeIds)},
        {u"memory_gb"_s, entry.memoryGb}, {u"usd_per_hour"_s, entry.usdPerHour},
        {u"stock"_s, fields::nameOf(kStock, entry.stock)}};
}

GpuPlan planFromJson(const QJsonObject& object)
{
    GpuPlan plan;
    plan.neededGb = object.value("needed_gb"_L1).toDouble();
    const QJsonArray entries = object.value("pools"_L1).toArray();
    for (const QJsonValue& value : entries) {
        GpuPlanEntry entry;
        entry.pool = value["pool"_L1].toString();
        entry.gpuNames = fields::toStrings(value["gpus"_L1]);
        entry.excludedTypeIds = fields::toStrings(value["excluded_gpu_type_ids"_L1]);
        entry.memoryGb = value["memory_gb"_L1].toDouble();
        entry.usdPerHour = value["usd_per_hour"_L1].toDouble();
        entry.stock = fields::valueOf(kStock, value["stock"_L1].toString()).value_or(Stock::Unknown);
        plan.entries.append(std::move(entry));
    }
    return plan;
}

QJsonObject toJson(const PriceQuote& price)
{
    return {{u"first"_s, price.firstPicture}, {u"next"_s, price.nextPicture}, {u"idle_day"_s, price.idlePerDay},
        {u"worst"_s, price.worstCase}, {u"usd_per_hour"_s, price.usdPerHour},
        {u"source"_s, fields::orNull(price.source)}};
}

PriceQuote priceFromJson(const QJsonObject& object)
{
    PriceQuote price;
    price.firstPicture = object.value("first"_L1).toDouble();
    price.nextPicture = object.value("next"_L1).toDouble();
    price.idlePerDay = object.value("idle_day"_L1).toDouble();
    price.worstCase = object.value("worst"_L1).toDouble();
    price.usdPerHour = object.value("usd_per_hour"_L1).toDouble();
    price.source = object.value("source"_L1).toString();
    return price;
}

/// `fix` is the error whose remedy puts this line right.
QJsonObject toJson(const PreflightLine& line)
{
    return {{u"id"_s, line.id}, {u"level"_s, fields::nameOf(kLevels, line.level)}, {u"title"_s, line.title},
        {u"detail"_s, fields::orNull(line.detail)},
        {u"fix"_s, line.error ? QJsonValue(toJson(*line.error)) : QJsonValue()},
        {u"asked"_s, fields::orNull(line.asked)}, {u"advisory"_s, line.advisory}};
}

PreflightLine lineFromJson(const QJsonObject& object)
{
    PreflightLine line;
    line.id = object.value("id"_L1).toString();
    line.level = fields::valueOf(kLevels, object.value("level"_L1).toString()).value_or(PreflightLevel::Warning);
    line.title = object.value("title"_L1).toString();
    line.detail = object.value("detail"_L1).toString();
    line.asked = object.value("asked"_L1).toString();
    line.advisory = object.value("advisory"_L1).toBool();
    if (const QJsonValue fix = object.value("fix"_L1); fix.isObject())
        line.error = errorFromJson(fix.toObject());
    return line;
}

} // namespace

QJsonObject toJson(const DeployQuote& quote)
{
    QJsonArray pools;
    for (const GpuPlanEntry& entry : quote.plan.entries)
        pools.append(toJson(entry));
    QJsonArray lines;
    for (const PreflightLine& line : quote.preflight.lines)
        lines.append(toJson(line));
    QJsonValue range;
    if (quote.readyLow && quote.readyHigh)
        range = QJsonArray{qint64{quote.readyLow->count()}, qint64{quote.readyHigh->count()}};
    return {{u"plan"_s, QJsonObject{{u"pools"_s, pools}, {u"needed_gb"_s, quote.plan.neededGb}}},
        {u"estimated_cost"_s, toJson(quote.price)}, {u"lines"_s, lines}, {u"blocked"_s, quote.preflight.isBlocked()},
        {u"estimated_ready_range"_s, range}, {u"estimated_ready_samples"_s, quote.ownSamples}};
}

Result<DeployQuote> quoteFromJson(const QJsonObject& object)
{
    if (!object.value("lines"_L1).isArray())
        return fail(ErrorCode::UnexpectedReply, "not a preflight list");
    DeployQuote quote;
    quote.plan = planFromJson(object.value("plan"_L1).toObject());
    quote.price = priceFromJson(object.value("estimated_cost"_L1).toObject());
    const QJsonArray lines = object.value("lines"_L1).toArray();
    for (const QJsonValue& line : lines)
        quote.preflight.lines.append(lineFromJson(line.toObject()));
    const QJsonArray range = object.value("estimated_ready_range"_L1).toArray();
    quote.readyLow = fields::toDuration<std::chrono::seconds>(range.at(0));
    quote.readyHigh = fields::toDuration<std::chrono::seconds>(range.at(1));
    quote.ownSamples = object.value("estimated_ready_samples"_L1).toInt();
    return quote;
}

QString toString(KeyKind kind)
{
    return fields::nameOf(kKeys, kind);
}

std::optional<KeyKind> keyKindFromString(const QString& text)
{
    return fields::valueOf(kKeys, text);
}

QJsonObject toJson(const KeyState& state)
{
    return {{u"key"_s, toString(state.kind)}, {u"present"_s, state.problem ? QJsonValue() : QJsonValue(state.present)},
        {u"session_only"_s, state.sessionOnly}, {u"backend"_s, fields::orNull(state.backend)},
        {u"problem"_s, errorOrNull(state.problem)}};
}

Result<KeyState> keyStateFromJson(const QJsonObject& object)
{
    const auto kind = keyKindFromString(object.value("key"_L1).toString());
    if (!kind)
        return fail(ErrorCode::UnexpectedReply, "not a key's state");
    return KeyState{*kind, object.value("present"_L1).toBool(), object.value("session_only"_L1).toBool(),
        object.value("backend"_L1).toString(), errorIfAny(object.value("problem"_L1))};
}

QJsonObject toJson(const KeyVerdict& verdict)
{
    const QString message = verdict.error ? describe(*verdict.error).message
                                          : QCoreApplication::translate("Preflight", "The key works and may create");
    return {{u"valid"_s, verdict.valid}, {u"message"_s, message}, {u"scope"_s, fields::orNull(verdict.scope)},
        {u"error"_s, verdict.error ? QJsonValue(toJson(*verdict.error)) : QJsonValue()}};
}

Result<KeyVerdict> keyVerdictFromJson(const QJsonObject& object)
{
    if (!object.value("valid"_L1).isBool())
        return fail(ErrorCode::UnexpectedReply, "not a key's verdict");
    KeyVerdict verdict;
    verdict.valid = object.value("valid"_L1).toBool();
    verdict.scope = object.value("scope"_L1).toString();
    if (const QJsonValue error = object.value("error"_L1); error.isObject())
        verdict.error = errorFromJson(error.toObject());
    return verdict;
}

QJsonObject toJson(const CleanupItem& item)
{
    return {{u"target"_s, toString(item.target)}, {u"endpoint_id"_s, fields::text(item.endpoint.value())},
        {u"endpoint_name"_s, fields::orNull(item.endpointName)},
        {u"deployment_id"_s, fields::text(item.deployment.value())}, {u"ours"_s, item.owner == EndpointOwner::Ours},
        {u"owner"_s, toString(item.owner)}, {u"taken"_s, item.taken}, {u"problem"_s, errorOrNull(item.problem)}};
}

Result<CleanupItem> cleanupItemFromJson(const QJsonObject& object)
{
    const auto target = targetFromString(object.value("target"_L1).toString());
    if (!target)
        return fail(ErrorCode::UnexpectedReply, "not a clean-up item");
    return CleanupItem{*target, EndpointId(object.value("endpoint_id"_L1).toString().toStdString()),
        object.value("endpoint_name"_L1).toString(),
        DeploymentId(object.value("deployment_id"_L1).toString().toStdString()),
        endpointOwnerFromString(object.value("owner"_L1).toString()).value_or(EndpointOwner::NotOurs),
        object.value("taken"_L1).toBool(), errorIfAny(object.value("problem"_L1))};
}

QJsonObject toJson(const EngineHealth& health)
{
    return {{u"secret_backend"_s, fields::orNull(health.secretBackend)},
        {u"secrets_session_only"_s, health.secretsSessionOnly},
        {u"secrets_problem"_s, errorOrNull(health.secretsProblem)},
        {u"store_problem"_s, errorOrNull(health.storeProblem)}};
}

Result<EngineHealth> healthFromJson(const QJsonObject& object)
{
    if (!object.contains("secret_backend"_L1))
        return fail(ErrorCode::UnexpectedReply, "not a health report");
    EngineHealth health;
    health.secretBackend = object.value("secret_backend"_L1).toString();
    health.secretsSessionOnly = object.value("secrets_session_only"_L1).toBool();
    health.secretsProblem = errorIfAny(object.value("secrets_problem"_L1));
    health.storeProblem = errorIfAny(object.value("store_problem"_L1));
    return health;
}

QJsonObject toJson(const CreateRequest& request)
{
    QJsonObject object{
        {u"target"_s, toString(request.target)}, {u"force"_s, request.force}, {u"limits"_s, toJson(request.limits)}};
    const auto insert = [&object](const QString& name, const QString& value) {
        if (!value.isEmpty())
            object.insert(name, value);
    };
    insert(u"hf_model_id"_s, request.modelId);
    insert(u"model_name"_s, request.modelName);
    insert(u"provider"_s, request.providerName);
    insert(u"revision"_s, request.revision);
    insert(u"gpu_tier"_s, request.gpuTier);
    insert(u"region"_s, request.region);
    if (request.diskGb > 0)
        object.insert(u"disk_gb"_s, request.diskGb);
    const auto insertSecret = [&insert](const QString& name, const std::shared_ptr<const Secret>& secret) {
        if (secret)
            insert(name, QString::fromUtf8(secret->reveal().data(), qsizetype(secret->reveal().size())));
    };
    if (request.pool != PoolPolicy())
        object.insert(u"pool"_s, toJson(request.pool));
    if (request.acceptedUsdPerMonth)
        object.insert(u"accepted_usd_per_month"_s, *request.acceptedUsdPerMonth);
    if (request.acceptedUsdPerHour)
        object.insert(u"accepted_usd_per_hour"_s, *request.acceptedUsdPerHour);
    if (!request.acceptedPools.isEmpty())
        object.insert(u"accepted_pools"_s, QJsonArray::fromStringList(request.acceptedPools));
    insertSecret(u"user_runpod_key"_s, request.providerKey);
    insertSecret(u"hf_token"_s, request.hubToken);
    if (request.task)
        object.insert(u"task"_s, toString(*request.task));
    if (request.firstInput)
        object.insert(u"first_input"_s, toJson(*request.firstInput));
    if (request.practiceSpeed > 0.0)
        object.insert(u"practice_speed"_s, request.practiceSpeed);
    return object;
}

} // namespace visgate
