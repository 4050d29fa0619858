// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remote_requests.h"
#include "core/service/remote_service.h"
#include "core/service/spend_json.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace remote;

QFuture<Result<SpendReport>> RemoteService::spend(SpendQuery query)
{
    std::string target = "/v1/spend?target=" + toString(query.target).toStdString()
        + "&from=" + http::percentEncode(formatUtc(query.from)) + "&to=" + http::percentEncode(formatUtc(query.to));
    if (!query.deployment.isEmpty())
        target += "&deployment_id=" + http::percentEncode(query.deployment.value());
    if (query.picturesPerDay)
        target += "&pictures_per_day=" + QByteArray::number(*query.picturesPerDay).toStdString();
    if (query.asKnown)
        target += "&as_known=1";
    return ask<SpendReport>(request("GET", std::move(target)), spendReportFromJson);
}

QFuture<Result<QList<SpendLimit>>> RemoteService::spendLimits()
{
    return ask<QList<SpendLimit>>(request("GET", "/v1/limits"), listOf("limits"_L1, spendLimitFromJson));
}

QFuture<Result<void>> RemoteService::setSpendLimit(SpendLimit limit)
{
    return ask<void>(request("PUT", "/v1/private/limits", toJson(limit)), nothing);
}

QFuture<Result<QList<LimitState>>> RemoteService::limitStates()
{
    return ask<QList<LimitState>>(request("GET", "/v1/limits"), listOf("states"_L1, limitStateFromJson));
}

QFuture<Result<StopReport>> RemoteService::stopEverything()
{
    return ask<StopReport>(request("POST", "/v1/stop", QJsonObject()), stopReportFromJson);
}

} // namespace visgate
