// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/money/spend_limits.h"

#include <QList>

namespace visgate {

class AccountEndpoints;
class BillReader;
class DeploymentTable;
class StopHandlers;

/// Looks after the money as long as the engine lives: bills, prices and what was left to be stopped; and stops, at a
/// limit, the deployments that it covers. Engine thread only.
class SpendWatch final : private SpendBooks::Watcher, private SpendLimits::Covered {
public:
    SpendWatch(EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints,
        SpendBooks& spend, SpendLimits& limits, BillReader& bills, StopHandlers& stops);

    /// Ends once the engine goes down.
    Task<void> run();
    /// Looks at once: a key has come, or the engine goes down.
    void wake() { m_waker.wake(); }

private:
    [[nodiscard]] QList<DeploymentRecord> records() const override;
    void onMark(const LimitState& state) override;
    void onLimit(const LimitState& state, const Error& why) override;
    void onSpent(AccountId target) override;
    void onPriceMissing() override { m_waker.wake(); }

    Task<void> look(AccountId target);
    Task<void> refreshPrices(AccountId target);
    [[nodiscard]] bool costsNow(AccountId target) const;

    EngineContext& m_context;
    const DeploymentTable& m_table;
    const AccountEndpoints& m_endpoints;
    SpendLimits& m_limits;
    BillReader& m_bills;
    StopHandlers& m_stops;
    Waker m_waker;
};

} // namespace visgate
