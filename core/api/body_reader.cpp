// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/body_reader.h"

#include "core/base/json.h"

#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

Result<QJsonObject> requestBody(const http::Request& request)
{
    if (request.body.empty())
        return QJsonObject();
    auto object = json::parseObject(QByteArray::fromStdString(request.body));
    if (!object)
        return fail(ErrorCode::InvalidRequest, "body: " + object.error().detail);
    return object;
}

BodyReader::BodyReader(QJsonObject object, QString prefix)
    : m_object(std::move(object)), m_prefix(std::move(prefix)) { }

QJsonValue BodyReader::take(const QString& name)
{
    m_taken.insert(name);
    return m_object.value(name);
}

bool BodyReader::has(const QString& name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QString BodyReader::text(const QString& name, qsizetype maxLength)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return {};
    if (!value.isString())
        refuse(name, u"must be a text"_s);
    else if (value.toString().size() > maxLength)
        refuse(name, u"has more than %1 characters"_s.arg(maxLength));
    else
        return value.toString();
    return {};
}

std::optional<qint64> BodyReader::integer(const QString& name, qint64 low, qint64 high)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return std::nullopt;
    const double number = value.toDouble();
    if (!value.isDouble() || std::floor(number) != number)
        refuse(name, u"must be a whole number"_s);
    else if (value.toInteger() < low || value.toInteger() > high || std::abs(number) > 9.3e18)
        refuse(name, u"must be between %1 and %2"_s.arg(low).arg(high));
    else
        return value.toInteger();
    return std::nullopt;
}

std::optional<double> BodyReader::number(const QString& name, double low, double high)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return std::nullopt;
    if (!value.isDouble())
        refuse(name, u"must be a number"_s);
    else if (value.toDouble() < low || value.toDouble() > high)
        refuse(name, u"must be between %1 and %2"_s.arg(low).arg(high));
    else
        return value.toDouble();
    return std::nullopt;
}

std::optional<bool> BodyReader::flag(const QString& name)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return std::nullopt;
    if (value.isBool())
        return value.toBool();
    refuse(name, u"must be true or false"_s);
    return std::nullopt;
}

QStringList BodyReader::texts(const QString& name, qsizetype most)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return {};
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& entry : array) {
        if (entry.isString())
            list.append(entry.toString());
    }
    if (!value.isArray() || list.size() != array.size() || list.size() > most)
        refuse(name, u"must be a list of texts"_s);
    return list;
}

std::optional<QJsonObject> BodyReader::object(const QString& name)
{
    const QJsonValue value = take(name);
    if (!has(name))
        return std::nullopt;
    if (value.isObject())
        return value.toObject();
    refuse(name, u"must be an object"_s);
    return std::nullopt;
}

void BodyReader::refuse(const QString& name, const QString& reason)
{
    const QString field = m_prefix + name;
    if (m_badFields.contains(field))
        return;
    m_badFields.append(field);
    m_reasons.append(u"%1: %2"_s.arg(field, reason));
}

void BodyReader::adopt(BodyReader& inner)
{
    inner.checkUnknown();
    m_badFields.append(inner.m_badFields);
    m_reasons.append(inner.m_reasons);
}

void BodyReader::checkUnknown()
{
    for (auto field = m_object.constBegin(); field != m_object.constEnd(); ++field) {
        if (!m_taken.contains(field.key()))
            refuse(field.key(), u"is not a field here"_s);
    }
}

Result<void> BodyReader::finish()
{
    checkUnknown();
    if (m_badFields.isEmpty())
        return {};
    Error error;
    error.code = ErrorCode::InvalidRequest;
    error.detail = m_reasons.join("; "_L1).toStdString();
    for (const QString& field : std::as_const(m_badFields))
        error.arguments.push_back(field.toStdString());
    return fail(std::move(error));
}

} // namespace visgate
