// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/foundation/http/client.h"
#include "core/service/deployment_service.h"
#include "core/service/pending_calls.h"

#include <QJsonObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace visgate {

class ChangeStream;

/// The service as a client of the process that owns the data folder, over its private socket. Calls wait on threads
/// of their own; a call that finds no owner fails with OwnerUnavailable. Changes come over one stream, which connects
/// again by itself; after each connect the present state of every deployment is signalled.
class RemoteService final : public DeploymentService {
    Q_OBJECT

public:
    explicit RemoteService(QString socketPath, QObject* parent = nullptr);
    ~RemoteService() override;

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
    [[nodiscard]] bool lacksOwner() const override { return !m_isConnected; }
    QFuture<Result<QList<CleanupItem>>> cleanUp(CleanupRequest wish) override;
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
    /// Sends on a pool thread, reads the reply there, answers on this thread.
    template <typename T>
    QFuture<Result<T>> ask(http::Request request, std::function<Result<T>(const QJsonObject&)> read)
    {
        auto call = m_pending.begin<T>();
        m_threads.start([this, request = std::move(request), read = std::move(read), answer = call.answer]() mutable {
            const auto object = exchange(std::move(request));
            Result<T> result = object ? read(*object) : Result<T>(fail(object.error()));
            QMetaObject::invokeMethod(
                this, [answer, result = std::move(result)]() mutable { answer(std::move(result)); },
                Qt::QueuedConnection);
        });
        return call.future;
    }
    /// On a pool thread: the reply's object, or the error it carries. The request's body, which may carry a key, is
    /// overwritten.
    Result<QJsonObject> exchange(http::Request request);

    std::string m_socket;
    http::CancelToken m_cancel;
    std::atomic<bool> m_isConnected = false;
    PendingCalls m_pending;
    QThreadPool m_threads;
    std::unique_ptr<ChangeStream> m_changes;
};

} // namespace visgate
