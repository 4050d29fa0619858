// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_access.h"
#include "core/engine/volumes/cache_filler.h"
#include "core/engine/volumes/volume_list.h"
#include "core/providers/provider.h"
#include "core/store/volume_intent_repository.h"

#include <optional>

namespace visgate {

/// Grows and deletes volumes: the wish is on disk before the call, and what a life that ended had promised, the next
/// one finishes. Sent twice, neither does more than once. Engine thread only.
class VolumeChanges {
public:
    VolumeChanges(EngineContext& context, ProviderAccess& providers, VolumeList& volumes,
        VolumeIntentRepository& intents, CacheFiller& filler)
        : m_context(context), m_providers(providers), m_volumes(volumes), m_intents(intents), m_filler(filler)
    {
    }

    /// The volume as it is then; none once it is deleted.
    Task<Result<std::optional<ProviderVolume>>> apply(VolumeChange change);
    /// What the last run of the program had promised and not seen the end of.
    Task<void> settle();
    /// Ends the wait of settle().
    void stop() { m_waker.wake(); }

private:
    Task<Result<std::optional<ProviderVolume>>> send(VolumeChange change);
    Task<Result<std::optional<ProviderVolume>>> find(AccountId target, VolumeId id);
    void end(const VolumeChange& change);

    EngineContext& m_context;
    ProviderAccess& m_providers;
    VolumeList& m_volumes;
    VolumeIntentRepository& m_intents;
    CacheFiller& m_filler;
    Waker m_waker;
};

} // namespace visgate
