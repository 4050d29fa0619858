// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/service/deployment_service.h"

#include <functional>
#include <mutex>

namespace visgate::test {

/// What several FakeServices answer from and note in; thread-safe through `mutex`.
struct FakeWorld {
    std::mutex mutex;
    Deployment deployment;
    Job job;
    QList<LogLine> lines;
    std::optional<CreateRequest> created;
    std::optional<JobInput> submitted;
    std::string key;
    ModelVolume volume;
    StorageState storage;
    bool deleted = false;
    QList<SpendLimit> limits;
    QList<AccountEndpoint> endpoints;
    DeploymentId lookedAt;
    std::optional<ScaleRequest> scaled;
    std::optional<std::chrono::seconds> kept;
    ReleaseHistory history;
    PoolPolicy pool;
    WarmPrice price;
};

/// A service that answers at once: what the wire carries can be compared with what was given.
class FakeService final : public DeploymentService {
public:
    explicit FakeService(FakeWorld& world) : m_world(world) { }

    QFuture<Result<Deployment>> createDeployment(CreateRequest request) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.created = std::move(request);
        return ready<Deployment>(m_world.deployment);
    }
    QFuture<Result<DeploymentPage>> listDeployments(
        int, QString cursor, std::optional<DeploymentStatus> status = std::nullopt) override
    {
        if (status && *status != m_world.deployment.status)
            return ready<DeploymentPage>(DeploymentPage{});
        return ready<DeploymentPage>(
            DeploymentPage{{m_world.deployment}, 7, cursor.isEmpty() ? QStringLiteral("next") : QString()});
    }
    QFuture<Result<Deployment>> deployment(DeploymentId id) override
    {
        const std::lock_guard lock(m_world.mutex);
        if (id != m_world.deployment.id)
            return ready<Deployment>(fail(ErrorCode::NotFound, id.value()));
        return ready<Deployment>(m_world.deployment);
    }
    QFuture<Result<void>> deleteDeployment(DeploymentId id) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.deleted = id == m_world.deployment.id;
        return ready<void>(m_world.deleted ? Result<void>() : Result<void>(fail(ErrorCode::NotFound, id.value())));
    }
    QFuture<Result<QList<AccountEndpoint>>> endpoints(bool refresh) override
    {
        return ready<QList<AccountEndpoint>>(refresh ? m_world.endpoints : QList<AccountEndpoint>());
    }
    void look(const DeploymentId& id) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.lookedAt = id;
    }
    QFuture<Result<void>> pauseDeployment(DeploymentId) override { return ready<void>(fail(ErrorCode::Conflict)); }
    QFuture<Result<void>> resumeDeployment(DeploymentId) override { return ready<void>({}); }
    QFuture<Result<Job>> submitJob(DeploymentId, JobInput input) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.submitted = std::move(input);
        return ready<Job>(m_world.job);
    }
    QFuture<Result<Job>> job(JobId id) override
    {
        if (id != m_world.job.id)
            return ready<Job>(fail(ErrorCode::NotFound, id.value()));
        return ready<Job>(m_world.job);
    }
    QFuture<Result<QList<Job>>> jobs(DeploymentId) override { return ready<QList<Job>>(QList<Job>{m_world.job}); }
    QFuture<Result<void>> cancelJob(JobId) override { return ready<void>({}); }
    QFuture<Result<Job>> retryJob(JobId id) override { return job(id); }
    QFuture<Result<ModelDetails>> modelDetails(Target, QString id) override
    {
        ModelDetails details;
        details.model.id = id;
        details.inputSchema = jobInputSchema(details.model);
        return ready<ModelDetails>(details);
    }
    QFuture<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key) override
    {
        if (key->reveal() == "rpa_works")
            return ready<KeyVerdict>(KeyVerdict{true, QStringLiteral("create"), {}});
        return ready<KeyVerdict>(KeyVerdict{false, {}, Error{ErrorCode::KeyRejected, {}, 401, {}, {}}});
    }
    QFuture<Result<QList<LogLine>>> logs(DeploymentId, qint64 since, int) override
    {
        const std::lock_guard lock(m_world.mutex);
        QList<LogLine> lines;
        for (const LogLine& line : m_world.lines) {
            if (line.number >= since)
                lines.append(line);
        }
        return ready<QList<LogLine>>(lines);
    }
    QFuture<Result<QList<ModelSpec>>> presets() override { return ready<QList<ModelSpec>>(QList<ModelSpec>()); }
    QFuture<Result<QList<ModelSpec>>> searchModels(Target, QString) override
    {
        return ready<QList<ModelSpec>>(fail(ErrorCode::NetworkUnreachable, "hub"));
    }
    QFuture<Result<QList<GpuOffer>>> gpuOffers(Target) override
    {
        return ready<QList<GpuOffer>>(fail(ErrorCode::KeyMissing));
    }
    QFuture<Result<DeployQuote>> quote(CreateRequest) override { return ready<DeployQuote>(DeployQuote{}); }
    QFuture<Result<void>> unlockKeychain() override { return ready<void>(fail(ErrorCode::KeychainLocked)); }
    QFuture<Result<QList<KeyState>>> keys() override { return ready<QList<KeyState>>(QList<KeyState>{KeyState{}}); }
    QFuture<Result<KeyState>> setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.key = key->reveal();
        return ready<KeyState>(KeyState{kind, true, sessionOnly, QStringLiteral("fake")});
    }
    QFuture<Result<void>> checkKey(KeyKind) override { return ready<void>(fail(ErrorCode::KeyRejected)); }
    QFuture<Result<void>> forgetKey(KeyKind) override { return ready<void>({}); }
    QFuture<Result<QString>> workerImage() override { return ready<QString>(QStringLiteral("image@sha256:1")); }
    QFuture<Result<void>> setWorkerImage(QString) override { return ready<void>({}); }
    QFuture<Result<QList<CleanupItem>>> cleanUp(CleanupRequest) override
    {
        return ready<QList<CleanupItem>>(QList<CleanupItem>());
    }
    QFuture<Result<void>> watchLicence(Target, QString) override { return ready<void>({}); }
    QFuture<Result<Deployment>> answerQuestion(DeploymentId, bool accepted) override
    {
        Deployment answered = m_world.deployment;
        answered.question.reset();
        answered.waitingFor = accepted ? QString() : QStringLiteral("declined");
        return ready<Deployment>(answered);
    }
    QFuture<Result<QList<ModelVolume>>> volumes(Target) override
    {
        return ready<QList<ModelVolume>>(QList<ModelVolume>{m_world.volume});
    }
    QFuture<Result<ModelVolume>> createVolume(Target target, QString name, int sizeGb, QString dataCenter) override
    {
        ModelVolume volume = m_world.volume;
        volume.target = target;
        volume.name = name;
        volume.sizeGb = sizeGb;
        volume.dataCenter = dataCenter;
        return ready<ModelVolume>(volume);
    }
    QFuture<Result<ModelVolume>> growVolume(Target, VolumeId, int sizeGb) override
    {
        ModelVolume volume = m_world.volume;
        volume.sizeGb = sizeGb;
        return ready<ModelVolume>(volume);
    }
    QFuture<Result<void>> deleteVolume(Target, VolumeId id) override
    {
        return ready<void>(
            id == m_world.volume.id ? Result<void>() : Result<void>(fail(ErrorCode::NotFound, id.value())));
    }
    QFuture<Result<ModelVolume>> keepNear(KeepNear wish) override
    {
        ModelVolume volume = m_world.volume;
        volume.modelId = wish.modelId;
        volume.state = FillState::Filling;
        return ready<ModelVolume>(volume);
    }
    QFuture<Result<void>> setVolumeKeys(StorageKeys keys, bool) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.key = keys.secretKey->reveal();
        return ready<void>({});
    }
    QFuture<Result<StorageState>> storage() override { return ready<StorageState>(m_world.storage); }
    QFuture<Result<StorageState>> setStorage(StorageSettings settings, StorageKeys keys, bool) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.storage = {std::move(settings), keys.secretKey != nullptr, keys.accessKeyId};
        return ready<StorageState>(m_world.storage);
    }
    QFuture<Result<void>> testStorage() override { return ready<void>(fail(ErrorCode::StorageRefused, "no")); }
    QFuture<Result<void>> forgetStorage() override { return ready<void>({}); }
    QFuture<Result<Deployment>> scaleDeployment(DeploymentId, ScaleRequest request) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.scaled = request;
        return ready<Deployment>(m_world.deployment);
    }
    QFuture<Result<void>> keepDeployment(DeploymentId, std::chrono::seconds time) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.kept = time;
        return ready<void>({});
    }
    QFuture<Result<Deployment>> restoreDeployment(DeploymentId) override
    {
        return ready<Deployment>(fail(ErrorCode::Conflict, "ready"));
    }
    QFuture<Result<ReleaseHistory>> releases(DeploymentId) override { return ready<ReleaseHistory>(m_world.history); }
    QFuture<Result<ReleaseHistory>> rollBack(DeploymentId, int version) override
    {
        if (version != 1)
            return ready<ReleaseHistory>(fail(ErrorCode::NotFound, "release"));
        return ready<ReleaseHistory>(m_world.history);
    }
    QFuture<Result<WarmPrice>> warmPrice(DeploymentId, PoolPolicy policy) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.pool = policy;
        return ready<WarmPrice>(m_world.price);
    }
    QFuture<Result<Deployment>> setPool(DeploymentId, PoolPolicy policy, std::optional<double> accepted) override
    {
        const std::lock_guard lock(m_world.mutex);
        m_world.pool = policy;
        if (policy.mode == PoolMode::AlwaysOn && accepted.value_or(0.0) < m_world.price.usdPerMonth)
            return ready<Deployment>(fail(Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {"730.50"}}));
        return ready<Deployment>(m_world.deployment);
    }
    QFuture<Result<EngineHealth>> health() override
    {
        EngineHealth health;
        health.secretBackend = QStringLiteral("fake");
        return ready<EngineHealth>(health);
    }
    QFuture<Result<SpendReport>> spend(SpendQuery query) override
    {
        SpendReport report;
        report.summary.target = query.target;
        report.summary.from = query.from;
        report.summary.to = query.to;
        report.summary.causes = {{CostCause::Picture, 12.0, 0.01}};
        report.volumes = VolumeSpend{3, 1, 4.2};
        return ready<SpendReport>(report);
    }
    QFuture<Result<QList<SpendLimit>>> spendLimits() override { return ready<QList<SpendLimit>>(m_world.limits); }
    QFuture<Result<void>> setSpendLimit(SpendLimit limit) override
    {
        m_world.limits.append(limit);
        return ready<void>({});
    }
    QFuture<Result<QList<LimitState>>> limitStates() override
    {
        QList<LimitState> states;
        for (const SpendLimit& limit : m_world.limits)
            states.append({limit, Target::Runpod, 1.5, LimitLevel::Tell});
        return ready<QList<LimitState>>(states);
    }
    QFuture<Result<StopReport>> stopEverything() override
    {
        StopReport report;
        report.unreachable = {{Target::Runpod, true, Error{ErrorCode::KeyNeeded, {}, 0, {}, {}}}};
        return ready<StopReport>(report);
    }

private:
    template <typename T> static QFuture<Result<T>> ready(Result<T> result)
    {
        return QtFuture::makeReadyFuture(std::move(result));
    }

    FakeWorld& m_world;
};

} // namespace visgate::test
