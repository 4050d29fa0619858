// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/handlers.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "core/operations/money.h"
#include "core/operations/storage.h"
#include "core/operations/volumes.h"
#include "core/service/deployment_service.h"

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
    DeploymentId watched;
    std::optional<ScaleRequest> scaled;
    std::optional<std::chrono::seconds> kept;
    ReleaseHistory history;
    PoolPolicy pool;
    WarmPrice price;
};

/// A service that answers at once: what the wire carries can be compared with what was given.
class FakeService final : public DeploymentService {
public:
    explicit FakeService(FakeWorld& world) : m_world(world)
    {
        answerDeployments();
        answerLifecycle();
        answerJobs();
        answerCatalogue();
        answerKeys();
        answerMoney();
        answerVolumes();
    }

protected:
    void send(std::shared_ptr<Invocation> invocation) override { m_scope.add(m_handlers.run(std::move(invocation))); }

private:
    template <typename T> static Task<Result<T>> ready(Result<T> result) { co_return result; }

    /// `answer` has the world to itself.
    template <Operation Op, typename Answer> void on(Answer answer)
    {
        m_handlers.add<Op>([this, answer](Op operation) {
            const std::lock_guard lock(m_world.mutex);
            return ready<typename Op::Reply>(answer(std::move(operation)));
        });
    }

    void answerDeployments()
    {
        on<CreateDeployment>([this](CreateDeployment it) -> Result<Deployment> {
            m_world.created = std::move(it.request);
            return m_world.deployment;
        });
        on<ListDeployments>([this](const ListDeployments& it) -> Result<DeploymentPage> {
            if (it.status && *it.status != m_world.deployment.status)
                return DeploymentPage{};
            return DeploymentPage{{m_world.deployment}, 7, it.cursor.isEmpty() ? QStringLiteral("next") : QString()};
        });
        on<GetDeployment>([this](const GetDeployment& it) -> Result<Deployment> {
            if (it.id != m_world.deployment.id)
                return fail(ErrorCode::NotFound, it.id.value());
            return m_world.deployment;
        });
        on<DeleteDeployment>([this](const DeleteDeployment& it) -> Result<void> {
            m_world.deleted = it.id == m_world.deployment.id;
            return m_world.deleted ? Result<void>() : Result<void>(fail(ErrorCode::NotFound, it.id.value()));
        });
        on<PauseDeployment>([](const PauseDeployment&) -> Result<void> { return fail(ErrorCode::Conflict); });
        on<ResumeDeployment>([](const ResumeDeployment&) { return Result<void>(); });
        on<AnswerQuestion>([this](const AnswerQuestion& it) -> Result<Deployment> {
            Deployment answered = m_world.deployment;
            answered.question.reset();
            answered.waitingFor = it.accepted ? QString() : QStringLiteral("declined");
            return answered;
        });
        on<WatchWorkers>([this](const WatchWorkers& it) {
            m_world.watched = it.id;
            return Result<void>();
        });
        on<ReadLogs>([this](const ReadLogs& it) -> Result<QList<LogLine>> {
            QList<LogLine> lines;
            for (const LogLine& line : m_world.lines) {
                if (line.number >= it.since && (!it.before || line.number < *it.before))
                    lines.append(line);
            }
            return it.limit > 0 && lines.size() > it.limit ? lines.last(it.limit) : lines;
        });
        on<ListEndpoints>([this](const ListEndpoints& it) -> Result<QList<AccountEndpoint>> {
            return it.refresh ? m_world.endpoints : QList<AccountEndpoint>();
        });
        on<CleanUp>([](const CleanUp&) -> Result<QList<CleanupItem>> { return QList<CleanupItem>(); });
    }

    void answerLifecycle()
    {
        on<ScaleDeployment>([this](const ScaleDeployment& it) -> Result<Deployment> {
            m_world.scaled = it.request;
            return m_world.deployment;
        });
        on<KeepDeployment>([this](const KeepDeployment& it) {
            m_world.kept = it.time;
            return Result<void>();
        });
        on<RestoreDeployment>(
            [](const RestoreDeployment&) -> Result<Deployment> { return fail(ErrorCode::Conflict, "ready"); });
        on<ListReleases>([this](const ListReleases&) -> Result<ReleaseHistory> { return m_world.history; });
        on<RollBack>([this](const RollBack& it) -> Result<ReleaseHistory> {
            if (it.version != 1)
                return fail(ErrorCode::NotFound, "release");
            return m_world.history;
        });
        on<GetWarmPrice>([this](const GetWarmPrice& it) -> Result<WarmPrice> {
            m_world.pool = it.policy;
            return m_world.price;
        });
        on<SetPool>([this](const SetPool& it) -> Result<Deployment> {
            m_world.pool = it.policy;
            if (it.policy.mode == PoolMode::AlwaysOn
                && it.acceptedUsdPerMonth.value_or(0.0) < m_world.price.usdPerMonth)
                return fail(Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {"730.50"}});
            return m_world.deployment;
        });
    }

    Result<Job> jobOf(const JobId& id)
    {
        if (id != m_world.job.id)
            return fail(ErrorCode::NotFound, id.value());
        return m_world.job;
    }

    void answerJobs()
    {
        on<SubmitJob>([this](SubmitJob it) -> Result<Job> {
            m_world.submitted = std::move(it.input);
            return m_world.job;
        });
        on<GetJob>([this](const GetJob& it) { return jobOf(it.id); });
        on<ListJobs>([this](const ListJobs&) -> Result<QList<Job>> { return QList<Job>{m_world.job}; });
        on<CancelJob>([](const CancelJob&) { return Result<void>(); });
        on<RetryJob>([this](const RetryJob& it) { return jobOf(it.id); });
    }

    void answerCatalogue()
    {
        on<ListPresets>([](const ListPresets&) -> Result<QList<ModelSpec>> { return QList<ModelSpec>(); });
        on<SearchModels>(
            [](const SearchModels&) -> Result<QList<ModelSpec>> { return fail(ErrorCode::NetworkUnreachable, "hub"); });
        on<ListGpuOffers>([](const ListGpuOffers&) -> Result<QList<GpuOffer>> { return fail(ErrorCode::KeyMissing); });
        on<GetQuote>([](const GetQuote&) -> Result<DeployQuote> { return DeployQuote{}; });
        on<GetModelDetails>([](const GetModelDetails& it) -> Result<ModelDetails> {
            if (!it.target.isPractice() && it.target != AccountId::runpod())
                return fail(ErrorCode::AccountUnknown, it.target.text().toStdString());
            ModelDetails details;
            details.model.id = it.idOrLink;
            details.inputSchema = jobInputSchema(details.model);
            return details;
        });
        on<WatchLicence>([](const WatchLicence&) { return Result<void>(); });
    }

    void answerKeys()
    {
        on<TryKey>([](const TryKey& it) -> Result<KeyVerdict> {
            if (it.key->reveal() == "rpa_works")
                return KeyVerdict{true, QStringLiteral("create"), {}};
            return KeyVerdict{false, {}, Error{ErrorCode::KeyRejected, {}, 401, {}, {}}};
        });
        on<UnlockKeychain>([](const UnlockKeychain&) -> Result<void> { return fail(ErrorCode::KeychainLocked); });
        on<ListKeys>([](const ListKeys&) -> Result<QList<KeyState>> { return QList<KeyState>{KeyState{}}; });
        on<SetKey>([this](const SetKey& it) -> Result<KeyState> {
            m_world.key = it.key->reveal();
            return KeyState{it.kind, true, it.sessionOnly, QStringLiteral("fake")};
        });
        on<CheckKey>([](const CheckKey&) -> Result<void> { return fail(ErrorCode::KeyRejected); });
        on<ForgetKey>([](const ForgetKey&) { return Result<void>(); });
        on<GetWorkerImage>([](const GetWorkerImage&) -> Result<WorkerImage> {
            return WorkerImage{QStringLiteral("image@sha256:1"), {}, {}};
        });
        on<SetWorkerImage>([](const SetWorkerImage&) { return Result<void>(); });
        on<GetHealth>([](const GetHealth&) -> Result<EngineHealth> {
            EngineHealth health;
            health.secretBackend = QStringLiteral("fake");
            return health;
        });
    }

    void answerMoney()
    {
        on<GetSpend>([](const GetSpend& it) -> Result<SpendReport> {
            SpendReport report;
            report.summary.target = it.query.target;
            report.summary.from = it.query.from;
            report.summary.to = it.query.to;
            report.summary.causes = {{CostCause::Picture, 12.0, 0.01}};
            report.volumes = VolumeSpend{3, 1, 4.2};
            return report;
        });
        on<ListSpendLimits>([this](const ListSpendLimits&) -> Result<QList<SpendLimit>> { return m_world.limits; });
        on<SetSpendLimit>([this](const SetSpendLimit& it) {
            m_world.limits.append(it.limit);
            return Result<void>();
        });
        on<ListLimitStates>([this](const ListLimitStates&) -> Result<QList<LimitState>> {
            QList<LimitState> states;
            for (const SpendLimit& limit : m_world.limits)
                states.append({limit, AccountId::runpod(), 1.5, LimitLevel::Tell});
            return states;
        });
        on<StopEverything>([](const StopEverything&) -> Result<StopReport> {
            StopReport report;
            report.unreachable = {{AccountId::runpod(), true, Error{ErrorCode::KeyNeeded, {}, 0, {}, {}}}};
            return report;
        });
    }

    void answerVolumes()
    {
        on<ListVolumes>(
            [this](const ListVolumes&) -> Result<QList<ModelVolume>> { return QList<ModelVolume>{m_world.volume}; });
        on<CreateVolume>([this](const CreateVolume& it) -> Result<ModelVolume> {
            ModelVolume volume = m_world.volume;
            volume.target = it.target;
            volume.name = it.name;
            volume.sizeGb = it.sizeGb;
            volume.dataCenter = it.dataCenter;
            return volume;
        });
        on<GrowVolume>([this](const GrowVolume& it) -> Result<ModelVolume> {
            ModelVolume volume = m_world.volume;
            volume.sizeGb = it.sizeGb;
            return volume;
        });
        on<DeleteVolume>([this](const DeleteVolume& it) -> Result<void> {
            return it.id == m_world.volume.id ? Result<void>() : Result<void>(fail(ErrorCode::NotFound, it.id.value()));
        });
        on<KeepModelNear>([this](const KeepModelNear& it) -> Result<ModelVolume> {
            ModelVolume volume = m_world.volume;
            volume.modelId = it.wish.modelId;
            volume.state = FillState::Filling;
            return volume;
        });
        on<SetVolumeKeys>([this](const SetVolumeKeys& it) {
            m_world.key = it.keys.secretKey->reveal();
            return Result<void>();
        });
        on<GetStorage>([this](const GetStorage&) -> Result<StorageState> { return m_world.storage; });
        on<SetStorage>([this](SetStorage it) -> Result<StorageState> {
            m_world.storage = {std::move(it.settings), it.keys.secretKey != nullptr, it.keys.accessKeyId};
            return m_world.storage;
        });
        on<TestStorage>([](const TestStorage&) -> Result<void> { return fail(ErrorCode::StorageRefused, "no"); });
        on<ForgetStorage>([](const ForgetStorage&) { return Result<void>(); });
    }

    FakeWorld& m_world;
    Handlers m_handlers;
    TaskScope m_scope;
};

} // namespace visgate::test
