// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"
#include "core/domain/model/model.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/preflight/preflight.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"
#include "core/service/cache_service.h"
#include "core/service/endpoint_service.h"
#include "core/service/lifecycle_service.h"
#include "core/service/lookup_service.h"
#include "core/service/preflight_service.h"
#include "core/service/spend_service.h"
#include "core/service/storage_service.h"
#include "core/service/warm_service.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace visgate {

/// What window, command line and HTTP API share. LocalService runs on top of the engine in this process,
/// RemoteService on the private socket of the process that owns the data folder; nobody sees a difference.
/// Lives on the caller's (GUI) thread; futures finish and signals arrive there. Destroying the service cancels what is
/// pending (the futures finish with ErrorCode::Cancelled).
class DeploymentService : public QObject,
                          public LookupService,
                          public SpendService,
                          public PreflightService,
                          public CacheService,
                          public StorageService,
                          public EndpointService,
                          public LifecycleService,
                          public WarmService {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QFuture<Result<Deployment>> createDeployment(CreateRequest request) = 0;
    /// Newest first, those in `status` if it is set.
    virtual QFuture<Result<DeploymentPage>> listDeployments(
        int limit, QString cursor, std::optional<DeploymentStatus> status = std::nullopt)
        = 0;
    virtual QFuture<Result<Deployment>> deployment(DeploymentId id) = 0;
    /// Done once the wish is durable; the status tells when the provider confirmed.
    virtual QFuture<Result<void>> deleteDeployment(DeploymentId id) = 0;
    virtual QFuture<Result<void>> pauseDeployment(DeploymentId id) = 0;
    virtual QFuture<Result<void>> resumeDeployment(DeploymentId id) = 0;

    virtual QFuture<Result<Job>> submitJob(DeploymentId id, JobInput input) = 0;
    virtual QFuture<Result<Job>> job(JobId id) = 0;
    virtual QFuture<Result<QList<Job>>> jobs(DeploymentId id) = 0; ///< newest first; empty id: all deployments
    virtual QFuture<Result<void>> cancelJob(JobId id) = 0;
    /// From the beginning, as the same job; Conflict unless it failed or timed out.
    virtual QFuture<Result<Job>> retryJob(JobId id) = 0;

    /// The last `limit` stored lines, oldest first, from line number `since` on (0: no lower bound).
    virtual QFuture<Result<QList<LogLine>>> logs(DeploymentId id, qint64 since, int limit) = 0;

    virtual QFuture<Result<QList<ModelSpec>>> presets() = 0;
    virtual QFuture<Result<QList<ModelSpec>>> searchModels(Target target, QString text) = 0;
    virtual QFuture<Result<QList<GpuOffer>>> gpuOffers(Target target) = 0;
    virtual QFuture<Result<DeployQuote>> quote(CreateRequest request) = 0;

    virtual QFuture<Result<QList<KeyState>>> keys() = 0;
    /// Stores, reads back and checks with the service itself. `sessionOnly` keeps it out of the keychain.
    virtual QFuture<Result<KeyState>> setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly) = 0;
    virtual QFuture<Result<void>> checkKey(KeyKind kind) = 0;
    virtual QFuture<Result<void>> forgetKey(KeyKind kind) = 0;
    /// Opens the system's own password dialog, which its caller has announced, and waits for it. KeychainLocked when
    /// that is refused.
    virtual QFuture<Result<void>> unlockKeychain() = 0;

    virtual QFuture<Result<QString>> workerImage() = 0;
    virtual QFuture<Result<void>> setWorkerImage(QString image) = 0;

    /// What runs at the targets, ours and not ours; `apply` deletes what is ours (every endpoint with our naming when
    /// `all`, else only those without a living record).
    /// Whether another process has to answer, and none does.
    [[nodiscard]] virtual bool lacksOwner() const { return false; }
    virtual QFuture<Result<QList<CleanupItem>>> cleanUp(CleanupRequest request) = 0;

    /// Whether store and keychain work, for Settings and `doctor`.
    virtual QFuture<Result<EngineHealth>> health() = 0;

Q_SIGNALS:
    void deploymentChanged(const visgate::Deployment& deployment);
    void jobChanged(const visgate::Job& job);
    /// Batched: at most every 50 ms a deployment.
    void logAppended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
    /// A mark of a limit was passed ("tell me at", "stop at"); once a period.
    void limitPassed(const visgate::LimitState& state);
    /// "Stop everything" came a step further, also one that had waited for a target to answer.
    void stopProgressed(const visgate::StopReport& report);
    /// endpoints() would answer something else now.
    void endpointsChanged();
    /// The owner went away or came back (RemoteService only).
    void connectionChanged(bool connected);
};

} // namespace visgate
