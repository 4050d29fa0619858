// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/provider_descriptor.h"
#include "core/engine/context/engine_config.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QList>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>

namespace visgate::test {

/// A second cloud, in the memory of the test: endpoints, workers that come and go, a queue. It needs no key and has no
/// logs, bills, volumes, releases or balance, so everything that holds with it needs none of these. Any thread.
class MemoryCloud {
public:
    /// What the program is told of it: id "memory", name "Memory".
    [[nodiscard]] static ProviderDescriptor descriptor();

    Result<ProviderEndpoint> create(const EndpointSpec& spec);
    [[nodiscard]] QList<ProviderEndpoint> endpoints() const;
    Result<ProviderEndpoint> endpoint(const EndpointId& id) const;
    Result<ProviderEndpoint> scale(const EndpointId& id, int min, int max, std::chrono::seconds idleTimeout);
    void remove(const EndpointId& id);
    Result<WorkerList> workers(const EndpointId& id);
    /// Workers of all endpoints that bill at this moment.
    [[nodiscard]] int running();

    Result<ProviderJobId> submit(const EndpointId& id, const QJsonObject& input);
    Result<ProviderJob> job(const EndpointId& id, const ProviderJobId& job);
    Result<void> cancel(const EndpointId& id, const ProviderJobId& job);
    Result<void> retry(const EndpointId& id, const ProviderJobId& job);
    Result<void> purge(const EndpointId& id);
    Result<QueueHealth> health(const EndpointId& id);

private:
    using Clock = std::chrono::steady_clock;
    struct KnownJob {
        ProviderJob job;
        bool isDebug = false;
        Clock::time_point startedAt;
    };
    struct Known {
        ProviderEndpoint endpoint;
        std::map<ProviderJobId, KnownJob> jobs;
        Clock::time_point busyUntil; ///< its worker stays as long as the idle time-out after that
    };
    Known* find(const EndpointId& id);
    /// What has happened since somebody looked last.
    void advance(Known& known);
    [[nodiscard]] bool hasWorker(const Known& known) const;

    mutable std::mutex m_mutex;
    std::map<EndpointId, Known> m_known;
    int m_made = 0;
};

/// One account of it.
class MemoryProvider final : public Provider {
public:
    explicit MemoryProvider(std::shared_ptr<MemoryCloud> cloud);

    Task<Result<void>> validateKey() override;
    Task<Result<void>> checkMayCreate() override;
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
    [[nodiscard]] std::optional<double> callsPerMinute() const override { return std::nullopt; }

private:
    std::shared_ptr<MemoryCloud> m_cloud;
};

/// The program knows this cloud beside those that it knows already; worker images of it are taken as they are.
void addMemoryCloud(EngineConfig& config, std::shared_ptr<MemoryCloud> cloud);

} // namespace visgate::test
