// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/jobs/job.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"

#include <QList>

#include <optional>

namespace visgate {

class AccountEndpoints;
class DeploymentTable;
class Handlers;
class BillReader;
class SpendBooks;
class SpendLimits;
class VolumeList;

/// Money as the engine's callers see it: what was spent, and the limits. Engine thread only.
class MoneyHandlers {
public:
    MoneyHandlers(EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints,
        SpendBooks& spend, BillReader& bills, SpendLimits& limits, VolumeList& volumes)
        : m_context(context), m_table(table), m_endpoints(endpoints), m_spend(spend), m_bills(bills), m_limits(limits),
          m_volumes(volumes)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<SpendReport>> spend(SpendQuery query);
    Task<Result<QList<SpendLimit>>> limits();
    Task<Result<void>> setLimit(SpendLimit limit);
    Task<Result<QList<LimitState>>> limitStates();

    [[nodiscard]] int picturesIn(const SpendQuery& query, const QList<Job>& jobs) const;
    [[nodiscard]] MonthForecast forecastOf(
        const SpendQuery& query, const SpendSummary& summary, double volumesUsd) const;
    [[nodiscard]] std::optional<AccountId> targetOf(const DeploymentId& id) const;

    EngineContext& m_context;
    const DeploymentTable& m_table;
    const AccountEndpoints& m_endpoints;
    SpendBooks& m_spend;
    BillReader& m_bills;
    SpendLimits& m_limits;
    VolumeList& m_volumes;
};

} // namespace visgate
