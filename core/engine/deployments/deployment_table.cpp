// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/deployment_table.h"

#include "core/engine/money/spend_books.h"
#include "core/engine/money/spend_limits.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace visgate {

DeploymentTable::DeploymentTable(EngineContext& context, JobRunner& jobs) : m_context(context), m_jobs(jobs)
{
    m_jobs.setOwners(*this);
}

DeploymentTable::~DeploymentTable() = default;

DeploymentRun& DeploymentTable::add(DeploymentRecord record)
{
    const DeploymentId id = record.deployment.id;
    auto made = std::make_unique<DeploymentRun>(m_context, m_jobs, std::move(record));
    return *m_runs.insert_or_assign(id, std::move(made)).first->second;
}

DeploymentRun* DeploymentTable::find(const DeploymentId& id) const
{
    const auto found = m_runs.find(id);
    return found == m_runs.end() ? nullptr : found->second.get();
}

Result<DeploymentRun*> DeploymentTable::living(const DeploymentId& id) const
{
    if (DeploymentRun* const owner = find(id))
        return owner;
    auto known = deployment(id);
    if (!known)
        return fail(std::move(known.error()));
    return fail(ErrorCode::Conflict, toString(known->status).toStdString());
}

Result<Deployment> DeploymentTable::deployment(const DeploymentId& id) const
{
    if (DeploymentRun* const owner = find(id))
        return owner->shown();
    auto record = m_context.deployments.find(id);
    if (!record)
        return fail(std::move(record.error()));
    if (!*record)
        return fail(Error{ErrorCode::NotFound, id.value(), 0, {}, {id.value()}});
    return std::move((*record)->deployment);
}

QList<const DeploymentRun*> DeploymentTable::at(const AccountRef& account) const
{
    QList<const DeploymentRun*> found;
    for (const auto& [id, owner] : m_runs) {
        if (owner->keyAccount() == account && owner->record().deployment.status != DeploymentStatus::Deleted
            && owner->mayExist())
            found.append(owner.get());
    }
    return found;
}

Task<Result<void>> DeploymentTable::setDesired(DeploymentId id, DesiredState desired, Answer answer)
{
    DeploymentRun* const owner = find(id);
    if (!owner) {
        auto known = deployment(id);
        if (!known)
            co_return fail(std::move(known.error()));
        // Deleted before this program's start: deleting again is no mistake, the rest is.
        if (desired == DesiredState::Delete)
            co_return Result<void>();
        co_return fail(ErrorCode::Conflict, toString(known->status).toStdString());
    }
    if (desired == DesiredState::Run) {
        if (auto refused = m_context.limits->refusal(owner->keyAccount(), id))
            co_return fail(*std::move(refused));
    }
    auto wished = owner->setDesired(desired);
    if (!wished || answer == Answer::AtOnce)
        co_return wished;
    const QFuture<Result<void>> settled = owner->whenSettled();
    auto outcome = co_await settled;
    co_return outcome;
}

void DeploymentTable::wakeAll() const
{
    for (const auto& [id, owner] : m_runs)
        owner->wake();
}

bool DeploymentTable::lackLogLines() const
{
    return std::any_of(m_runs.begin(), m_runs.end(), [](const auto& entry) { return entry.second->lacksLogLines(); });
}

void DeploymentTable::stopAll() const
{
    for (const auto& [id, owner] : m_runs)
        owner->stop();
}

std::optional<Deployment> DeploymentTable::deploymentOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner ? std::optional(owner->record().deployment) : std::nullopt;
}

EndpointId DeploymentTable::endpointOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner ? owner->jobEndpoint() : EndpointId();
}

AccountRef DeploymentTable::accountOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner ? owner->account() : AccountRef(AccountId::runpod());
}

bool DeploymentTable::isReachable(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner && m_context.accounts.isOpen(owner->account())
        && m_context.accounts.userHash(owner->account()) == owner->record().deployment.userHash;
}

std::chrono::seconds DeploymentTable::executionTimeoutOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return (owner ? owner->record().deployment.limits : EndpointLimits()).executionTimeout;
}

double DeploymentTable::usdPerHourOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner ? m_context.spend->usdPerHourOf(owner->record()) : 0.0;
}

int DeploymentTable::extraJobsOf(const DeploymentId& id) const
{
    const DeploymentRun* const owner = find(id);
    return owner ? owner->record().holdJobs + (owner->record().warmUpJob.isEmpty() ? 0 : 1) : 0;
}

void DeploymentTable::onJob(const Job& job)
{
    if (DeploymentRun* const owner = find(job.deployment))
        owner->onJob(job);
}

} // namespace visgate
