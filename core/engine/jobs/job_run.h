// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/pause.h"
#include "core/engine/jobs/artifact_files.h"
#include "core/engine/jobs/job_owners.h"
#include "core/engine/jobs/job_uploads.h"
#include "core/engine/jobs/job_verdicts.h"
#include "core/providers/provider.h"

#include <optional>

namespace visgate {

/// The other unfinished jobs, as one of them knows them.
class JobNeighbours {
public:
    virtual ~JobNeighbours() = default;
    /// Whether the provider has taken a job of that deployment which waits in its queue.
    [[nodiscard]] virtual bool hasQueued(const DeploymentId& deployment) const = 0;
};

/// What the runs of all jobs share.
struct JobSurroundings {
    EngineContext& context;
    ArtifactFiles files;
    JobUploads uploads;
    const JobNeighbours& neighbours;
    JobOwners* owners = nullptr; ///< never null once the first job has come
};

/// One job's way through the provider's queue, until it is over: each step does one external thing and writes the
/// result. Lives as long as what drives it, which holds it. Engine thread only.
class JobRun {
public:
    /// `suspect`: it may have been sent without our knowing the provider's id.
    JobRun(JobSurroundings& around, Job job, AccountId target, bool suspect);

    [[nodiscard]] const Job& job() const { return m_job; }
    /// One step; how long to wait before the next, unset when the job is over.
    Task<Pause> step();
    /// Waits before the next step, unless something happens to the job.
    Task<void> wait(Pause::value_type pause);
    void wake() { m_waker.wake(); }

    void cancel();
    /// Its deployment ended, and why: Failed with `error`, or Cancelled without one.
    void onDeploymentEnded(const std::optional<Error>& error);
    /// There may be an endpoint now.
    void onEndpointChanged();
    /// False for a late word, which must not turn progress back.
    bool onStep(int step, int count);
    void onMade() { m_verdicts.onMade(); }

private:
    Task<Pause> send(EndpointId endpoint);
    Task<Pause> settleSuspicion(EndpointId endpoint);
    Task<Pause> poll(EndpointId endpoint);
    Task<Pause> endOverdue(EndpointId endpoint);
    Pause onDenied(const Error& answer);
    Pause finish(JobStatus status, std::optional<Error> error);
    Pause complete(const ProviderJob& answer, const FetchedArtifacts& fetched);
    Pause retryLater(const Error& error);
    [[nodiscard]] std::chrono::milliseconds backOff(int times) const;
    void takeProgress(const ProviderJob& answer);
    void save();
    void publish();
    [[nodiscard]] int knownAtTheProvider() const;
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] Provider* provider() const;
    [[nodiscard]] std::chrono::seconds limit() const;
    [[nodiscard]] JobVerdicts::Moment moment() const;

    JobSurroundings& m_around;
    EngineContext& m_context;
    Job m_job;
    AccountId m_target;
    Waker m_waker;
    JobVerdicts m_verdicts;
    bool m_isSuspect = false;
    bool m_isCancelWanted = false;
    std::optional<std::optional<Error>> m_ended; ///< its deployment ended, and why
    int m_failures = 0;                          ///< calls in a row
};

/// The worker's input document (worker contract, "Jobs").
[[nodiscard]] QJsonObject toWorkerInput(const JobInput& input);

} // namespace visgate
