// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/money_handlers.h"

#include "core/engine/context/account_book.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/money/bill_reader.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/money/spend_limits.h"
#include "core/engine/volumes/volume_list.h"
#include "core/operations/handlers.h"
#include "core/operations/money.h"

#include <QHash>

#include <algorithm>
#include <chrono>
#include <utility>

namespace visgate {

void MoneyHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetSpend>([this](GetSpend op) { return spend(std::move(op.query)); });
    handlers.add<ListSpendLimits>([this](ListSpendLimits) { return limits(); });
    handlers.add<SetSpendLimit>([this](SetSpendLimit op) { return setLimit(std::move(op.limit)); });
    handlers.add<ListLimitStates>([this](ListLimitStates) { return limitStates(); });
}

Task<Result<SpendReport>> MoneyHandlers::spend(SpendQuery query)
{
    if (query.to <= query.from)
        co_return fail(ErrorCode::InvalidRequest, "from, to");
    if (!query.asKnown) {
        [[maybe_unused]] auto read
            = co_await m_bills.read(query.target, CallFor::Deployment); // offline, what is known stands
    }
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    std::optional<VolumeSpend> volumes;
    if (query.deployment.isEmpty() && !query.asKnown)
        volumes = co_await m_volumes.spend(query.target);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    auto summary = m_spend.summary(query.target, query.from, query.to, query.deployment);
    if (!summary)
        co_return fail(std::move(summary.error()));
    // What was spent at an account that is not there any more is told all the same.
    if (auto known = m_context.book.checkKnown(query.target); !known && summary->countedUsd <= 0.0)
        co_return fail(std::move(known.error()));
    auto jobs = m_context.jobs.list(query.deployment);
    if (!jobs)
        co_return fail(std::move(jobs.error()));
    summary->pictures += picturesIn(query, *jobs);
    if (query.deployment.isEmpty())
        summary->usdPerHourElsewhere = m_endpoints.usdPerHourElsewhere(query.target);
    SpendReport report;
    report.forecast = forecastOf(query, *summary, volumes ? volumes->monthlyUsd : 0.0);
    report.summary = *std::move(summary);
    report.volumes = volumes;
    co_return report;
}

int MoneyHandlers::picturesIn(const SpendQuery& query, const QList<Job>& jobs) const
{
    QHash<QString, AccountId> targets;
    const auto isOfTarget = [&](const DeploymentId& id) {
        const QString key = QString::fromStdString(id.value());
        if (!targets.contains(key))
            targets.insert(key, targetOf(id).value_or(query.target));
        return targets.value(key) == query.target;
    };
    int pictures = 0;
    for (const Job& job : jobs) {
        const bool isOfPeriod = job.finishedAt && *job.finishedAt >= query.from && *job.finishedAt < query.to;
        if (isOfPeriod && job.status == JobStatus::Completed && isOfTarget(job.deployment))
            pictures += std::max(1, static_cast<int>(job.artifacts.size()));
    }
    return pictures;
}

MonthForecast MoneyHandlers::forecastOf(const SpendQuery& query, const SpendSummary& summary, double volumesUsd) const
{
    double standing = 0.0;
    double dearest = 0.0;
    for (const auto& [id, owner] : m_table.all()) {
        const DeploymentRecord& record = owner->record();
        const Deployment& d = record.deployment;
        if (d.target != query.target || (!query.deployment.isEmpty() && id != query.deployment))
            continue;
        dearest = std::max(dearest, record.usdPerHourCeiling);
        if (d.status == DeploymentStatus::Ready)
            standing += record.usdPerHourCeiling * d.workers.min;
    }
    const double days = std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(query.to - query.from).count());
    constexpr double assumedSeconds = 60.0; // of a first picture, where nothing was ever made
    return forecastMonth(summary, query.picturesPerDay.value_or(summary.pictures / days),
        dearest * assumedSeconds / 3600.0, standing, volumesUsd);
}

std::optional<AccountId> MoneyHandlers::targetOf(const DeploymentId& id) const
{
    if (const DeploymentRun* const owner = m_table.find(id))
        return owner->record().deployment.target;
    const auto record = m_context.deployments.find(id);
    if (!record || !*record)
        return std::nullopt;
    return (*record)->deployment.target;
}

Task<Result<QList<SpendLimit>>> MoneyHandlers::limits()
{
    co_return m_limits.limits();
}

Task<Result<void>> MoneyHandlers::setLimit(SpendLimit limit)
{
    if (!limit.deployment.isEmpty()) {
        auto known = m_table.deployment(limit.deployment);
        if (!known)
            co_return fail(std::move(known.error()));
    }
    co_return m_limits.setLimit(limit);
}

Task<Result<QList<LimitState>>> MoneyHandlers::limitStates()
{
    co_return m_limits.states();
}

} // namespace visgate
