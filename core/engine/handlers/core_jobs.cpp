// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures asked for.
#include "core/domain/jobs/job_input.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/jobs.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

Task<Result<Job>> EngineCore::submitJob(DeploymentId id, JobInput input)
{
    const auto living = m_parts->table.living(id);
    if (!living)
        co_return fail(living.error());
    DeploymentRun* const owner = *living;
    if (auto refused = m_parts->spend.refusal(owner->keyAccount(), id))
        co_return fail(*std::move(refused));
    if (!owner->acceptsJobs())
        co_return fail(ErrorCode::Conflict, toString(owner->record().deployment.status).toStdString());
    if (auto checked = checkInput(input); !checked)
        co_return fail(std::move(checked.error()));
    auto job = m_parts->jobs.submit(owner->record().deployment, std::move(input));
    owner->wake();
    co_return job;
}

Task<Result<Job>> EngineCore::job(JobId id)
{
    co_return m_parts->jobs.job(id);
}

Task<Result<QList<Job>>> EngineCore::jobs(DeploymentId id)
{
    if (!id.isEmpty()) {
        auto known = m_parts->table.deployment(id);
        if (!known)
            co_return fail(std::move(known.error()));
    }
    co_return m_parts->jobs.jobs(id);
}

Task<Result<void>> EngineCore::cancelJob(JobId id)
{
    co_return m_parts->jobs.cancel(id);
}

Task<Result<Job>> EngineCore::retryJob(JobId id)
{
    auto job = m_parts->jobs.job(id);
    if (!job)
        co_return fail(std::move(job.error()));
    if (job->status != JobStatus::Failed && job->status != JobStatus::TimedOut)
        co_return fail(ErrorCode::Conflict, toString(job->status).toStdString());
    DeploymentRun* const owner = m_parts->table.find(job->deployment);
    if (!owner || !owner->acceptsJobs())
        co_return fail(ErrorCode::Conflict, "the deployment takes no jobs");
    co_return m_parts->jobs.retry(*std::move(job), owner->record().deployment.target);
}

void EngineCore::handleJobs()
{
    m_handlers.add<SubmitJob>(
        [this](SubmitJob op) { return submitJob(std::move(op.deployment), std::move(op.input)); });
    m_handlers.add<GetJob>([this](GetJob op) { return job(std::move(op.id)); });
    m_handlers.add<ListJobs>([this](ListJobs op) { return jobs(std::move(op.deployment)); });
    m_handlers.add<CancelJob>([this](CancelJob op) { return cancelJob(std::move(op.id)); });
    m_handlers.add<RetryJob>([this](RetryJob op) { return retryJob(std::move(op.id)); });
}

} // namespace visgate
