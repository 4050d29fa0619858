// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_graphql.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace visgate::runpod {

using namespace Qt::Literals::StringLiterals;

namespace {

ErrorCode codeOf(const QString& extension)
{
    if (extension == "UNAUTHENTICATED"_L1)
        return ErrorCode::KeyRejected;
    return extension == "FORBIDDEN"_L1 ? ErrorCode::KeyLacksPermission : ErrorCode::ProviderRefused;
}

/// What stands under "data", or why nothing does.
Result<QJsonObject> dataOf(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return fail(ErrorCode::UnexpectedReply, "graphql: not an object");
    if (const QJsonArray errors = document["errors"_L1].toArray(); !errors.isEmpty()) {
        const QJsonValue first = errors.first();
        return fail(codeOf(first["extensions"_L1]["code"_L1].toString()), first["message"_L1].toString().toStdString());
    }
    if (!document["data"_L1].isObject())
        return fail(ErrorCode::UnexpectedReply, "graphql: no data");
    return document["data"_L1].toObject();
}

} // namespace

QByteArray balanceQuery()
{
    const QJsonObject query{{u"query"_s, u"query { myself { clientBalance currentSpendPerHr spendLimit } }"_s}};
    return QJsonDocument(query).toJson(QJsonDocument::Compact);
}

Result<AccountBalance> readBalance(const QByteArray& body)
{
    const auto data = dataOf(body);
    if (!data)
        return fail(data.error());
    const QJsonValue myself = data->value("myself"_L1);
    if (!myself["clientBalance"_L1].isDouble())
        return fail(ErrorCode::UnexpectedReply, "graphql: myself.clientBalance");
    AccountBalance balance;
    balance.usd = myself["clientBalance"_L1].toDouble();
    balance.usdPerHour = myself["currentSpendPerHr"_L1].toDouble();
    if (const QJsonValue limit = myself["spendLimit"_L1]; limit.isDouble())
        balance.spendLimitUsdPerHour = limit.toDouble();
    return balance;
}

} // namespace visgate::runpod
