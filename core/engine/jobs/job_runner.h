// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/pause.h"
#include "core/engine/jobs/artifact_files.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

class S3Client;

/// Takes jobs from the wish to the stored picture: submit, follow, fetch at once (the provider keeps results for half
/// an hour only). Every job is a row before it is sent. Engine thread only.
class JobRunner {
public:
    /// The deployments, as their jobs know them.
    class Owners {
    public:
        virtual ~Owners() = default;
        /// Unset for one that lives no longer.
        [[nodiscard]] virtual std::optional<Deployment> deploymentOf(const DeploymentId& id) const = 0;
        /// Where its jobs go; empty while there is no endpoint.
        [[nodiscard]] virtual EndpointId endpointOf(const DeploymentId& id) const = 0;
        [[nodiscard]] virtual AccountRef accountOf(const DeploymentId& id) const = 0;
        /// Whether that account is open, and has the key that the deployment belongs to.
        [[nodiscard]] virtual bool isReachable(const DeploymentId& id) const = 0;
        [[nodiscard]] virtual std::chrono::seconds executionTimeoutOf(const DeploymentId& id) const = 0;
        [[nodiscard]] virtual double usdPerHourOf(const DeploymentId& id) const = 0;
        /// Jobs at the provider that are not ours to list: the warm-up.
        [[nodiscard]] virtual int extraJobsOf(const DeploymentId& id) const = 0;
        virtual void onJob(const Job& job) = 0;
    };
    JobRunner(EngineContext& context, ArtifactFiles files);
    ~JobRunner();
    /// Before the first job; `owners` outlives them.
    void setOwners(Owners& owners) { m_owners = &owners; }

    /// Makes the job durable and starts it; it waits for the endpoint by itself.
    Result<Job> submit(const Deployment& deployment, JobInput input);
    /// Takes up what the last run of the program left unfinished.
    Result<void> takeUp();
    /// A finished job from the beginning, under its id and with its input.
    Result<Job> retry(Job job, AccountId target);
    /// Conflict when it has ended.
    Result<void> cancel(const JobId& id);
    [[nodiscard]] Result<Job> job(const JobId& id);
    [[nodiscard]] Result<QList<Job>> jobs(const DeploymentId& deployment);

    [[nodiscard]] bool hasUnfinished(const DeploymentId& deployment) const;
    void onEndpointChanged(const DeploymentId& deployment);
    /// Its jobs end with it: Failed with `error`, or Cancelled when it was deleted.
    void onDeploymentEnded(const DeploymentId& deployment, const std::optional<Error>& error);
    /// A `step` event of the log stream, quicker than polling.
    void onStep(const DeploymentId& deployment, const ProviderJobId& job, int step, int count);
    /// A `result` event: the worker has made it, whatever the queue says.
    void onMade(const DeploymentId& deployment, const ProviderJobId& job);
    void stop();

private:
    struct Entry;

    void start(Job job, AccountId target, bool suspect);
    Task<void> drive(std::shared_ptr<Entry> entry);
    Task<Pause> step(std::shared_ptr<Entry> entry);
    /// What the worker gets: with addresses to put the pictures to where a bucket is set up (job_uploads.cpp).
    Task<Result<QJsonObject>> workerInput(std::shared_ptr<Entry> entry);
    /// The pictures that the worker put into the bucket, as files.
    Task<Result<FetchedArtifacts>> fetchUploads(std::shared_ptr<Entry> entry, QJsonObject output);
    Task<Result<FetchedArtifact>> fetchUpload(std::shared_ptr<S3Client> client, QString key, QString path);
    Task<Pause> send(std::shared_ptr<Entry> entry, EndpointId endpoint);
    Task<Pause> settleSuspicion(std::shared_ptr<Entry> entry, EndpointId endpoint);
    Task<Pause> poll(std::shared_ptr<Entry> entry, EndpointId endpoint);
    Pause finish(Entry& entry, JobStatus status, std::optional<Error> error);
    Pause complete(Entry& entry, const ProviderJob& answer, const FetchedArtifacts& fetched);
    // Verdicts that lose money (job_verdicts.cpp).
    Pause onDenied(Entry& entry, const Error& answer);
    [[nodiscard]] bool isPastItsEnd(Entry& entry);
    Task<Pause> endOverdue(std::shared_ptr<Entry> entry, EndpointId endpoint);
    Pause retryLater(Entry& entry, const Error& error);
    void takeProgress(Entry& entry, const ProviderJob& answer);
    void save(Entry& entry);
    void publish(const Entry& entry);
    [[nodiscard]] int knownAt(const DeploymentId& deployment);
    [[nodiscard]] bool isOpen(const Entry& entry) const;
    [[nodiscard]] Provider* provider(const Entry& entry) const;

    EngineContext& m_context;
    ArtifactFiles m_files;
    Owners* m_owners = nullptr;
    std::map<JobId, std::shared_ptr<Entry>> m_entries; ///< unfinished ones
};

/// The worker's input document (worker contract, "Jobs").
[[nodiscard]] QJsonObject toWorkerInput(const JobInput& input);

} // namespace visgate
