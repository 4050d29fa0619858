// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memory_cloud.h"

#include <QByteArray>
#include <QJsonArray>

#include <utility>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kJobTime = 150ms;
constexpr const char* kGpu = "NVIDIA A40";
/// One grey pixel.
constexpr const char* kPicture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNo"
                                 "AAAAggCBd81ytgAAAABJRU5ErkJggg==";

QJsonObject outputOf(const ProviderEndpoint& endpoint)
{
    const QJsonObject artifact{{u"data"_s, QString::fromLatin1(kPicture)}, {u"content_type"_s, u"image/png"_s},
        {u"width"_s, 1}, {u"height"_s, 1}, {u"seed"_s, 7}};
    return {{u"artifacts"_s, QJsonArray{artifact}}, {u"model_id"_s, endpoint.env.value(u"HF_MODEL_ID"_s)},
        {u"runner"_s, u"memory"_s}, {u"gpu"_s, QString::fromLatin1(kGpu)}};
}

template <typename T> Task<Result<T>> ready(Result<T> outcome)
{
    co_return outcome;
}

} // namespace

ProviderDescriptor MemoryCloud::descriptor()
{
    ProviderDescriptor descriptor;
    descriptor.id = u"memory"_s;
    descriptor.name = u"Memory"_s;
    descriptor.needsKey = false;
    return descriptor;
}

MemoryCloud::Known* MemoryCloud::find(const EndpointId& id)
{
    const auto found = m_known.find(id);
    return found == m_known.end() ? nullptr : &found->second;
}

bool MemoryCloud::hasWorker(const Known& known) const
{
    const bool isBusy = Clock::now() < known.busyUntil + known.endpoint.idleTimeout;
    return known.endpoint.workersMin > 0 || (known.endpoint.workersMax > 0 && isBusy);
}

void MemoryCloud::advance(Known& known)
{
    if (known.endpoint.workersMax == 0)
        return;
    const auto now = Clock::now();
    for (auto& [id, entry] : known.jobs) {
        if (entry.job.status == JobStatus::InQueue) {
            entry.job.status = JobStatus::InProgress;
            entry.job.worker = WorkerId(known.endpoint.id.value() + "-worker");
            entry.startedAt = now;
            known.busyUntil = now + kJobTime;
        } else if (entry.job.status == JobStatus::InProgress && now - entry.startedAt >= kJobTime) {
            entry.job.status = JobStatus::Completed;
            entry.job.hasOutput = true;
            entry.job.output = entry.isDebug ? QJsonObject{{u"loaded"_s, true}} : outputOf(known.endpoint);
            entry.job.executionTime = kJobTime;
            known.busyUntil = now;
        }
    }
}

Result<ProviderEndpoint> MemoryCloud::create(const EndpointSpec& spec)
{
    const std::lock_guard lock(m_mutex);
    if (spec.gpuPools.isEmpty())
        return fail(Error{ErrorCode::ProviderRefused, "no GPU", 422, {}, {}});
    ProviderEndpoint made;
    made.id = EndpointId("mem" + std::to_string(++m_made));
    made.name = spec.name;
    made.url = u"memory://"_s + QString::fromStdString(made.id.value());
    made.image = spec.image;
    made.gpuPools = spec.gpuPools;
    made.workersMin = spec.limits.workersMin;
    made.workersMax = spec.limits.workersMax;
    made.idleTimeout = spec.limits.idleTimeout;
    made.executionTimeout = spec.limits.executionTimeout;
    made.env = spec.env;
    made.createdAt = std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
    m_known[made.id].endpoint = made;
    return made;
}

QList<ProviderEndpoint> MemoryCloud::endpoints() const
{
    const std::lock_guard lock(m_mutex);
    QList<ProviderEndpoint> all;
    for (const auto& [id, known] : m_known)
        all.append(known.endpoint);
    return all;
}

Result<ProviderEndpoint> MemoryCloud::endpoint(const EndpointId& id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_known.find(id);
    if (found == m_known.end())
        return fail(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}});
    return found->second.endpoint;
}

Result<ProviderEndpoint> MemoryCloud::scale(const EndpointId& id, int min, int max, std::chrono::seconds idleTimeout)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known)
        return fail(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}});
    known->endpoint.workersMin = min;
    known->endpoint.workersMax = max;
    known->endpoint.idleTimeout = idleTimeout;
    return known->endpoint;
}

void MemoryCloud::remove(const EndpointId& id)
{
    const std::lock_guard lock(m_mutex);
    m_known.erase(id);
}

Result<WorkerList> MemoryCloud::workers(const EndpointId& id)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known)
        return fail(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}});
    advance(*known);
    WorkerList list;
    if (!hasWorker(*known))
        return list;
    const bool isBusy = Clock::now() < known->busyUntil;
    ProviderWorker worker;
    worker.id = WorkerId(id.value() + "-worker");
    worker.status = isBusy ? WorkerStatus::Running : WorkerStatus::Idle;
    worker.gpuTypeId = QString::fromLatin1(kGpu);
    list.workers.append(worker);
    (isBusy ? list.counts.running : list.counts.idle) = 1;
    return list;
}

int MemoryCloud::running()
{
    const std::lock_guard lock(m_mutex);
    int workers = 0;
    for (auto& [id, known] : m_known) {
        advance(known);
        workers += hasWorker(known) ? 1 : 0;
    }
    return workers;
}

Result<ProviderJobId> MemoryCloud::submit(const EndpointId& id, const QJsonObject& input)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known)
        return fail(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}});
    if (known->endpoint.workersMax == 0)
        return fail(Error{ErrorCode::Conflict, "paused", 409, {}, {}});
    KnownJob entry;
    entry.job.id = ProviderJobId("job" + std::to_string(++m_made));
    entry.job.status = JobStatus::InQueue;
    entry.isDebug = input["debug"_L1].toBool();
    const ProviderJobId made = entry.job.id;
    known->jobs.emplace(made, std::move(entry));
    return made;
}

Result<ProviderJob> MemoryCloud::job(const EndpointId& id, const ProviderJobId& job)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    const auto found = known ? known->jobs.find(job) : decltype(known->jobs.find(job)){};
    if (!known || found == known->jobs.end())
        return fail(Error{ErrorCode::ResultExpired, {}, 404, {}, {}});
    advance(*known);
    return found->second.job;
}

Result<void> MemoryCloud::cancel(const EndpointId& id, const ProviderJobId& job)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known || !known->jobs.contains(job))
        return fail(Error{ErrorCode::ResultExpired, {}, 404, {}, {}});
    ProviderJob& stopped = known->jobs.at(job).job;
    if (!isFinished(stopped.status))
        stopped.status = JobStatus::Cancelled;
    return {};
}

Result<void> MemoryCloud::retry(const EndpointId& id, const ProviderJobId& job)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known || !known->jobs.contains(job))
        return fail(Error{ErrorCode::ResultExpired, {}, 404, {}, {}});
    known->jobs.at(job).job.status = JobStatus::InQueue;
    return {};
}

Result<void> MemoryCloud::purge(const EndpointId& id)
{
    const std::lock_guard lock(m_mutex);
    if (Known* const known = find(id))
        std::erase_if(known->jobs, [](const auto& entry) { return entry.second.job.status == JobStatus::InQueue; });
    return {};
}

Result<QueueHealth> MemoryCloud::health(const EndpointId& id)
{
    const std::lock_guard lock(m_mutex);
    Known* const known = find(id);
    if (!known)
        return fail(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}});
    QueueHealth health;
    for (const auto& [job, entry] : known->jobs) {
        health.inQueue += entry.job.status == JobStatus::InQueue ? 1 : 0;
        health.inProgress += entry.job.status == JobStatus::InProgress ? 1 : 0;
        health.completed += entry.job.status == JobStatus::Completed ? 1 : 0;
    }
    return health;
}

MemoryProvider::MemoryProvider(std::shared_ptr<MemoryCloud> cloud) : m_cloud(std::move(cloud)) { }

Task<Result<void>> MemoryProvider::validateKey()
{
    return ready<void>({});
}

Task<Result<void>> MemoryProvider::checkMayCreate()
{
    return ready<void>({});
}

Task<Result<QList<GpuOffer>>> MemoryProvider::offers()
{
    GpuOffer offer;
    offer.typeId = QString::fromLatin1(kGpu);
    offer.name = u"A40"_s;
    offer.pool = u"AMPERE_48"_s;
    offer.memoryGb = 48.0;
    offer.usdPerHour = 0.5;
    offer.stock = Stock::High;
    return ready<QList<GpuOffer>>(QList<GpuOffer>{offer});
}

Task<Result<QList<DataCenter>>> MemoryProvider::dataCenters()
{
    return ready<QList<DataCenter>>(QList<DataCenter>());
}

Task<Result<QList<ProviderEndpoint>>> MemoryProvider::listEndpoints(CallFor)
{
    return ready<QList<ProviderEndpoint>>(m_cloud->endpoints());
}

Task<Result<ProviderEndpoint>> MemoryProvider::endpoint(EndpointId id)
{
    return ready(m_cloud->endpoint(id));
}

Task<Result<ProviderEndpoint>> MemoryProvider::createEndpoint(EndpointSpec spec)
{
    return ready(m_cloud->create(spec));
}

Task<Result<ProviderEndpoint>> MemoryProvider::scale(
    EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout)
{
    return ready(m_cloud->scale(id, workersMin, workersMax, idleTimeout));
}

Task<Result<void>> MemoryProvider::deleteEndpoint(EndpointId id)
{
    m_cloud->remove(id);
    return ready<void>({});
}

Task<Result<WorkerList>> MemoryProvider::workers(EndpointId id, CallFor)
{
    return ready(m_cloud->workers(id));
}

Task<Result<ProviderJobId>> MemoryProvider::submitJob(EndpointId id, QJsonObject input, std::chrono::seconds)
{
    return ready(m_cloud->submit(id, input));
}

Task<Result<ProviderJob>> MemoryProvider::job(EndpointId id, ProviderJobId job)
{
    return ready(m_cloud->job(id, job));
}

Task<Result<void>> MemoryProvider::cancelJob(EndpointId id, ProviderJobId job)
{
    return ready(m_cloud->cancel(id, job));
}

Task<Result<void>> MemoryProvider::retryJob(EndpointId id, ProviderJobId job)
{
    return ready(m_cloud->retry(id, job));
}

Task<Result<void>> MemoryProvider::purgeQueue(EndpointId id)
{
    return ready(m_cloud->purge(id));
}

Task<Result<QueueHealth>> MemoryProvider::health(EndpointId id)
{
    return ready(m_cloud->health(id));
}

void addMemoryCloud(EngineConfig& config, std::shared_ptr<MemoryCloud> cloud)
{
    config.providers.append(MemoryCloud::descriptor());
    config.makeProvider = [cloud = std::move(cloud), make = std::move(config.makeProvider)](AccountId account,
                              TargetAddress address, std::shared_ptr<const Secret> key) -> std::unique_ptr<Provider> {
        if (account.provider() == MemoryCloud::descriptor().id)
            return std::make_unique<MemoryProvider>(cloud);
        return make(std::move(account), std::move(address), std::move(key));
    };
}

} // namespace visgate::test
