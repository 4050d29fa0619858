// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/metrics/spans.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/jobs/job_run.h"

#include <map>
#include <memory>
#include <optional>

namespace visgate {

/// Takes jobs from the wish to the stored picture: submit, follow, fetch at once (the provider keeps results for half
/// an hour only). Every job is a row before it is sent; each unfinished one has its JobRun. Engine thread only.
class JobRunner final : private JobNeighbours {
public:
    JobRunner(EngineContext& context, ArtifactFiles files);
    ~JobRunner() override;
    /// Before the first job; `owners` outlives them.
    void setOwners(JobOwners& owners) { m_around.owners = &owners; }

    /// Makes the job durable and starts it; it waits for the endpoint by itself.
    Result<Job> submit(const Deployment& deployment, JobInput input);
    /// Takes up what the last run of the program left unfinished.
    Result<void> takeUp();
    /// A finished job from the beginning, under its id and with its input.
    Result<Job> retry(Job job, AccountId target);
    /// Conflict when it has ended.
    Result<void> cancel(const JobId& id);
    [[nodiscard]] Result<Job> job(const JobId& id);
    [[nodiscard]] Result<QList<Job>> jobs(
        const DeploymentId& deployment, int limit = 1000, const JobId& olderThan = {});

    [[nodiscard]] bool hasUnfinished(const DeploymentId& deployment) const;
    /// How many of its jobs are being made, and how many wait for that.
    [[nodiscard]] JobLoad load(const DeploymentId& deployment) const;
    void onEndpointChanged(const DeploymentId& deployment);
    /// Its jobs end with it: Failed with `error`, or Cancelled when it was deleted.
    void onDeploymentEnded(const DeploymentId& deployment, const std::optional<Error>& error);
    /// A `step` event of the log stream, quicker than polling.
    void onStep(const DeploymentId& deployment, const ProviderJobId& job, int step, int count);
    /// A `result` event: the worker has made it, whatever the queue says.
    void onMade(const DeploymentId& deployment, const ProviderJobId& job);
    void stop();

private:
    [[nodiscard]] bool hasQueued(const DeploymentId& deployment) const override;

    void start(Job job, AccountId target, bool suspect);
    Task<void> drive(std::shared_ptr<JobRun> run);
    /// Null unless that job is unfinished and the provider has taken it.
    [[nodiscard]] JobRun* find(const DeploymentId& deployment, const ProviderJobId& job) const;

    EngineContext& m_context;
    JobSurroundings m_around;
    std::map<JobId, std::shared_ptr<JobRun>> m_runs; ///< unfinished ones
};

} // namespace visgate
