// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"

#include <QList>

#include <optional>

namespace visgate {

class SpendRepository;

/// Where "Stop everything" is not done yet: kept on disk, so that an account that cannot be reached now is stopped when
/// it can be. Engine thread only.
class PendingStops {
public:
    PendingStops(EngineContext& context, SpendRepository& store) : m_context(context), m_store(store) { }

    /// A store that cannot be read has none.
    [[nodiscard]] QList<PendingStop> all();
    /// A store that cannot take them does not make them undone.
    void set(const QList<PendingStop>& stops);
    void end(const AccountRef& account);
    [[nodiscard]] bool isPendingAt(const AccountRef& account);

private:
    EngineContext& m_context;
    SpendRepository& m_store;
    std::optional<QList<PendingStop>> m_stops; ///< once they have been read
};

} // namespace visgate
