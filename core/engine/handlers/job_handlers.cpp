// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/job_handlers.h"

#include "core/engine/deployments/deployment_table.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/spend_limits.h"
#include "core/operations/handlers.h"

#include <algorithm>
#include <utility>

namespace visgate {

void JobHandlers::addTo(Handlers& handlers)
{
    handlers.add<SubmitJob>([this](SubmitJob op) { return submit(std::move(op.deployment), std::move(op.input)); });
    handlers.add<GetJob>([this](GetJob op) { return job(std::move(op.id)); });
    handlers.add<ListJobs>([this](ListJobs op) { return jobs(std::move(op)); });
    handlers.add<CancelJob>([this](CancelJob op) { return cancel(std::move(op.id)); });
    handlers.add<RetryJob>([this](RetryJob op) { return retry(std::move(op.id)); });
}

Task<Result<Job>> JobHandlers::submit(DeploymentId id, JobInput input)
{
    const auto living = m_table.living(id);
    if (!living)
        co_return fail(living.error());
    DeploymentRun* const owner = *living;
    if (auto refused = m_limits.refusal(owner->keyAccount(), id))
        co_return fail(*std::move(refused));
    if (!owner->acceptsJobs())
        co_return fail(ErrorCode::Conflict, toString(owner->record().deployment.status).toStdString());
    if (auto checked = checkInput(input); !checked)
        co_return fail(std::move(checked.error()));
    auto job = m_jobs.submit(owner->record().deployment, std::move(input));
    owner->wake();
    co_return job;
}

Task<Result<Job>> JobHandlers::job(JobId id)
{
    co_return m_jobs.job(id);
}

Task<Result<QList<Job>>> JobHandlers::jobs(ListJobs asked)
{
    if (!asked.deployment.isEmpty()) {
        auto known = m_table.deployment(asked.deployment);
        if (!known)
            co_return fail(std::move(known.error()));
    }
    const int limit = std::clamp(asked.limit, 1, ListJobs::kMostJobs);
    co_return m_jobs.jobs(asked.deployment, limit, asked.olderThan);
}

Task<Result<void>> JobHandlers::cancel(JobId id)
{
    co_return m_jobs.cancel(id);
}

Task<Result<Job>> JobHandlers::retry(JobId id)
{
    auto job = m_jobs.job(id);
    if (!job)
        co_return fail(std::move(job.error()));
    if (job->status != JobStatus::Failed && job->status != JobStatus::TimedOut)
        co_return fail(ErrorCode::Conflict, toString(job->status).toStdString());
    DeploymentRun* const owner = m_table.find(job->deployment);
    if (!owner || !owner->acceptsJobs())
        co_return fail(ErrorCode::Conflict, "the deployment takes no jobs");
    co_return m_jobs.retry(*std::move(job), owner->record().deployment.target);
}

} // namespace visgate
