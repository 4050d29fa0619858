// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/model/model.h"
#include "core/domain/storage/volume.h"
#include "core/engine/context/engine_context.h"

#include <QString>

namespace visgate {

class CacheFiller;
class Handlers;
class VolumeChanges;
class VolumeList;
class VolumePurchases;
struct CreateVolume;
struct DeleteVolume;
struct GrowVolume;

/// The model cache: volumes bought, grown and deleted, and what is kept in them. Engine thread only.
class VolumeHandlers {
public:
    VolumeHandlers(EngineContext& context, VolumeList& volumes, VolumePurchases& purchases, VolumeChanges& changes,
        CacheFiller& filler)
        : m_context(context), m_volumes(volumes), m_purchases(purchases), m_changes(changes), m_filler(filler)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<ModelVolume>> create(CreateVolume op);
    Task<Result<ModelVolume>> grow(GrowVolume op);
    Task<Result<void>> remove(DeleteVolume op);
    Task<Result<ModelVolume>> keepNear(KeepNear wish);
    /// Where a volume for this model is best: near its GPUs and the user.
    Task<Result<QString>> placeForVolume(AccountId target, ModelSpec model);

    EngineContext& m_context;
    VolumeList& m_volumes;
    VolumePurchases& m_purchases;
    VolumeChanges& m_changes;
    CacheFiller& m_filler;
};

} // namespace visgate
