// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/answer.h"
#include "core/base/owned_thread.h"
#include "core/engine/engine_core.h"

#include <QMetaObject>

#include <functional>
#include <future>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename T> Task<void> answer(std::shared_ptr<Answer<T>> reply, Task<Result<T>> call)
{
    auto result = co_await call;
    reply->give(std::move(result));
}

} // namespace

class Engine::Impl {
public:
    explicit Impl(EngineConfig config)
        : core(std::make_unique<EngineCore>(std::move(config))), thread(startThread(u"engine"_s))
    {
        core->moveToThread(thread.get());
    }

    ~Impl()
    {
        std::promise<void> stopped;
        QMetaObject::invokeMethod(
            core.get(), [&] { core->stop([&] { stopped.set_value(); }); }, Qt::QueuedConnection);
        stopped.get_future().wait();
        thread.reset();
    }

    /// Posts `call` to the engine thread; it begins when the engine has started.
    template <typename T> QFuture<Result<T>> post(std::function<Task<Result<T>>(EngineCore&)> call)
    {
        auto reply = std::make_shared<Answer<T>>();
        QFuture<Result<T>> future = reply->future();
        const auto begin = [engine = core.get(), reply, call = std::move(call)] {
            engine->whenStarted([engine, reply, call](const Result<void>& started) {
                if (!started)
                    reply->give(fail(started.error()));
                else if (engine->isStopping())
                    reply->give(fail(ErrorCode::Cancelled));
                else
                    engine->scope().add(answer<T>(reply, call(*engine)));
            });
        };
        QMetaObject::invokeMethod(core.get(), begin, Qt::QueuedConnection);
        return future;
    }

    std::unique_ptr<EngineCore> core; ///< lives on `thread`; deleted after it has ended
    OwnedThread thread;
};

Engine::Engine(EngineConfig config) : m_impl(std::make_unique<Impl>(std::move(config)))
{
    EngineCore* const core = m_impl->core.get();
    connect(core, &EngineCore::deploymentChanged, this, &Engine::deploymentChanged);
    connect(core, &EngineCore::jobChanged, this, &Engine::jobChanged);
    connect(core, &EngineCore::logAppended, this, &Engine::logAppended);
    connect(core, &EngineCore::limitPassed, this, &Engine::limitPassed);
    connect(core, &EngineCore::stopProgressed, this, &Engine::stopProgressed);
    connect(core, &EngineCore::endpointsChanged, this, &Engine::endpointsChanged);
}

Engine::~Engine() = default;

QFuture<Result<void>> Engine::start()
{
    auto reply = std::make_shared<Answer<void>>();
    QFuture<Result<void>> future = reply->future();
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, reply] { core->scope().add(answer<void>(reply, core->start())); }, Qt::QueuedConnection);
    return future;
}

QFuture<Result<Deployment>> Engine::createDeployment(CreateRequest request)
{
    return m_impl->post<Deployment>([request](EngineCore& core) { return core.createDeployment(request); });
}

QFuture<Result<DeploymentPage>> Engine::listDeployments(
    int limit, QString cursor, std::optional<DeploymentStatus> status)
{
    return m_impl->post<DeploymentPage>(
        [limit, cursor, status](EngineCore& core) { return core.listDeployments(limit, cursor, status); });
}

QFuture<Result<Deployment>> Engine::deployment(DeploymentId id)
{
    return m_impl->post<Deployment>([id](EngineCore& core) { return core.deployment(id); });
}

QFuture<Result<void>> Engine::deleteDeployment(DeploymentId id)
{
    return m_impl->post<void>([id](EngineCore& core) { return core.setWish(id, Wish::Delete, false); });
}

QFuture<Result<void>> Engine::pauseDeployment(DeploymentId id)
{
    return m_impl->post<void>([id](EngineCore& core) { return core.setWish(id, Wish::Pause, true); });
}

QFuture<Result<void>> Engine::resumeDeployment(DeploymentId id)
{
    return m_impl->post<void>([id](EngineCore& core) { return core.setWish(id, Wish::Run, true); });
}

QFuture<Result<Deployment>> Engine::scaleDeployment(DeploymentId id, ScaleRequest request)
{
    return m_impl->post<Deployment>([id, request](EngineCore& core) { return core.scale(id, request); });
}

QFuture<Result<void>> Engine::keepDeployment(DeploymentId id, std::chrono::seconds time)
{
    return m_impl->post<void>([id, time](EngineCore& core) { return core.keep(id, time); });
}

QFuture<Result<Deployment>> Engine::restoreDeployment(DeploymentId id)
{
    return m_impl->post<Deployment>([id](EngineCore& core) { return core.restore(id); });
}

QFuture<Result<ReleaseHistory>> Engine::releases(DeploymentId id)
{
    return m_impl->post<ReleaseHistory>([id](EngineCore& core) { return core.releases(id); });
}

QFuture<Result<ReleaseHistory>> Engine::rollBack(DeploymentId id, int version)
{
    return m_impl->post<ReleaseHistory>([id, version](EngineCore& core) { return core.rollBack(id, version); });
}

QFuture<Result<WarmPrice>> Engine::warmPrice(DeploymentId id, PoolPolicy policy)
{
    return m_impl->post<WarmPrice>([id, policy](EngineCore& core) { return core.warmPrice(id, policy); });
}

QFuture<Result<Deployment>> Engine::setPool(
    DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
{
    return m_impl->post<Deployment>(
        [id, policy, acceptedUsdPerMonth](EngineCore& core) { return core.setPool(id, policy, acceptedUsdPerMonth); });
}

QFuture<Result<Job>> Engine::submitJob(DeploymentId id, JobInput input)
{
    return m_impl->post<Job>([id, input](EngineCore& core) { return core.submitJob(id, input); });
}

QFuture<Result<Job>> Engine::job(JobId id)
{
    return m_impl->post<Job>([id](EngineCore& core) { return core.job(id); });
}

QFuture<Result<QList<Job>>> Engine::jobs(DeploymentId id)
{
    return m_impl->post<QList<Job>>([id](EngineCore& core) { return core.jobs(id); });
}

QFuture<Result<void>> Engine::cancelJob(JobId id)
{
    return m_impl->post<void>([id](EngineCore& core) { return core.cancelJob(id); });
}

QFuture<Result<Job>> Engine::retryJob(JobId id)
{
    return m_impl->post<Job>([id](EngineCore& core) { return core.retryJob(id); });
}

QFuture<Result<QList<LogLine>>> Engine::logs(DeploymentId id, qint64 since, int limit)
{
    return m_impl->post<QList<LogLine>>([id, since, limit](EngineCore& core) { return core.logs(id, since, limit); });
}

QFuture<Result<QList<ModelSpec>>> Engine::presets()
{
    return m_impl->post<QList<ModelSpec>>([](EngineCore& core) { return core.presets(); });
}

QFuture<Result<QList<ModelSpec>>> Engine::searchModels(Target target, QString text)
{
    return m_impl->post<QList<ModelSpec>>([target, text](EngineCore& core) { return core.searchModels(target, text); });
}

QFuture<Result<QList<GpuOffer>>> Engine::gpuOffers(Target target)
{
    return m_impl->post<QList<GpuOffer>>([target](EngineCore& core) { return core.gpuOffers(target); });
}

QFuture<Result<DeployQuote>> Engine::quote(CreateRequest request)
{
    return m_impl->post<DeployQuote>([request](EngineCore& core) { return core.quote(request); });
}

QFuture<Result<ModelDetails>> Engine::modelDetails(Target target, QString idOrLink)
{
    return m_impl->post<ModelDetails>(
        [target, idOrLink](EngineCore& core) { return core.modelDetails(target, idOrLink); });
}

QFuture<Result<KeyVerdict>> Engine::tryKey(std::shared_ptr<const Secret> key)
{
    return m_impl->post<KeyVerdict>([key](EngineCore& core) { return core.tryKey(key); });
}

QFuture<Result<QList<KeyState>>> Engine::keys()
{
    return m_impl->post<QList<KeyState>>([](EngineCore& core) { return core.keys(); });
}

QFuture<Result<KeyState>> Engine::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    return m_impl->post<KeyState>(
        [kind, key, sessionOnly](EngineCore& core) { return core.setKey(kind, key, sessionOnly); });
}

QFuture<Result<void>> Engine::checkKey(KeyKind kind)
{
    return m_impl->post<void>([kind](EngineCore& core) { return core.checkKey(kind); });
}

QFuture<Result<void>> Engine::forgetKey(KeyKind kind)
{
    return m_impl->post<void>([kind](EngineCore& core) { return core.forgetKey(kind); });
}

QFuture<Result<void>> Engine::unlockKeychain()
{
    return m_impl->post<void>([](EngineCore& core) { return core.unlockKeychain(); });
}

QFuture<Result<std::shared_ptr<const Secret>>> Engine::localApiKey()
{
    return m_impl->post<std::shared_ptr<const Secret>>([](EngineCore& core) { return core.localApiKey(); });
}

QFuture<Result<QString>> Engine::workerImage()
{
    return m_impl->post<QString>([](EngineCore& core) { return core.workerImage(); });
}

QFuture<Result<void>> Engine::setWorkerImage(QString image)
{
    return m_impl->post<void>([image](EngineCore& core) { return core.setWorkerImage(image); });
}

QFuture<Result<QList<ModelVolume>>> Engine::volumes(Target target)
{
    return m_impl->post<QList<ModelVolume>>([target](EngineCore& core) { return core.volumes(target); });
}

QFuture<Result<ModelVolume>> Engine::createVolume(Target target, QString name, int sizeGb, QString dataCenter)
{
    return m_impl->post<ModelVolume>([target, name, sizeGb, dataCenter](EngineCore& core) {
        return core.createVolume(target, name, sizeGb, dataCenter);
    });
}

QFuture<Result<ModelVolume>> Engine::growVolume(Target target, VolumeId id, int sizeGb)
{
    return m_impl->post<ModelVolume>(
        [target, id, sizeGb](EngineCore& core) { return core.growVolume(target, id, sizeGb); });
}

QFuture<Result<void>> Engine::deleteVolume(Target target, VolumeId id)
{
    return m_impl->post<void>([target, id](EngineCore& core) { return core.deleteVolume(target, id); });
}

QFuture<Result<ModelVolume>> Engine::keepNear(KeepNear wish)
{
    return m_impl->post<ModelVolume>([wish](EngineCore& core) { return core.keepNear(wish); });
}

QFuture<Result<void>> Engine::setVolumeKeys(StorageKeys keys, bool sessionOnly)
{
    return m_impl->post<void>([keys, sessionOnly](EngineCore& core) { return core.setVolumeKeys(keys, sessionOnly); });
}

QFuture<Result<StorageState>> Engine::storage()
{
    return m_impl->post<StorageState>([](EngineCore& core) { return core.storage(); });
}

QFuture<Result<StorageState>> Engine::setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly)
{
    return m_impl->post<StorageState>(
        [settings, keys, sessionOnly](EngineCore& core) { return core.setStorage(settings, keys, sessionOnly); });
}

QFuture<Result<void>> Engine::testStorage()
{
    return m_impl->post<void>([](EngineCore& core) { return core.testStorage(); });
}

QFuture<Result<void>> Engine::forgetStorage()
{
    return m_impl->post<void>([](EngineCore& core) { return core.forgetStorage(); });
}

QFuture<Result<void>> Engine::watchLicence(Target target, QString modelId)
{
    return m_impl->post<void>([target, modelId](EngineCore& core) { return core.watchLicence(target, modelId); });
}

QFuture<Result<Deployment>> Engine::answerQuestion(DeploymentId id, bool accepted)
{
    return m_impl->post<Deployment>([id, accepted](EngineCore& core) { return core.answerQuestion(id, accepted); });
}

QFuture<Result<QList<CleanupItem>>> Engine::cleanUp(CleanupRequest request)
{
    return m_impl->post<QList<CleanupItem>>([request](EngineCore& core) { return core.cleanUp(request); });
}

QFuture<Result<SpendReport>> Engine::spend(SpendQuery query)
{
    return m_impl->post<SpendReport>([query](EngineCore& core) { return core.spend(query); });
}

QFuture<Result<QList<SpendLimit>>> Engine::spendLimits()
{
    return m_impl->post<QList<SpendLimit>>([](EngineCore& core) { return core.spendLimits(); });
}

QFuture<Result<void>> Engine::setSpendLimit(SpendLimit limit)
{
    return m_impl->post<void>([limit](EngineCore& core) { return core.setSpendLimit(limit); });
}

QFuture<Result<QList<LimitState>>> Engine::limitStates()
{
    return m_impl->post<QList<LimitState>>([](EngineCore& core) { return core.limitStates(); });
}

QFuture<Result<StopReport>> Engine::stopEverything()
{
    return m_impl->post<StopReport>([](EngineCore& core) { return core.stopEverything(); });
}

QFuture<Result<QList<AccountEndpoint>>> Engine::endpoints(bool refresh)
{
    return m_impl->post<QList<AccountEndpoint>>([refresh](EngineCore& core) { return core.endpoints(refresh); });
}

void Engine::look(const DeploymentId& id)
{
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, id] { core->look(id); }, Qt::QueuedConnection);
}

void Engine::setCallbackAddress(std::optional<CallbackAddress> address)
{
    EngineCore* const core = m_impl->core.get();
    QMetaObject::invokeMethod(
        core, [core, address] { core->setCallbackAddress(address); }, Qt::QueuedConnection);
}

QFuture<Result<CallbackAnswer>> Engine::acceptCallback(CallbackReport report)
{
    return m_impl->post<CallbackAnswer>([report](EngineCore& core) { return core.acceptCallback(report); });
}

std::shared_ptr<const EngineSnapshot> Engine::snapshot() const
{
    return m_impl->core->snapshot();
}

QFuture<Result<EngineHealth>> Engine::health()
{
    return m_impl->post<EngineHealth>([](EngineCore& core) { return core.health(); });
}

} // namespace visgate
