// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/local_service.h"

#include "core/engine/engine.h"

#include <utility>

namespace visgate {

LocalService::LocalService(Engine& engine, QObject* parent) : DeploymentService(parent), m_engine(engine)
{
    connect(&engine, &Engine::deploymentChanged, this, &LocalService::deploymentChanged);
    connect(&engine, &Engine::jobChanged, this, &LocalService::jobChanged);
    connect(&engine, &Engine::logAppended, this, &LocalService::logAppended);
    connect(&engine, &Engine::limitPassed, this, &LocalService::limitPassed);
    connect(&engine, &Engine::stopProgressed, this, &LocalService::stopProgressed);
    connect(&engine, &Engine::endpointsChanged, this, &LocalService::endpointsChanged);
}

QFuture<Result<Deployment>> LocalService::createDeployment(CreateRequest request)
{
    return here(m_engine.createDeployment(std::move(request)));
}
QFuture<Result<DeploymentPage>> LocalService::listDeployments(
    int limit, QString cursor, std::optional<DeploymentStatus> status)
{
    return here(m_engine.listDeployments(limit, std::move(cursor), status));
}
QFuture<Result<Deployment>> LocalService::deployment(DeploymentId id)
{
    return here(m_engine.deployment(std::move(id)));
}
QFuture<Result<void>> LocalService::deleteDeployment(DeploymentId id)
{
    return here(m_engine.deleteDeployment(std::move(id)));
}
QFuture<Result<void>> LocalService::pauseDeployment(DeploymentId id)
{
    return here(m_engine.pauseDeployment(std::move(id)));
}
QFuture<Result<void>> LocalService::resumeDeployment(DeploymentId id)
{
    return here(m_engine.resumeDeployment(std::move(id)));
}
QFuture<Result<Job>> LocalService::submitJob(DeploymentId id, JobInput input)
{
    return here(m_engine.submitJob(std::move(id), std::move(input)));
}
QFuture<Result<Job>> LocalService::job(JobId id)
{
    return here(m_engine.job(std::move(id)));
}
QFuture<Result<QList<Job>>> LocalService::jobs(DeploymentId id)
{
    return here(m_engine.jobs(std::move(id)));
}
QFuture<Result<void>> LocalService::cancelJob(JobId id)
{
    return here(m_engine.cancelJob(std::move(id)));
}
QFuture<Result<Job>> LocalService::retryJob(JobId id)
{
    return here(m_engine.retryJob(std::move(id)));
}
QFuture<Result<QList<LogLine>>> LocalService::logs(DeploymentId id, qint64 since, int limit)
{
    return here(m_engine.logs(std::move(id), since, limit));
}
QFuture<Result<QList<ModelSpec>>> LocalService::presets()
{
    return here(m_engine.presets());
}
QFuture<Result<QList<ModelSpec>>> LocalService::searchModels(Target target, QString text)
{
    return here(m_engine.searchModels(target, std::move(text)));
}
QFuture<Result<QList<GpuOffer>>> LocalService::gpuOffers(Target target)
{
    return here(m_engine.gpuOffers(target));
}
QFuture<Result<DeployQuote>> LocalService::quote(CreateRequest request)
{
    return here(m_engine.quote(std::move(request)));
}
QFuture<Result<ModelDetails>> LocalService::modelDetails(Target target, QString idOrLink)
{
    return here(m_engine.modelDetails(target, std::move(idOrLink)));
}
QFuture<Result<KeyVerdict>> LocalService::tryKey(std::shared_ptr<const Secret> key)
{
    return here(m_engine.tryKey(std::move(key)));
}
QFuture<Result<QList<KeyState>>> LocalService::keys()
{
    return here(m_engine.keys());
}
QFuture<Result<KeyState>> LocalService::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    return here(m_engine.setKey(kind, std::move(key), sessionOnly));
}
QFuture<Result<void>> LocalService::checkKey(KeyKind kind)
{
    return here(m_engine.checkKey(kind));
}
QFuture<Result<void>> LocalService::forgetKey(KeyKind kind)
{
    return here(m_engine.forgetKey(kind));
}
QFuture<Result<void>> LocalService::unlockKeychain()
{
    return here(m_engine.unlockKeychain());
}
QFuture<Result<QString>> LocalService::workerImage()
{
    return here(m_engine.workerImage());
}
QFuture<Result<void>> LocalService::setWorkerImage(QString image)
{
    return here(m_engine.setWorkerImage(std::move(image)));
}
QFuture<Result<QList<CleanupItem>>> LocalService::cleanUp(CleanupRequest request)
{
    return here(m_engine.cleanUp(request));
}
QFuture<Result<EngineHealth>> LocalService::health()
{
    return here(m_engine.health());
}

} // namespace visgate
