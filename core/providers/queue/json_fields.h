// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/foundation/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <cmath>
#include <limits>
#include <optional>

// How the readers of providers' documents take single values out of them.
namespace visgate::queue {

[[nodiscard]] inline tl::unexpected<Error> broken(const char* document, const QString& what)
{
    return fail(
        ErrorCode::UnexpectedReply, QStringLiteral("%1: %2").arg(QString::fromLatin1(document), what).toStdString());
}

[[nodiscard]] inline Result<QJsonObject> parseObject(const QByteArray& body, const char* document)
{
    auto object = json::parseObject(body);
    return object ? object : broken(document, QString::fromStdString(object.error().detail));
}

/// A number within `int`; the fallback for anything else.
[[nodiscard]] inline int toInt(const QJsonValue& value, int fallback = 0)
{
    const double number = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(std::abs(number) <= static_cast<double>(std::numeric_limits<int>::max())))
        return fallback;
    return static_cast<int>(number);
}

template <typename Duration> [[nodiscard]] std::optional<Duration> toDuration(const QJsonValue& value)
{
    constexpr double kLongest = 1e13; // 300 years in milliseconds
    const double number = value.toDouble(-1.0);
    if (!(number >= 0.0 && number <= kLongest))
        return std::nullopt;
    return Duration(static_cast<typename Duration::rep>(number));
}

} // namespace visgate::queue
