// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/service/deployment_service.h"
#include "core/service/pending_calls.h"
#include "core/service/when_done.h"

#include <utility>

namespace visgate {

class Engine;

/// The service in the process that owns the data folder: brings the engine's answers and signals to the thread this
/// object lives on. Several may share one engine.
class LocalService final : public DeploymentService {
    Q_OBJECT

public:
    /// `engine` outlives this object.
    explicit LocalService(Engine& engine, QObject* parent = nullptr);

    QFuture<Result<Deployment>> createDeployment(CreateRequest request) override;
    QFuture<Result<DeploymentPage>> listDeployments(
        int limit, QString cursor, std::optional<DeploymentStatus> status = std::nullopt) override;
    QFuture<Result<Deployment>> deployment(DeploymentId id) override;
    QFuture<Result<void>> deleteDeployment(DeploymentId id) override;
    QFuture<Result<void>> pauseDeployment(DeploymentId id) override;
    QFuture<Result<void>> resumeDeployment(DeploymentId id) override;
    QFuture<Result<Job>> submitJob(DeploymentId id, JobInput input) override;
    QFuture<Result<Job>> job(JobId id) override;
    QFuture<Result<QList<Job>>> jobs(DeploymentId id) override;
    QFuture<Result<void>> cancelJob(JobId id) override;
    QFuture<Result<Job>> retryJob(JobId id) override;
    QFuture<Result<QList<LogLine>>> logs(DeploymentId id, qint64 since, int limit) override;
    QFuture<Result<QList<ModelSpec>>> presets() override;
    QFuture<Result<QList<ModelSpec>>> searchModels(Target target, QString text) override;
    QFuture<Result<QList<GpuOffer>>> gpuOffers(Target target) override;
    QFuture<Result<DeployQuote>> quote(CreateRequest request) override;
    QFuture<Result<void>> watchLicence(Target target, QString modelId) override;
    QFuture<Result<Deployment>> answerQuestion(DeploymentId id, bool accepted) override;
    QFuture<Result<QList<ModelVolume>>> volumes(Target target) override;
    QFuture<Result<ModelVolume>> createVolume(Target target, QString name, int sizeGb, QString dataCenter) override;
    QFuture<Result<ModelVolume>> growVolume(Target target, VolumeId id, int sizeGb) override;
    QFuture<Result<void>> deleteVolume(Target target, VolumeId id) override;
    QFuture<Result<ModelVolume>> keepNear(KeepNear wish) override;
    QFuture<Result<void>> setVolumeKeys(StorageKeys keys, bool sessionOnly) override;
    QFuture<Result<StorageState>> storage() override;
    QFuture<Result<StorageState>> setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly) override;
    QFuture<Result<void>> testStorage() override;
    QFuture<Result<void>> forgetStorage() override;
    QFuture<Result<ModelDetails>> modelDetails(Target target, QString idOrLink) override;
    QFuture<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key) override;
    QFuture<Result<QList<KeyState>>> keys() override;
    QFuture<Result<void>> unlockKeychain() override;
    QFuture<Result<KeyState>> setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly) override;
    QFuture<Result<void>> checkKey(KeyKind kind) override;
    QFuture<Result<void>> forgetKey(KeyKind kind) override;
    QFuture<Result<QString>> workerImage() override;
    QFuture<Result<void>> setWorkerImage(QString image) override;
    QFuture<Result<QList<CleanupItem>>> cleanUp(CleanupRequest request) override;
    QFuture<Result<EngineHealth>> health() override;
    QFuture<Result<QList<AccountEndpoint>>> endpoints(bool refresh) override;
    void look(const DeploymentId& id) override;

    QFuture<Result<SpendReport>> spend(SpendQuery query) override;
    QFuture<Result<QList<SpendLimit>>> spendLimits() override;
    QFuture<Result<void>> setSpendLimit(SpendLimit limit) override;
    QFuture<Result<QList<LimitState>>> limitStates() override;
    QFuture<Result<StopReport>> stopEverything() override;
    QFuture<Result<Deployment>> scaleDeployment(DeploymentId id, ScaleRequest request) override;
    QFuture<Result<void>> keepDeployment(DeploymentId id, std::chrono::seconds time) override;
    QFuture<Result<Deployment>> restoreDeployment(DeploymentId id) override;
    QFuture<Result<ReleaseHistory>> releases(DeploymentId id) override;
    QFuture<Result<ReleaseHistory>> rollBack(DeploymentId id, int version) override;
    QFuture<Result<WarmPrice>> warmPrice(DeploymentId id, PoolPolicy policy) override;
    QFuture<Result<Deployment>> setPool(
        DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth) override;

private:
    /// The engine's answer, brought to this thread.
    template <typename T> QFuture<Result<T>> here(QFuture<Result<T>> answer)
    {
        auto call = m_pending.begin<T>();
        whenDone(
            answer, this, [done = call.answer](Result<T> result) { done(std::move(result)); },
            [done = call.answer] { done(fail(ErrorCode::Cancelled)); });
        return call.future;
    }

    Engine& m_engine;
    PendingCalls m_pending;
};

} // namespace visgate
