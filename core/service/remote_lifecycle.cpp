// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/domain_json.h"
#include "core/service/lifecycle_json.h"
#include "core/service/remote_requests.h"
#include "core/service/remote_service.h"

namespace visgate {

using namespace remote;
using namespace Qt::Literals::StringLiterals;

QFuture<Result<Deployment>> RemoteService::scaleDeployment(DeploymentId id, ScaleRequest scale)
{
    return ask<Deployment>(request("POST", deploymentPath(id, "/scale"), toJson(scale)), deploymentFromJson);
}

QFuture<Result<void>> RemoteService::keepDeployment(DeploymentId id, std::chrono::seconds time)
{
    return ask<void>(request("DELETE", deploymentPath(id) + "?keep=" + std::to_string(time.count()) + "s"), nothing);
}

QFuture<Result<Deployment>> RemoteService::restoreDeployment(DeploymentId id)
{
    return ask<Deployment>(request("POST", deploymentPath(id, "/restore")), deploymentFromJson);
}

QFuture<Result<ReleaseHistory>> RemoteService::releases(DeploymentId id)
{
    return ask<ReleaseHistory>(request("GET", deploymentPath(id, "/releases")), releaseHistoryFromJson);
}

QFuture<Result<ReleaseHistory>> RemoteService::rollBack(DeploymentId id, int version)
{
    const QJsonObject body{{u"release"_s, version}};
    return ask<ReleaseHistory>(request("POST", deploymentPath(id, "/rollback"), body), releaseHistoryFromJson);
}

QFuture<Result<WarmPrice>> RemoteService::warmPrice(DeploymentId id, PoolPolicy policy)
{
    return ask<WarmPrice>(request("POST", deploymentPath(id, "/pool/price"), toJson(policy)), warmPriceFromJson);
}

QFuture<Result<Deployment>> RemoteService::setPool(
    DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
{
    QJsonObject body = toJson(policy);
    if (acceptedUsdPerMonth)
        body.insert(u"accepted_usd_per_month"_s, *acceptedUsdPerMonth);
    return ask<Deployment>(request("PUT", deploymentPath(id, "/pool"), body), deploymentFromJson);
}

} // namespace visgate
