// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_config.h"
#include "core/engine/context/step_probe.h"
#include "core/providers/provider.h"

#include <memory>

namespace visgate::test {

/// A provider that tells a probe before and after each call: "create_endpoint.before", "create_endpoint.after" ...
class ProbedProvider final : public Provider,
                             private ProviderLogs,
                             private ProviderBilling,
                             private ProviderVolumes,
                             private ProviderReleases,
                             private ProviderBalance {
public:
    ProbedProvider(std::unique_ptr<Provider> inner, std::shared_ptr<StepProbe> probe);

    Task<Result<void>> validateKey() override;
    Task<Result<void>> checkMayCreate() override;
    Task<Result<QList<GpuOffer>>> offers() override;
    Task<Result<QList<ProviderEndpoint>>> listEndpoints(CallFor reason = CallFor::Watching) override;
    Task<Result<ProviderEndpoint>> endpoint(EndpointId id) override;
    Task<Result<ProviderEndpoint>> createEndpoint(EndpointSpec spec) override;
    Task<Result<ProviderEndpoint>> scale(
        EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout) override;
    Task<Result<void>> deleteEndpoint(EndpointId id) override;
    Task<Result<WorkerList>> workers(EndpointId id, CallFor reason = CallFor::Watching) override;
    Task<Result<QList<DataCenter>>> dataCenters() override;
    Task<Result<ProviderJobId>> submitJob(
        EndpointId id, QJsonObject input, std::chrono::seconds executionTimeout) override;
    Task<Result<ProviderJob>> job(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> cancelJob(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> retryJob(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> purgeQueue(EndpointId id) override;
    Task<Result<QueueHealth>> health(EndpointId id) override;
    [[nodiscard]] std::optional<double> callsPerMinute() const override { return m_inner->callsPerMinute(); }
    [[nodiscard]] std::optional<TimePoint> serverTime() const override { return m_inner->serverTime(); }
    [[nodiscard]] ProviderLogs* logs() override { return m_inner->logs() ? this : nullptr; }
    [[nodiscard]] ProviderBilling* billing() override { return m_inner->billing() ? this : nullptr; }
    [[nodiscard]] ProviderVolumes* volumes() override { return m_inner->volumes() ? this : nullptr; }
    [[nodiscard]] ProviderReleases* releases() override { return m_inner->releases() ? this : nullptr; }
    [[nodiscard]] ProviderBalance* balance() override { return m_inner->balance() ? this : nullptr; }

private:
    std::unique_ptr<LogStream> openLogs(
        EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine) override;
    Task<Result<QList<BillingRecord>>> readBills(
        TimePoint from, TimePoint to, CallFor reason = CallFor::Watching) override;
    Task<Result<QList<ProviderVolume>>> listVolumes() override;
    Task<Result<ProviderVolume>> createVolume(QString name, int sizeGb, QString dataCenter) override;
    Task<Result<ProviderVolume>> growVolume(VolumeId id, int sizeGb) override;
    Task<Result<void>> deleteVolume(VolumeId id) override;
    Task<Result<ReleaseHistory>> listReleases(EndpointId id) override;
    Task<Result<ProviderEndpoint>> rollBack(EndpointId id, int version) override;
    Task<Result<AccountBalance>> readBalance() override;

    std::unique_ptr<Provider> m_inner;
    std::shared_ptr<StepProbe> m_probe;
};

/// The engine of this configuration tells `probe` about its own steps and about each call of its providers.
void probeWith(EngineConfig& config, std::shared_ptr<StepProbe> probe);

} // namespace visgate::test
