// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/model/model.h"
#include "core/domain/money/spend.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"
#include "core/engine/engine_config.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace visgate {

/// What the engine last published about everything that lives. Immutable; may be read from any thread.
struct EngineSnapshot {
    QHash<QString, Deployment> deployments; ///< by id; those not yet deleted
    TimePoint at;
};

/// What a worker posted to the callback receiver.
struct CallbackReport {
    DeploymentId deployment;
    std::shared_ptr<const Secret> secret; ///< X-Visgate-Internal-Secret as it came
    QByteArray body;                      ///< empty or an object for DeploymentReady, else a JSON array
    enum class Kind { DeploymentReady, Events, Logs } kind = Kind::DeploymentReady;
};

struct CallbackAnswer {
    DeploymentId deployment;
    DeploymentStatus status = DeploymentStatus::Validating;
    bool webhookDelivered = false;
};

/// The durable state machine of every deployment, on a thread of its own. This object lives on the thread that made
/// it and only posts: every method may be called from any thread, its future finishes when the engine has answered
/// (ErrorCode::Cancelled once the engine is going down). Signals are delivered to the thread this object lives on.
/// The destructor lets steps in flight end, leaves deployments as they are, and waits for the thread; the next start
/// continues them.
class Engine final : public QObject {
    Q_OBJECT

public:
    explicit Engine(EngineConfig config);
    ~Engine() override;

    /// Opens the store and the secrets and takes up every deployment where it was. Other calls wait for it; when it
    /// fails (StoreCorrupt, StoreTooNew, StoreBusy, StoreFull ...) they fail with the same error.
    QFuture<Result<void>> start();

    QFuture<Result<Deployment>> createDeployment(CreateRequest request);
    QFuture<Result<DeploymentPage>> listDeployments(
        int limit, QString cursor, std::optional<DeploymentStatus> status = std::nullopt);
    QFuture<Result<Deployment>> deployment(DeploymentId id);
    /// Done once the wish is durable.
    QFuture<Result<void>> deleteDeployment(DeploymentId id);
    /// Done once reading the workers back showed none running.
    QFuture<Result<void>> pauseDeployment(DeploymentId id);
    QFuture<Result<void>> resumeDeployment(DeploymentId id);

    /// Done once the provider's own figures show the new limits.
    QFuture<Result<Deployment>> scaleDeployment(DeploymentId id, ScaleRequest request);
    /// Put away: paused, deleted after `time` unless restored. Done once the wish is durable.
    QFuture<Result<void>> keepDeployment(DeploymentId id, std::chrono::seconds time);
    QFuture<Result<Deployment>> restoreDeployment(DeploymentId id);
    QFuture<Result<ReleaseHistory>> releases(DeploymentId id);
    QFuture<Result<ReleaseHistory>> rollBack(DeploymentId id, int version);

    QFuture<Result<WarmPrice>> warmPrice(DeploymentId id, PoolPolicy policy);
    /// Done once it is durable. ConfirmationNeeded for always on without agreement to its price.
    QFuture<Result<Deployment>> setPool(DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth);

    QFuture<Result<Job>> submitJob(DeploymentId id, JobInput input);
    QFuture<Result<Job>> job(JobId id);
    QFuture<Result<QList<Job>>> jobs(DeploymentId id);
    QFuture<Result<void>> cancelJob(JobId id);
    /// From the beginning, as the same job; Conflict unless it failed or timed out.
    QFuture<Result<Job>> retryJob(JobId id);

    QFuture<Result<QList<LogLine>>> logs(DeploymentId id, qint64 since, int limit);

    QFuture<Result<QList<ModelSpec>>> presets();
    QFuture<Result<QList<ModelSpec>>> searchModels(Target target, QString text);
    QFuture<Result<QList<GpuOffer>>> gpuOffers(Target target);
    /// The volumes at the target, with what they cost and what is kept in them.
    QFuture<Result<QList<ModelVolume>>> volumes(Target target);
    QFuture<Result<ModelVolume>> createVolume(Target target, QString name, int sizeGb, QString dataCenter);
    QFuture<Result<ModelVolume>> growVolume(Target target, VolumeId id, int sizeGb);
    QFuture<Result<void>> deleteVolume(Target target, VolumeId id);
    /// Done once the filling has begun; volumes() tells how far it is.
    QFuture<Result<ModelVolume>> keepNear(KeepNear wish);
    QFuture<Result<void>> setVolumeKeys(StorageKeys keys, bool sessionOnly);

    QFuture<Result<StorageState>> storage();
    /// Without a secret key the stored ones stay.
    QFuture<Result<StorageState>> setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly);
    /// Writes, reads and deletes a small object.
    QFuture<Result<void>> testStorage();
    QFuture<Result<void>> forgetStorage();

    QFuture<Result<DeployQuote>> quote(CreateRequest request);
    /// Done once the model's licence is accepted; LicenceNotAccepted when it was not within nine minutes.
    QFuture<Result<void>> watchLicence(Target target, QString modelId);
    /// Whether the deployment may use the dearer plan it asks for. Conflict if it asks for nothing.
    QFuture<Result<Deployment>> answerQuestion(DeploymentId id, bool accepted);
    QFuture<Result<ModelDetails>> modelDetails(Target target, QString idOrLink);
    QFuture<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key);

    QFuture<Result<QList<KeyState>>> keys();
    QFuture<Result<KeyState>> setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly);
    QFuture<Result<void>> checkKey(KeyKind kind);
    QFuture<Result<void>> forgetKey(KeyKind kind);
    QFuture<Result<void>> unlockKeychain();
    /// An entry of ours in the secret store, made at first use: the local API's own key.
    QFuture<Result<std::shared_ptr<const Secret>>> localApiKey();

    QFuture<Result<QString>> workerImage();
    QFuture<Result<void>> setWorkerImage(QString image);

    QFuture<Result<QList<CleanupItem>>> cleanUp(CleanupRequest request);

    QFuture<Result<SpendReport>> spend(SpendQuery query);
    QFuture<Result<QList<SpendLimit>>> spendLimits();
    QFuture<Result<void>> setSpendLimit(SpendLimit limit);
    QFuture<Result<QList<LimitState>>> limitStates();
    /// Done when no worker runs, or when it is clear that some target cannot be reached now.
    QFuture<Result<StopReport>> stopEverything();

    /// See EndpointService.
    QFuture<Result<QList<AccountEndpoint>>> endpoints(bool refresh);
    void look(const DeploymentId& id);

    /// Where workers on this computer may post; unset (the default) switches callbacks off. Applies to deployments
    /// created later.
    void setCallbackAddress(std::optional<CallbackAddress> address);
    /// A worker's report; NotFound (also for a wrong secret: it tells a stranger nothing), InvalidRequest.
    QFuture<Result<CallbackAnswer>> acceptCallback(CallbackReport report);

    /// Any thread, at once; never null.
    [[nodiscard]] std::shared_ptr<const EngineSnapshot> snapshot() const;
    QFuture<Result<EngineHealth>> health();

Q_SIGNALS:
    void deploymentChanged(const visgate::Deployment& deployment);
    void jobChanged(const visgate::Job& job);
    /// Batched: at most every 50 ms a deployment.
    void logAppended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
    /// A mark of a limit was passed; once a period.
    void limitPassed(const visgate::LimitState& state);
    /// "Stop everything" came a step further, also one that waited for a target to answer.
    void stopProgressed(const visgate::StopReport& report);
    void endpointsChanged();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate
