// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"
#include "core/foundation/result.h"

#include <QFuture>
#include <QList>
#include <QString>

namespace visgate {

/// The model cache: volumes at the provider, each with its price a month, and the models that are kept in them.
class CacheService {
public:
    virtual ~CacheService() = default;

    virtual QFuture<Result<QList<ModelVolume>>> volumes(Target target) = 0;
    virtual QFuture<Result<ModelVolume>> createVolume(Target target, QString name, int sizeGb, QString dataCenter) = 0;
    /// Volumes only grow.
    virtual QFuture<Result<ModelVolume>> growVolume(Target target, VolumeId id, int sizeGb) = 0;
    virtual QFuture<Result<void>> deleteVolume(Target target, VolumeId id) = 0;
    /// Keeps a model near: makes a volume where none is named, and fills it. Done once the filling has begun; volumes()
    /// tells how far it is, and it goes on after a restart.
    virtual QFuture<Result<ModelVolume>> keepNear(KeepNear wish) = 0;
    /// The S3 key of the provider's volumes, another one than the account key.
    virtual QFuture<Result<void>> setVolumeKeys(StorageKeys keys, bool sessionOnly) = 0;
};

} // namespace visgate
