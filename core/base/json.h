// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace visgate::json {

/// UnexpectedReply when `text` is not one JSON object.
[[nodiscard]] Result<QJsonObject> parseObject(const QByteArray& text);
[[nodiscard]] Result<QJsonArray> parseArray(const QByteArray& text);
[[nodiscard]] QByteArray compact(const QJsonObject& object);
[[nodiscard]] QByteArray compact(const QJsonArray& array);
/// The texts of a list; what is no text is left out.
[[nodiscard]] QStringList strings(const QJsonValue& list);

} // namespace visgate::json
