// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"

namespace visgate {

/// Opens an account and hands out its provider. Engine thread only.
class ProviderAccess {
public:
    explicit ProviderAccess(EngineContext& context) : m_context(context) { }

    /// What ProviderSessions::open() says, and Cancelled once the engine goes down. The pointer goes stale when a key
    /// changes: whoever waits asks again.
    Task<Result<Provider*>> open(AccountRef account);

private:
    EngineContext& m_context;
};

} // namespace visgate
