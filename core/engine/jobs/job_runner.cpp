// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_runner.h"

#include "core/base/masked.h"
#include "core/engine/context/publisher.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/foundation/ids.h"
#include "core/foundation/redactor.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

JobRunner::JobRunner(EngineContext& context, ArtifactFiles files)
    : m_context(context), m_around{context, std::move(files), {context, m_around.files}, *this}
{
}

JobRunner::~JobRunner() = default;

namespace {

/// A key that was typed or pasted into the words would be drawn, stored, sent and written into the picture's file.
JobInput withoutKeys(JobInput input, const Redactor& redactor)
{
    input.prompt = masked(input.prompt, redactor);
    input.negativePrompt = masked(input.negativePrompt, redactor);
    return input;
}

} // namespace

Result<Job> JobRunner::submit(const Deployment& deployment, JobInput input)
{
    Job job;
    job.id = newJobId(m_context.now());
    job.deployment = deployment.id;
    job.input = withoutKeys(input, *m_context.config.redactor);
    job.createdAt = m_context.now();
    if (job.input != input)
        m_context.logs.addOwn(deployment.id,
            {job.createdAt, u"warning"_s, u"A key was in the words of a picture; it was taken out"_s},
            deployment.status);
    if (auto saved = m_context.stored(m_context.jobs.save(job)); !saved)
        return fail(std::move(saved.error()));
    m_context.at("job.committed");
    start(job, deployment.target, false);
    return job;
}

Result<Job> JobRunner::retry(Job job, AccountId target)
{
    Job again;
    again.id = job.id;
    again.deployment = job.deployment;
    again.input = std::move(job.input);
    again.createdAt = job.createdAt;
    again.costUsd = job.costUsd; // what the failed try cost stays spent
    if (auto saved = m_context.stored(m_context.jobs.save(again)); !saved)
        return fail(std::move(saved.error()));
    start(again, target, false);
    return again;
}

Result<void> JobRunner::takeUp()
{
    auto jobs = m_context.jobs.unfinished();
    if (!jobs)
        return fail(std::move(jobs.error()));
    for (Job& job : *jobs) {
        const auto deployment = m_around.owners->deploymentOf(job.deployment);
        if (deployment && deployment->status != DeploymentStatus::Failed) {
            start(std::move(job), deployment->target, true);
            continue;
        }
        job.status = JobStatus::Cancelled;
        job.finishedAt = m_context.now();
        [[maybe_unused]] const auto saved = m_context.stored(m_context.jobs.save(job));
    }
    return {};
}

void JobRunner::start(Job job, AccountId target, bool suspect)
{
    const auto run = std::make_shared<JobRun>(m_around, std::move(job), target, suspect);
    m_runs[run->job().id] = run;
    m_context.publisher.publish(run->job());
    m_context.scope.add(drive(run));
}

Task<void> JobRunner::drive(std::shared_ptr<JobRun> run)
{
    while (!m_context.stopping) {
        const Pause pause = co_await run->step();
        if (!pause || m_context.stopping)
            break;
        if (*pause > kAtOnce)
            co_await run->wait(*pause);
    }
    m_runs.erase(run->job().id);
}

bool JobRunner::hasQueued(const DeploymentId& deployment) const
{
    return std::any_of(m_runs.begin(), m_runs.end(), [&](const auto& other) {
        const Job& job = other.second->job();
        return job.deployment == deployment && job.status == JobStatus::InQueue;
    });
}

JobRun* JobRunner::find(const DeploymentId& deployment, const ProviderJobId& provider) const
{
    for (const auto& [id, run] : m_runs) {
        if (run->job().deployment == deployment && run->job().providerJob == provider)
            return run.get();
    }
    return nullptr;
}

void JobRunner::onStep(const DeploymentId& deployment, const ProviderJobId& provider, int step, int count)
{
    if (JobRun* const run = find(deployment, provider))
        run->onStep(step, count);
}

void JobRunner::onMade(const DeploymentId& deployment, const ProviderJobId& provider)
{
    if (JobRun* const run = find(deployment, provider))
        run->onMade();
}

Result<void> JobRunner::cancel(const JobId& id)
{
    const auto run = m_runs.find(id);
    if (run == m_runs.end()) {
        auto known = job(id);
        if (!known)
            return fail(std::move(known.error()));
        return fail(ErrorCode::Conflict, toString(known->status).toStdString());
    }
    run->second->cancel();
    return {};
}

Result<Job> JobRunner::job(const JobId& id)
{
    if (const auto run = m_runs.find(id); run != m_runs.end())
        return run->second->job();
    auto found = m_context.jobs.find(id);
    if (!found)
        return fail(std::move(found.error()));
    if (!*found)
        return fail(Error{ErrorCode::NotFound, id.value(), 0, {}, {id.value()}});
    return std::move(**found);
}

Result<QList<Job>> JobRunner::jobs(const DeploymentId& deployment, int limit, const JobId& olderThan)
{
    auto stored = m_context.jobs.list(deployment, limit, olderThan);
    if (!stored)
        return stored;
    for (Job& job : *stored) {
        if (const auto run = m_runs.find(job.id); run != m_runs.end())
            job = run->second->job();
    }
    return stored;
}

bool JobRunner::hasUnfinished(const DeploymentId& deployment) const
{
    return std::any_of(
        m_runs.begin(), m_runs.end(), [&](const auto& run) { return run.second->job().deployment == deployment; });
}

JobLoad JobRunner::load(const DeploymentId& deployment) const
{
    JobLoad load;
    for (const auto& [id, run] : m_runs) {
        const Job& job = run->job();
        if (job.deployment != deployment || isFinished(job.status))
            continue;
        ++(job.status == JobStatus::InProgress ? load.running : load.waiting);
    }
    return load;
}

void JobRunner::onEndpointChanged(const DeploymentId& deployment)
{
    for (const auto& [id, run] : m_runs) {
        if (run->job().deployment == deployment)
            run->onEndpointChanged();
    }
}

void JobRunner::onDeploymentEnded(const DeploymentId& deployment, const std::optional<Error>& error)
{
    for (const auto& [id, run] : m_runs) {
        if (run->job().deployment == deployment)
            run->onDeploymentEnded(error);
    }
}

void JobRunner::stop()
{
    for (const auto& [id, run] : m_runs)
        run->wake();
}

} // namespace visgate
