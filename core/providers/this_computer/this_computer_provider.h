// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"
#include "core/providers/this_computer/this_computer.h"

#include <functional>
#include <memory>

namespace visgate {

/// This computer as a provider: no account, no network, no price. Accounts that share a data folder share the computer
/// behind it; its processes end with the last of them.
class ThisComputerProvider final : public Provider, private ProviderLogs {
public:
    explicit ThisComputerProvider(std::shared_ptr<ThisComputer> computer);

    Task<Result<void>> validateKey() override;
    Task<Result<void>> checkMayCreate() override;
    Task<Result<void>> checkRuns(QString modelId) override;
    Task<Result<QList<GpuOffer>>> offers() override;
    Task<Result<QList<DataCenter>>> dataCenters() override;
    Task<Result<QList<ProviderEndpoint>>> listEndpoints(CallFor reason = CallFor::Watching) override;
    Task<Result<ProviderEndpoint>> endpoint(EndpointId id) override;
    Task<Result<ProviderEndpoint>> createEndpoint(EndpointSpec spec) override;
    Task<Result<ProviderEndpoint>> scale(
        EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout) override;
    Task<Result<void>> deleteEndpoint(EndpointId id) override;
    Task<Result<WorkerList>> workers(EndpointId id, CallFor reason = CallFor::Watching) override;
    Task<Result<ProviderJobId>> submitJob(
        EndpointId id, QJsonObject input, std::chrono::seconds executionTimeout) override;
    Task<Result<ProviderJob>> job(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> cancelJob(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> retryJob(EndpointId id, ProviderJobId job) override;
    Task<Result<void>> purgeQueue(EndpointId id) override;
    Task<Result<QueueHealth>> health(EndpointId id) override;

    [[nodiscard]] ProviderLogs* logs() override { return this; }
    [[nodiscard]] std::optional<double> callsPerMinute() const override { return std::nullopt; }

private:
    std::unique_ptr<LogStream> openLogs(
        EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine) override;

    std::shared_ptr<ThisComputer> m_computer;
};

/// Makes accounts of one computer: it is made with the first of them and goes with the last, all on one thread.
[[nodiscard]] std::function<std::unique_ptr<Provider>()> accountsOfThisComputer(ThisComputerSettings settings);

} // namespace visgate
