// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/jobs/job_runner.h"

#include <QList>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

/// The deployments that live, one run each. Those that were deleted before the program began are in the store alone.
/// Engine thread only; destroyed only after what its runs added to the engine's scope has ended.
class DeploymentTable final : private JobOwners {
public:
    using Runs = std::map<DeploymentId, std::unique_ptr<DeploymentRun>>;

    DeploymentTable(EngineContext& context, JobRunner& jobs);
    ~DeploymentTable() override;
    DeploymentTable(const DeploymentTable&) = delete;
    DeploymentTable& operator=(const DeploymentTable&) = delete;

    /// Does nothing yet: start() it.
    DeploymentRun& add(DeploymentRecord record);
    [[nodiscard]] const Runs& all() const { return m_runs; }
    /// Null if none lives of that id.
    [[nodiscard]] DeploymentRun* find(const DeploymentId& id) const;
    /// The run, or why there is none: NotFound, or Conflict for one that was deleted long ago.
    [[nodiscard]] Result<DeploymentRun*> living(const DeploymentId& id) const;
    /// As it is shown, whether it lives or not. NotFound.
    [[nodiscard]] Result<Deployment> deployment(const DeploymentId& id) const;
    /// Those whose endpoint is, or may be, at this account.
    [[nodiscard]] QList<const DeploymentRun*> at(const AccountRef& account) const;

    enum class Answer { AtOnce, UntilSettled };
    /// Makes the wish durable, then works on it; Conflict if the present state does not allow it, or what the user's
    /// limits say. UntilSettled: ends when the wish has come true, or with why it cannot.
    Task<Result<void>> setDesired(DeploymentId id, DesiredState desired, Answer answer);

    void wakeAll() const;
    /// Lines of workers' logs are on their way. That is known only where a stream stands open; who only looked at a
    /// list waits for nothing.
    [[nodiscard]] bool lackLogLines() const;
    /// The engine goes down.
    void stopAll() const;

private:
    [[nodiscard]] std::optional<Deployment> deploymentOf(const DeploymentId& id) const override;
    [[nodiscard]] EndpointId endpointOf(const DeploymentId& id) const override;
    [[nodiscard]] AccountRef accountOf(const DeploymentId& id) const override;
    [[nodiscard]] bool isReachable(const DeploymentId& id) const override;
    [[nodiscard]] std::chrono::seconds executionTimeoutOf(const DeploymentId& id) const override;
    [[nodiscard]] double usdPerHourOf(const DeploymentId& id) const override;
    [[nodiscard]] int extraJobsOf(const DeploymentId& id) const override;
    void onJob(const Job& job) override;

    EngineContext& m_context;
    JobRunner& m_jobs;
    Runs m_runs;
};

} // namespace visgate
