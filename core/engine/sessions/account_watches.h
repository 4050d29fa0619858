// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/sessions/account_watch.h"

#include <map>
#include <memory>

namespace visgate {

/// The one watch of each account. Engine thread only.
class AccountWatches {
public:
    /// `context` outlives this object.
    explicit AccountWatches(EngineContext& context) : m_context(context) { }

    /// Made when it is first asked for.
    [[nodiscard]] AccountWatch& of(const AccountRef& account)
    {
        std::unique_ptr<AccountWatch>& watch = m_watches[account];
        if (!watch)
            watch = std::make_unique<AccountWatch>(m_context, account);
        return *watch;
    }
    void stopAll()
    {
        for (const auto& [account, watch] : m_watches)
            watch->stop();
    }

private:
    EngineContext& m_context;
    std::map<AccountRef, std::unique_ptr<AccountWatch>> m_watches;
};

} // namespace visgate
