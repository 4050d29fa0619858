// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <array>
#include <chrono>
#include <optional>
#include <utility>

// How the API writes the kinds of value that occur in many objects.
namespace visgate::fields {

[[nodiscard]] inline QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

[[nodiscard]] inline QJsonValue text(const std::string& value)
{
    return orNull(QString::fromStdString(value));
}

template <typename T> [[nodiscard]] QJsonValue orNull(const std::optional<T>& value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

template <typename Rep, typename Period>
[[nodiscard]] QJsonValue count(const std::optional<std::chrono::duration<Rep, Period>>& value)
{
    return value ? QJsonValue(qint64{value->count()}) : QJsonValue(QJsonValue::Null);
}

[[nodiscard]] inline QJsonValue time(TimePoint value)
{
    return QString::fromStdString(formatUtc(value));
}

[[nodiscard]] inline QJsonValue time(const std::optional<TimePoint>& value)
{
    return value ? time(*value) : QJsonValue(QJsonValue::Null);
}

[[nodiscard]] inline std::optional<TimePoint> toTime(const QJsonValue& value)
{
    TimePoint time;
    if (!value.isString() || !parseUtc(value.toString().toStdString(), time))
        return std::nullopt;
    return time;
}

template <typename Duration> [[nodiscard]] std::optional<Duration> toDuration(const QJsonValue& value)
{
    if (!value.isDouble())
        return std::nullopt;
    return Duration{static_cast<typename Duration::rep>(value.toInteger())};
}

[[nodiscard]] inline std::optional<double> toDouble(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

[[nodiscard]] inline std::optional<int> toInt(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

[[nodiscard]] inline QStringList toStrings(const QJsonValue& value)
{
    QStringList strings;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& entry : array)
        strings.append(entry.toString());
    return strings;
}

template <typename T> [[nodiscard]] QJsonArray objects(const QList<T>& values)
{
    QJsonArray array;
    for (const T& value : values)
        array.append(toJson(value));
    return array;
}

/// One spelling for each value of an enumeration.
template <typename Enum, std::size_t size> using Names = std::array<std::pair<Enum, const char*>, size>;

template <typename Enum, std::size_t size> [[nodiscard]] QString nameOf(const Names<Enum, size>& names, Enum value)
{
    for (const auto& [known, name] : names) {
        if (known == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template <typename Enum, std::size_t size>
[[nodiscard]] std::optional<Enum> valueOf(const Names<Enum, size>& names, const QString& text)
{
    for (const auto& [value, name] : names) {
        if (text == QLatin1String(name))
            return value;
    }
    return std::nullopt;
}

} // namespace visgate::fields
