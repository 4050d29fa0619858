// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/job_news.h"

#include "core/engine/jobs/job_runner.h"
#include "core/engine/metrics/worker_history.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/sessions/provider_sessions.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

JobNews::JobNews(RunState& state, StartProgress& start, AccountNews& news)
    : m_state(state), m_start(start), m_news(news), m_context(state.context()), m_record(state.record())
{
}

void JobNews::take(const Job& job)
{
    m_context.workers->onJobs(job.deployment, m_state.jobs().load(job.deployment));
    if (isFinished(job.status)) {
        m_context.spend->onJob(m_record, job);
        m_state.publish(); // whoever hears of the picture next hears what it cost
    }
    if (!isFinished(job.status) && m_state.hasEndpoint())
        m_start.begin();
    if (job.status == JobStatus::Completed) {
        m_start.onPicture(job);
        keepLatency(job);
        m_state.noteReady(u"a job was completed"_s);
        for (const Artifact& artifact : job.artifacts)
            m_record.deployment.demoModel = m_record.deployment.demoModel || !artifact.label.isEmpty();
        m_state.wake();
    }
    m_news.followWhatLives();
}

void JobNews::keepLatency(const Job& job)
{
    if (!m_workersThatDrew) {
        // Once: a deployment may have thousands of jobs.
        m_workersThatDrew.emplace();
        const QList<Job> others = m_context.jobs.list(job.deployment).value_or(QList<Job>());
        for (const Job& other : others) {
            if (other.id != job.id && other.status == JobStatus::Completed)
                m_workersThatDrew->insert(other.workerId);
        }
    }
    // A worker's first picture waited for its start.
    const bool isFirst = !m_workersThatDrew->contains(job.workerId);
    m_workersThatDrew->insert(job.workerId);
    const Deployment& deployment = m_record.deployment;
    const LatencySetting setting{
        deployment.target, m_context.accounts.registry().familyOf(deployment.modelId), deployment.gpuAllocated, {}};
    const QList<LatencySample> samples = latencyOf(job, setting, isFirst);
    [[maybe_unused]] const auto kept = m_context.stored(m_context.latency.add(samples));
}

} // namespace visgate
