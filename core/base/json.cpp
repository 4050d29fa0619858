// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/foundation/json/json_budget.h"

#include <QJsonDocument>

namespace visgate::json {

namespace {

Result<QJsonDocument> parse(const QByteArray& text)
{
    if (!isWithin({text.constData(), static_cast<std::size_t>(text.size())}))
        return fail(ErrorCode::UnexpectedReply, "too deeply nested, or too many values");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError)
        return fail(ErrorCode::UnexpectedReply, problem.errorString().toStdString());
    return document;
}

} // namespace

Result<QJsonObject> parseObject(const QByteArray& text)
{
    const auto document = parse(text);
    if (!document)
        return fail(document.error());
    if (!document->isObject())
        return fail(ErrorCode::UnexpectedReply, "not a JSON object");
    return document->object();
}

Result<QJsonArray> parseArray(const QByteArray& text)
{
    const auto document = parse(text);
    if (!document)
        return fail(document.error());
    if (!document->isArray())
        return fail(ErrorCode::UnexpectedReply, "not a JSON array");
    return document->array();
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray compact(const QJsonArray& array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QStringList strings(const QJsonValue& list)
{
    QStringList texts;
    const QJsonArray array = list.toArray();
    for (const QJsonValue& value : array) {
        if (value.isString())
            texts.append(value.toString());
    }
    return texts;
}

} // namespace visgate::json
