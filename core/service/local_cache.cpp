// SPDX-License-Identifier: GPL-3.0-or-later
// Preflight, model cache and storage.
#include "core/engine/engine.h"
#include "core/service/local_service.h"

#include <utility>

namespace visgate {

QFuture<Result<void>> LocalService::watchLicence(Target target, QString modelId)
{
    return here(m_engine.watchLicence(target, std::move(modelId)));
}
QFuture<Result<Deployment>> LocalService::answerQuestion(DeploymentId id, bool accepted)
{
    return here(m_engine.answerQuestion(std::move(id), accepted));
}
QFuture<Result<QList<ModelVolume>>> LocalService::volumes(Target target)
{
    return here(m_engine.volumes(target));
}
QFuture<Result<ModelVolume>> LocalService::createVolume(Target target, QString name, int sizeGb, QString dataCenter)
{
    return here(m_engine.createVolume(target, std::move(name), sizeGb, std::move(dataCenter)));
}
QFuture<Result<ModelVolume>> LocalService::growVolume(Target target, VolumeId id, int sizeGb)
{
    return here(m_engine.growVolume(target, std::move(id), sizeGb));
}
QFuture<Result<void>> LocalService::deleteVolume(Target target, VolumeId id)
{
    return here(m_engine.deleteVolume(target, std::move(id)));
}
QFuture<Result<ModelVolume>> LocalService::keepNear(KeepNear wish)
{
    return here(m_engine.keepNear(std::move(wish)));
}
QFuture<Result<void>> LocalService::setVolumeKeys(StorageKeys keys, bool sessionOnly)
{
    return here(m_engine.setVolumeKeys(std::move(keys), sessionOnly));
}
QFuture<Result<StorageState>> LocalService::storage()
{
    return here(m_engine.storage());
}
QFuture<Result<StorageState>> LocalService::setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly)
{
    return here(m_engine.setStorage(std::move(settings), std::move(keys), sessionOnly));
}
QFuture<Result<void>> LocalService::testStorage()
{
    return here(m_engine.testStorage());
}
QFuture<Result<void>> LocalService::forgetStorage()
{
    return here(m_engine.forgetStorage());
}

} // namespace visgate
