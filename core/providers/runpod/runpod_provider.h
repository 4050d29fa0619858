// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http_client.h"
#include "core/providers/provider.h"
#include "core/providers/runpod/runpod_json.h"

#include <QUrl>

#include <chrono>
#include <memory>

namespace visgate {

class Redactor;

struct RunpodSettings {
    QUrl rest{QStringLiteral("https://api.runpod.io/v2")};  ///< REST v2, without a trailing slash
    QUrl queue{QStringLiteral("https://api.runpod.ai/v2")}; ///< queue API (its "v2" is another one)
    QUrl graphql; ///< "https://api.runpod.io/graphql"; empty: switched off, and with it what only it can do
    runpod::CreateOptions create;
    HttpClientSettings http;
    /// Learns the key and masks the texts of provider and workers on their way in; empty: one of the provider's own.
    std::shared_ptr<Redactor> redactor;
    std::chrono::milliseconds logSilence{180'000}; ///< a log stream without a byte for so long is opened anew
};

/// Runpod serverless over REST v2 and the queue API, and whatever speaks the same (practice mode). One object an
/// account. Knows no REST v1; GraphQL only for what v2 has no route for (see balance()), and only where it is
/// switched on.
///
/// Errors beyond those of HttpClient: KeyRejected, KeyLacksPermission, NoCredit, WorkerQuotaExceeded (quota as
/// argument), NoCapacity, WorkerImageUnknown (image as argument), EndpointVanished (404 on an endpoint),
/// ResultExpired (404 on a job: results are kept for 30 minutes), Conflict (409, such as ENDPOINT_PAUSED for a job on
/// an endpoint at max 0), RateLimited, ProviderRefused, ProviderFailed, UnexpectedReply. Texts are masked.
class RunpodProvider final : public Provider,
                             private ProviderLogs,
                             private ProviderBilling,
                             private ProviderVolumes,
                             private ProviderReleases,
                             private ProviderBalance {
public:
    RunpodProvider(RunpodSettings settings, std::shared_ptr<const Secret> key);

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

    [[nodiscard]] ProviderLogs* logs() override { return this; }
    [[nodiscard]] ProviderBilling* billing() override { return this; }
    [[nodiscard]] ProviderVolumes* volumes() override { return this; }
    [[nodiscard]] ProviderReleases* releases() override { return this; }
    /// Only GraphQL tells it.
    [[nodiscard]] ProviderBalance* balance() override { return m_settings.graphql.isEmpty() ? nullptr : this; }

    [[nodiscard]] std::optional<TimePoint> serverTime() const override { return m_http.lastDate(); }
    [[nodiscard]] std::optional<double> callsPerMinute() const override;

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

    [[nodiscard]] HttpRequest rest(const char* method, std::initializer_list<std::string_view> path,
        HttpPriority priority = HttpPriority::Ask) const;
    [[nodiscard]] HttpRequest queue(const char* method, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] HttpRequest request(
        const char* method, const QUrl& base, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] QString queueBase() const;

    RunpodSettings m_settings;
    std::shared_ptr<const Secret> m_key;
    std::shared_ptr<Redactor> m_redactor;
    HttpClient m_http;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true); ///< for what goes on after a wait
};

} // namespace visgate
