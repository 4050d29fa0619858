// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/release.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/money/spend.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/storage/storage.h"
#include "core/engine/context/callback.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/engine_publisher.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/operations/handlers.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace visgate {

/// The engine itself, on the engine's thread.
class EngineCore final : public QObject {
    Q_OBJECT

public:
    explicit EngineCore(EngineConfig config);
    ~EngineCore() override;

    Task<Result<void>> start();
    /// Lets the steps under way end, then calls `done` from the event loop.
    void stop(std::function<void()> done);
    /// Runs `ready` when start() has ended (perhaps at once) with its outcome.
    void whenStarted(std::function<void(const Result<void>&)> ready);
    [[nodiscard]] TaskScope& scope() { return m_scope; }
    [[nodiscard]] bool isStopping() const { return m_context && m_context->stopping; }

    /// Who answers which operation.
    [[nodiscard]] const Handlers& handlers() const { return m_handlers; }
    [[nodiscard]] const EnginePublisher& publisher() const { return m_publisher; }

    void setCallbackAddress(std::optional<CallbackAddress> address);
    Task<Result<CallbackAnswer>> acceptCallback(CallbackReport report);

private:
    // Each tells m_handlers what its file handles.
    void handleDeployments();
    void handleLifecycle();
    void handleWarm();
    void handleLogs();
    void handleJobs();

    Task<Result<Deployment>> createDeployment(CreateRequest request);
    Task<Result<DeploymentPage>> listDeployments(int limit, QString cursor, std::optional<DeploymentStatus> status);
    Task<Result<Deployment>> deployment(DeploymentId id);

    Task<Result<Deployment>> scale(DeploymentId id, ScaleRequest request);
    Task<Result<void>> keep(DeploymentId id, std::chrono::seconds time);
    Task<Result<Deployment>> restore(DeploymentId id);
    Task<Result<ReleaseHistory>> releases(DeploymentId id);
    Task<Result<ReleaseHistory>> rollBack(DeploymentId id, int version);

    Task<Result<WarmPrice>> warmPrice(DeploymentId id, PoolPolicy policy);
    Task<Result<Deployment>> setPool(DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth);

    Task<Result<Job>> submitJob(DeploymentId id, JobInput input);
    Task<Result<Job>> job(JobId id);
    Task<Result<QList<Job>>> jobs(DeploymentId id);
    Task<Result<void>> cancelJob(JobId id);
    Task<Result<Job>> retryJob(JobId id);

    Task<Result<QList<LogLine>>> logs(DeploymentId id, qint64 since, int limit);

    Task<Result<Deployment>> answerQuestion(DeploymentId id, bool accepted);
    Task<Result<void>> watchWorkers(DeploymentId id);

    void stopNow(std::function<void()> done);
    Task<void> stopWithItsLogs(std::function<void()> done);
    struct Parts; ///< made on the engine's thread, gone before it ends

    Result<void> openStore();
    Result<void> takeUpDeployments();
    void finishStart(Result<void> outcome);
    [[nodiscard]] Result<void> checkRequest(const CreateRequest& request) const;
    /// The deployment that an earlier call with the same idempotency key made; Conflict when that was for another body.
    [[nodiscard]] Result<std::optional<Deployment>> earlierAnswer(const CreateRequest& request);
    /// An endpoint that is there already, as far as it can be known within the time that a create may take.
    struct Warm {
        ProviderEndpoint endpoint;
        WorkerList workers;
        QString evidence; ///< why it is ready; empty while that is not known
    };
    [[nodiscard]] std::chrono::seconds coldStartOf(
        const std::optional<ModelSpec>& preset, Target target, const EndpointLimits& limits);
    Task<std::optional<Warm>> findWarm(CreateRequest request, QString modelId, std::optional<ModelSpec> preset);
    Task<std::optional<Warm>> lookForWarm(CreateRequest request, QString modelId, std::optional<ModelSpec> preset);

    EngineConfig m_config;
    EnginePublisher m_publisher;
    Handlers m_handlers;
    TaskScope m_scope;
    std::unique_ptr<Parts> m_parts;
    EngineContext* m_context = nullptr; ///< in m_parts
    std::optional<Result<void>> m_started;
    std::vector<std::function<void(const Result<void>&)>> m_waitingForStart;
};

} // namespace visgate
