// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/probed_provider.h"

#include <utility>

namespace visgate::test {

namespace {

/// `name` has static storage. The probe is held by the frame: the provider may be gone when the call ends.
template <typename T>
Task<T> between(std::shared_ptr<StepProbe> probe, const char* before, const char* after, std::function<Task<T>()> call)
{
    probe->at(before);
    auto outcome = co_await call();
    probe->at(after);
    co_return outcome;
}

} // namespace

ProbedProvider::ProbedProvider(std::unique_ptr<Provider> inner, std::shared_ptr<StepProbe> probe)
    : m_inner(std::move(inner)), m_probe(std::move(probe))
{
}

Task<Result<void>> ProbedProvider::validateKey()
{
    return between<Result<void>>(
        m_probe, "validate_key.before", "validate_key.after", [this] { return m_inner->validateKey(); });
}

Task<Result<void>> ProbedProvider::checkMayCreate()
{
    return between<Result<void>>(
        m_probe, "check_may_create.before", "check_may_create.after", [this] { return m_inner->checkMayCreate(); });
}

Task<Result<QList<GpuOffer>>> ProbedProvider::offers()
{
    return between<Result<QList<GpuOffer>>>(
        m_probe, "offers.before", "offers.after", [this] { return m_inner->offers(); });
}

Task<Result<QList<ProviderEndpoint>>> ProbedProvider::listEndpoints(CallFor reason)
{
    return between<Result<QList<ProviderEndpoint>>>(m_probe, "list_endpoints.before", "list_endpoints.after",
        [this, reason] { return m_inner->listEndpoints(reason); });
}

Task<Result<ProviderEndpoint>> ProbedProvider::endpoint(EndpointId id)
{
    return between<Result<ProviderEndpoint>>(
        m_probe, "endpoint.before", "endpoint.after", [this, id] { return m_inner->endpoint(id); });
}

Task<Result<ProviderEndpoint>> ProbedProvider::createEndpoint(EndpointSpec spec)
{
    return between<Result<ProviderEndpoint>>(m_probe, "create_endpoint.before", "create_endpoint.after",
        [this, spec] { return m_inner->createEndpoint(spec); });
}

Task<Result<ProviderEndpoint>> ProbedProvider::scale(
    EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout)
{
    return between<Result<ProviderEndpoint>>(
        m_probe, "scale.before", "scale.after", [this, id, workersMin, workersMax, idleTimeout] {
            return m_inner->scale(id, workersMin, workersMax, idleTimeout);
        });
}

Task<Result<void>> ProbedProvider::deleteEndpoint(EndpointId id)
{
    return between<Result<void>>(
        m_probe, "delete_endpoint.before", "delete_endpoint.after", [this, id] { return m_inner->deleteEndpoint(id); });
}

Task<Result<WorkerList>> ProbedProvider::workers(EndpointId id, CallFor reason)
{
    return between<Result<WorkerList>>(
        m_probe, "workers.before", "workers.after", [this, id, reason] { return m_inner->workers(id, reason); });
}

Task<Result<ReleaseHistory>> ProbedProvider::listReleases(EndpointId id)
{
    return between<Result<ReleaseHistory>>(
        m_probe, "releases.before", "releases.after", [this, id] { return m_inner->releases()->listReleases(id); });
}

Task<Result<ProviderEndpoint>> ProbedProvider::rollBack(EndpointId id, int version)
{
    return between<Result<ProviderEndpoint>>(m_probe, "roll_back.before", "roll_back.after",
        [this, id, version] { return m_inner->releases()->rollBack(id, version); });
}

Task<Result<QList<BillingRecord>>> ProbedProvider::readBills(TimePoint from, TimePoint to, CallFor reason)
{
    return between<Result<QList<BillingRecord>>>(m_probe, "billing.before", "billing.after",
        [this, from, to, reason] { return m_inner->billing()->readBills(from, to, reason); });
}

Task<Result<QList<DataCenter>>> ProbedProvider::dataCenters()
{
    return between<Result<QList<DataCenter>>>(
        m_probe, "data_centers.before", "data_centers.after", [this] { return m_inner->dataCenters(); });
}

Task<Result<QList<ProviderVolume>>> ProbedProvider::listVolumes()
{
    return between<Result<QList<ProviderVolume>>>(
        m_probe, "volumes.before", "volumes.after", [this] { return m_inner->volumes()->listVolumes(); });
}

Task<Result<ProviderVolume>> ProbedProvider::createVolume(QString name, int sizeGb, QString dataCenter)
{
    return between<Result<ProviderVolume>>(m_probe, "create_volume.before", "create_volume.after",
        [this, name, sizeGb, dataCenter] { return m_inner->volumes()->createVolume(name, sizeGb, dataCenter); });
}

Task<Result<ProviderVolume>> ProbedProvider::growVolume(VolumeId id, int sizeGb)
{
    return between<Result<ProviderVolume>>(m_probe, "grow_volume.before", "grow_volume.after",
        [this, id, sizeGb] { return m_inner->volumes()->growVolume(id, sizeGb); });
}

Task<Result<void>> ProbedProvider::deleteVolume(VolumeId id)
{
    return between<Result<void>>(m_probe, "delete_volume.before", "delete_volume.after",
        [this, id] { return m_inner->volumes()->deleteVolume(id); });
}

Task<Result<ProviderJobId>> ProbedProvider::submitJob(
    EndpointId id, QJsonObject input, std::chrono::seconds executionTimeout)
{
    return between<Result<ProviderJobId>>(m_probe, "submit_job.before", "submit_job.after",
        [this, id, input, executionTimeout] { return m_inner->submitJob(id, input, executionTimeout); });
}

Task<Result<ProviderJob>> ProbedProvider::job(EndpointId id, ProviderJobId job)
{
    return between<Result<ProviderJob>>(
        m_probe, "job.before", "job.after", [this, id, job] { return m_inner->job(id, job); });
}

Task<Result<void>> ProbedProvider::cancelJob(EndpointId id, ProviderJobId job)
{
    return between<Result<void>>(
        m_probe, "cancel_job.before", "cancel_job.after", [this, id, job] { return m_inner->cancelJob(id, job); });
}

Task<Result<void>> ProbedProvider::retryJob(EndpointId id, ProviderJobId job)
{
    return between<Result<void>>(
        m_probe, "retry_job.before", "retry_job.after", [this, id, job] { return m_inner->retryJob(id, job); });
}

Task<Result<void>> ProbedProvider::purgeQueue(EndpointId id)
{
    return between<Result<void>>(
        m_probe, "purge_queue.before", "purge_queue.after", [this, id] { return m_inner->purgeQueue(id); });
}

Task<Result<QueueHealth>> ProbedProvider::health(EndpointId id)
{
    return between<Result<QueueHealth>>(
        m_probe, "health.before", "health.after", [this, id] { return m_inner->health(id); });
}

Task<Result<AccountBalance>> ProbedProvider::readBalance()
{
    return between<Result<AccountBalance>>(
        m_probe, "balance.before", "balance.after", [this] { return m_inner->balance()->readBalance(); });
}

std::unique_ptr<LogStream> ProbedProvider::openLogs(
    EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine)
{
    m_probe->at("open_logs.before");
    return m_inner->logs()->openLogs(std::move(id), std::move(worker), std::move(resumeAfter), std::move(onLine));
}

void probeWith(EngineConfig& config, std::shared_ptr<StepProbe> probe)
{
    config.makeProvider = [make = std::move(config.makeProvider), probe](
                              AccountId target, TargetAddress address, std::shared_ptr<const Secret> key) {
        return std::make_unique<ProbedProvider>(make(target, std::move(address), std::move(key)), probe);
    };
    config.probe = std::move(probe);
}

} // namespace visgate::test
