// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_runner.h"

#include "core/base/masked.h"
#include "core/engine/context/publisher.h"
#include "core/engine/jobs/job_entry.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/foundation/ids.h"
#include "core/foundation/redactor.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

JobRunner::JobRunner(EngineContext& context, ArtifactFiles files) : m_context(context), m_files(std::move(files)) { }

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
        const auto deployment = m_owners->deploymentOf(job.deployment);
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
    auto entry = std::make_shared<Entry>();
    entry->job = std::move(job);
    entry->target = target;
    entry->suspect = suspect && entry->job.providerJob.isEmpty();
    m_entries[entry->job.id] = entry;
    m_context.publisher.publish(entry->job);
    m_context.scope.add(drive(entry));
}

Task<void> JobRunner::drive(std::shared_ptr<Entry> entry)
{
    while (!m_context.stopping) {
        const Pause pause = co_await step(entry);
        if (!pause || m_context.stopping)
            break;
        if (*pause > kAtOnce)
            co_await entry->waker.pause(*pause);
    }
    m_entries.erase(entry->job.id);
}

void JobRunner::onStep(const DeploymentId& deployment, const ProviderJobId& provider, int step, int count)
{
    for (const auto& [id, entry] : m_entries) {
        Job& job = entry->job;
        // A late event must not turn progress back.
        if (job.deployment != deployment || job.providerJob != provider || count <= 0 || step <= job.step)
            continue;
        job.step = std::min(step, count);
        job.stepCount = count;
        job.progress = static_cast<double>(job.step) / count;
        if (job.status == JobStatus::InQueue)
            job.status = JobStatus::InProgress;
        publish(*entry);
        return;
    }
}

Result<void> JobRunner::cancel(const JobId& id)
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end()) {
        auto known = job(id);
        if (!known)
            return fail(std::move(known.error()));
        return fail(ErrorCode::Conflict, toString(known->status).toStdString());
    }
    entry->second->cancelWanted = true;
    entry->second->waker.wake();
    return {};
}

Result<Job> JobRunner::job(const JobId& id)
{
    if (const auto entry = m_entries.find(id); entry != m_entries.end())
        return entry->second->job;
    auto found = m_context.jobs.find(id);
    if (!found)
        return fail(std::move(found.error()));
    if (!*found)
        return fail(Error{ErrorCode::NotFound, id.value(), 0, {}, {id.value()}});
    return std::move(**found);
}

Result<QList<Job>> JobRunner::jobs(const DeploymentId& deployment)
{
    auto stored = m_context.jobs.list(deployment);
    if (!stored)
        return stored;
    for (Job& job : *stored) {
        if (const auto entry = m_entries.find(job.id); entry != m_entries.end())
            job = entry->second->job;
    }
    return stored;
}

bool JobRunner::hasUnfinished(const DeploymentId& deployment) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
        [&](const auto& entry) { return entry.second->job.deployment == deployment; });
}

void JobRunner::onEndpointChanged(const DeploymentId& deployment)
{
    for (const auto& [id, entry] : m_entries) {
        if (entry->job.deployment == deployment && entry->job.providerJob.isEmpty() && entry->failures == 0)
            entry->waker.wake();
    }
}

void JobRunner::onDeploymentEnded(const DeploymentId& deployment, const std::optional<Error>& error)
{
    for (const auto& [id, entry] : m_entries) {
        if (entry->job.deployment != deployment)
            continue;
        entry->ended = error;
        entry->waker.wake();
    }
}

void JobRunner::stop()
{
    for (const auto& [id, entry] : m_entries)
        entry->waker.wake();
}

} // namespace visgate
