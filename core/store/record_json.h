// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QJsonArray>

#include <chrono>
#include <optional>
#include <string>

// The parts of which the rows of deployments (records.cpp) and jobs (job_records.cpp) are made. What is missing or of
// the wrong type reads as its default: an older Visgate wrote it.
namespace visgate {

[[nodiscard]] inline QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

[[nodiscard]] inline QJsonValue timeOrNull(const std::optional<TimePoint>& time)
{
    return time ? QJsonValue(toMicroseconds(*time)) : QJsonValue();
}

[[nodiscard]] inline std::optional<TimePoint> optionalTime(const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        return std::nullopt;
    return fromMicroseconds(value.toInteger());
}

template <typename T> [[nodiscard]] QJsonValue numberOrNull(const std::optional<T>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

[[nodiscard]] inline std::optional<int> optionalInt(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

[[nodiscard]] inline std::optional<double> optionalDouble(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

template <typename Duration> [[nodiscard]] QJsonValue countOrNull(const std::optional<Duration>& value)
{
    return value ? QJsonValue(static_cast<qint64>(value->count())) : QJsonValue();
}

template <typename Duration> [[nodiscard]] std::optional<Duration> optionalDuration(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(Duration(value.toInteger())) : std::nullopt;
}

[[nodiscard]] QStringList stringsFrom(const QJsonArray& array);
[[nodiscard]] QJsonObject errorJson(const Error& error);
[[nodiscard]] std::optional<Error> optionalError(const QJsonValue& value);
[[nodiscard]] QJsonObject limitsJson(const EndpointLimits& limits);
[[nodiscard]] EndpointLimits limitsFrom(const QJsonObject& object);
[[nodiscard]] QJsonObject inputJson(const JobInput& input);
[[nodiscard]] JobInput inputFrom(const QJsonObject& object);

} // namespace visgate
