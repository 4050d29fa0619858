// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/storage/volume.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_access.h"
#include "core/providers/provider.h"

#include <QList>

#include <map>
#include <optional>

namespace visgate {

/// The volumes at the providers: what is kept in them, and what they cost. Engine thread only.
class VolumeList {
public:
    VolumeList(EngineContext& context, ProviderAccess& providers) : m_context(context), m_providers(providers) { }

    /// As the provider tells of it; nothing is known of what is kept in it.
    [[nodiscard]] ModelVolume shown(AccountId target, const ProviderVolume& volume) const;
    /// As they are at the provider at this moment. ProviderLacks where there can be none.
    Task<Result<QList<ProviderVolume>>> listAtProvider(AccountId target);
    /// With the models in them, the endpoints that mount them, and what is asked for and not confirmed.
    Task<Result<QList<ModelVolume>>> list(AccountId target);
    /// Asked for only once in a while. None while the account is closed or does not answer.
    Task<std::optional<VolumeSpend>> spend(AccountId target);
    /// Something was bought, grown or deleted there, or may have been: what was seen before is past.
    void forgetSpend(AccountId target);

private:
    struct SeenVolumes {
        std::optional<VolumeSpend> spend; ///< none: the provider did not say
        MonotonicPoint seenAt;
    };

    EngineContext& m_context;
    ProviderAccess& m_providers;
    std::map<AccountId, SeenVolumes> m_spend; ///< none after a change
    int m_changes = 0;                        ///< so far: a list asked for before one tells what is past
};

} // namespace visgate
