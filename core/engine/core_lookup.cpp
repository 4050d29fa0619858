// SPDX-License-Identifier: GPL-3.0-or-later
// What can be looked up, and a job's second try.
#include "core/domain/model/job_schema.h"
#include "core/engine/engine_parts.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

Task<Result<ModelDetails>> EngineCore::modelDetails(Target target, QString idOrLink)
{
    if (const auto preset = m_parts->accounts.registry().preset(idOrLink))
        co_return ModelDetails{*preset, jobInputSchema(*preset)};
    if (target == Target::Practice) {
        auto opened = co_await m_parts->accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    auto token = co_await m_parts->accounts.hubToken(target, idOrLink);
    if (!token)
        token = std::shared_ptr<const Secret>(); // a locked keyring does not keep anybody from looking
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* const source
        = target == Target::Practice ? m_parts->accounts.models(target) : &m_parts->accounts.registry();
    if (!source)
        co_return fail(ErrorCode::Cancelled);
    auto found = co_await source->find(idOrLink, {}, *token);
    if (!found)
        co_return fail(std::move(found.error()));
    co_return ModelDetails{*found, jobInputSchema(*found)};
}

Task<Result<KeyVerdict>> EngineCore::tryKey(std::shared_ptr<const Secret> key)
{
    auto verdict = co_await m_parts->accounts.tryKey(std::move(key));
    co_return verdict;
}

Task<Result<Job>> EngineCore::retryJob(JobId id)
{
    auto job = m_parts->jobs.job(id);
    if (!job)
        co_return fail(std::move(job.error()));
    if (job->status != JobStatus::Failed && job->status != JobStatus::TimedOut)
        co_return fail(ErrorCode::Conflict, toString(job->status).toStdString());
    DeploymentRun* const owner = run(job->deployment);
    if (!owner || !owner->acceptsJobs())
        co_return fail(ErrorCode::Conflict, "the deployment takes no jobs");
    co_return m_parts->jobs.retry(*std::move(job), owner->record().deployment.target);
}

} // namespace visgate
