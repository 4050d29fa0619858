// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endpoint_json.h"

#include "core/service/error_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QJsonObject toJson(const AccountEndpoint& endpoint)
{
    QJsonArray deployments;
    for (const DeploymentId& id : endpoint.deployments)
        deployments.append(QString::fromStdString(id.value()));
    return {{u"target"_s, toString(endpoint.target)}, {u"endpoint_id"_s, fields::text(endpoint.id.value())},
        {u"endpoint_name"_s, endpoint.name}, {u"owner"_s, toString(endpoint.owner)},
        {u"hf_model_id"_s, fields::orNull(endpoint.modelId)}, {u"deployment_ids"_s, deployments},
        {u"gpu_pools"_s, QJsonArray::fromStringList(endpoint.gpuPools)}, {u"image"_s, fields::orNull(endpoint.image)},
        {u"workers_min"_s, endpoint.workersMin}, {u"workers_max"_s, endpoint.workersMax},
        {u"usd_per_hour"_s, endpoint.usdPerHour}, {u"created_at"_s, fields::time(endpoint.createdAt)},
        {u"seen_at"_s, fields::time(endpoint.seenAt)}, {u"problem"_s, errorOrNull(endpoint.problem)}};
}

Result<AccountEndpoint> accountEndpointFromJson(const QJsonObject& object)
{
    AccountEndpoint endpoint;
    const auto target = targetFromString(object.value("target"_L1).toString());
    const auto owner = endpointOwnerFromString(object.value("owner"_L1).toString());
    endpoint.id = EndpointId(object.value("endpoint_id"_L1).toString().toStdString());
    endpoint.problem = errorIfAny(object.value("problem"_L1));
    if (!target || !owner || (endpoint.id.isEmpty() && !endpoint.problem))
        return fail(ErrorCode::UnexpectedReply, "not an endpoint");
    endpoint.target = *target;
    endpoint.owner = *owner;
    endpoint.name = object.value("endpoint_name"_L1).toString();
    endpoint.modelId = object.value("hf_model_id"_L1).toString();
    const QStringList deployments = fields::toStrings(object.value("deployment_ids"_L1));
    for (const QString& id : deployments)
        endpoint.deployments.append(DeploymentId(id.toStdString()));
    endpoint.gpuPools = fields::toStrings(object.value("gpu_pools"_L1));
    endpoint.image = object.value("image"_L1).toString();
    endpoint.workersMin = object.value("workers_min"_L1).toInt();
    endpoint.workersMax = object.value("workers_max"_L1).toInt();
    endpoint.usdPerHour = object.value("usd_per_hour"_L1).toDouble();
    endpoint.createdAt = fields::toTime(object.value("created_at"_L1));
    endpoint.seenAt = fields::toTime(object.value("seen_at"_L1)).value_or(TimePoint());
    return endpoint;
}

} // namespace visgate
