// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "core/service/local_service.h"

namespace visgate {

QFuture<Result<Deployment>> LocalService::scaleDeployment(DeploymentId id, ScaleRequest request)
{
    return here(m_engine.scaleDeployment(std::move(id), request));
}
QFuture<Result<void>> LocalService::keepDeployment(DeploymentId id, std::chrono::seconds time)
{
    return here(m_engine.keepDeployment(std::move(id), time));
}
QFuture<Result<Deployment>> LocalService::restoreDeployment(DeploymentId id)
{
    return here(m_engine.restoreDeployment(std::move(id)));
}
QFuture<Result<ReleaseHistory>> LocalService::releases(DeploymentId id)
{
    return here(m_engine.releases(std::move(id)));
}
QFuture<Result<ReleaseHistory>> LocalService::rollBack(DeploymentId id, int version)
{
    return here(m_engine.rollBack(std::move(id), version));
}
QFuture<Result<WarmPrice>> LocalService::warmPrice(DeploymentId id, PoolPolicy policy)
{
    return here(m_engine.warmPrice(std::move(id), std::move(policy)));
}
QFuture<Result<Deployment>> LocalService::setPool(
    DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
{
    return here(m_engine.setPool(std::move(id), std::move(policy), acceptedUsdPerMonth));
}

} // namespace visgate
