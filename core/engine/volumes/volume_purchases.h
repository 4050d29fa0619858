// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/volumes/cache_filler.h"
#include "core/engine/volumes/volume_list.h"
#include "core/providers/provider.h"
#include "core/store/volume_intent_repository.h"

#include <optional>

namespace visgate {

/// Buys volumes: one is billed from the call on, so the wish is on disk before it, and what the call brought is found
/// again by its name when the answer is lost. Engine thread only.
class VolumePurchases {
public:
    VolumePurchases(EngineContext& context, VolumeList& volumes, VolumeIntentRepository& intents, CacheFiller& filler)
        : m_context(context), m_volumes(volumes), m_intents(intents), m_filler(filler)
    {
    }

    /// The model that the intent names begins to be kept in it.
    Task<Result<ProviderVolume>> buy(VolumeIntent intent);
    /// What the last run of the program had promised and not seen the end of.
    Task<void> settle();
    /// Ends the wait of settle().
    void stop() { m_waker.wake(); }

private:
    /// Of the intent's name and place, and not one of those that were there before it.
    Task<Result<std::optional<ProviderVolume>>> find(VolumeIntent intent);
    /// The volume is known: what shall be kept in it begins to be copied, and then the promise is over.
    Result<ProviderVolume> end(const VolumeIntent& intent, ProviderVolume volume);

    EngineContext& m_context;
    VolumeList& m_volumes;
    VolumeIntentRepository& m_intents;
    CacheFiller& m_filler;
    Waker m_waker;
};

} // namespace visgate
