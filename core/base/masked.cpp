// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/masked.h"

#include "core/base/json.h"
#include "core/foundation/redactor.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonValue maskedValue(const QJsonValue& value, const Redactor& redactor)
{
    if (value.isString())
        return masked(value.toString(), redactor);
    if (value.isObject())
        return masked(value.toObject(), redactor);
    if (!value.isArray())
        return value;
    QJsonArray array;
    const QJsonArray from = value.toArray();
    for (const QJsonValue& entry : from)
        array.append(maskedValue(entry, redactor));
    return array;
}

} // namespace

QString masked(const QString& text, const Redactor& redactor)
{
    return QString::fromStdString(redactor.redact(text.toStdString()));
}

QJsonObject masked(const QJsonObject& object, const Redactor& redactor)
{
    QJsonObject out;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const bool isPicture = entry.key() == "data"_L1 && entry.value().isString();
        out.insert(masked(entry.key(), redactor), isPicture ? entry.value() : maskedValue(entry.value(), redactor));
    }
    return out;
}

QByteArray maskedJson(const QByteArray& text, const Redactor& redactor)
{
    const QByteArray plain = QByteArray::fromStdString(redactor.redact(text.toStdString()));
    if (!plain.contains('\\'))
        return plain;
    const QJsonDocument document = QJsonDocument::fromJson(plain);
    if (document.isObject())
        return json::compact(masked(document.object(), redactor));
    if (document.isArray())
        return json::compact(maskedValue(document.array(), redactor).toArray());
    return plain;
}

} // namespace visgate
