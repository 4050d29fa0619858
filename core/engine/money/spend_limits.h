// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"

#include <QHash>
#include <QList>

#include <optional>

namespace visgate {

class PendingStops;
class SpendBooks;
class SpendRepository;

/// The brakes: what was spent, held against the user's limits. Engine thread only.
class SpendLimits {
public:
    /// What the limits cover.
    class Covered {
    public:
        virtual ~Covered() = default;
        [[nodiscard]] virtual QList<DeploymentRecord> records() const = 0;
        /// A mark was passed, for the first time in its period.
        virtual void onMark(const LimitState& state) = 0;
        /// A limit is reached: what it covers must not go on. Said at each look as long as that is so.
        virtual void onLimit(const LimitState& state, const Error& why) = 0;
    };
    SpendLimits(EngineContext& context, SpendRepository& store, SpendBooks& books, PendingStops& stops)
        : m_context(context), m_store(store), m_books(books), m_stops(stops)
    {
    }
    /// `covered` outlives what it is asked for.
    void setCovered(Covered& covered) { m_covered = &covered; }

    /// Why nothing more may be spent there; `deployment` is empty for a new one.
    [[nodiscard]] std::optional<Error> refusal(const AccountRef& account, const DeploymentId& deployment);
    enum class Which { Running, All };
    /// Holds the spending against the limits; `All` also that of deployments which cost nothing at the moment.
    void check(AccountId target, Which which);

    [[nodiscard]] Result<QList<SpendLimit>> limits();
    Result<void> setLimit(const SpendLimit& limit);
    /// Each limit at each target that has spent something, or where it stands at 0.
    [[nodiscard]] Result<QList<LimitState>> states();

private:
    [[nodiscard]] Result<QList<LimitState>> statesOf(AccountId target, const QList<SpendLimit>& limits, Which which);

    EngineContext& m_context;
    SpendRepository& m_store;
    SpendBooks& m_books;
    PendingStops& m_stops;
    Covered* m_covered = nullptr;
    QHash<AccountId, MonotonicPoint> m_checkedAt;
};

/// The error that says which limit stands in the way.
[[nodiscard]] Error limitError(const LimitState& state);

} // namespace visgate
