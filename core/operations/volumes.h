// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"
#include "core/operations/operation.h"

#include <QList>
#include <QString>

// The model cache: volumes at the provider, each with its price a month, and the models that are kept in them.
namespace visgate {

struct ListVolumes {
    using Reply = QList<ModelVolume>;
    static constexpr OperationInfo kInfo{"list_volumes", Effect::Reads};
    AccountId target = AccountId::runpod();
};

struct CreateVolume {
    using Reply = ModelVolume;
    static constexpr OperationInfo kInfo{"create_volume", Effect::Once};
    AccountId target = AccountId::runpod();
    QString name;
    int sizeGb = 0;
    QString dataCenter;
};

/// Volumes only grow.
struct GrowVolume {
    using Reply = ModelVolume;
    static constexpr OperationInfo kInfo{"grow_volume", Effect::Once};
    AccountId target = AccountId::runpod();
    VolumeId id;
    int sizeGb = 0;
};

struct DeleteVolume {
    using Reply = void;
    static constexpr OperationInfo kInfo{"delete_volume", Effect::Repeatable};
    AccountId target = AccountId::runpod();
    VolumeId id;
};

/// Makes a volume where none is named, and fills it. Done once the filling has begun; ListVolumes tells how far it is,
/// and it goes on after a restart.
struct KeepModelNear {
    using Reply = ModelVolume;
    static constexpr OperationInfo kInfo{"keep_model_near", Effect::Once};
    KeepNear wish;
};

/// The S3 key of the account's volumes, another one than the account key.
struct SetVolumeKeys {
    using Reply = void;
    static constexpr OperationInfo kInfo{"set_volume_keys", Effect::Repeatable, Audience::User};
    StorageKeys keys;
    bool sessionOnly = false;
    AccountId target = AccountId::runpod();
};

} // namespace visgate
