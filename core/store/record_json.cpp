// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/record_json.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QStringList stringsFrom(const QJsonArray& array)
{
    QStringList list;
    for (const QJsonValue& value : array)
        list.append(value.toString());
    return list;
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

} // namespace visgate
