// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/runpod/runpod_provider.h"

#include "core/base/masked.h"
#include "core/foundation/http/message.h"
#include "core/foundation/redactor.h"
#include "core/providers/queue/queue_json.h"
#include "core/providers/runpod/runpod_errors.h"
#include "core/providers/runpod/runpod_graphql.h"
#include "core/providers/runpod/runpod_log_stream.h"
#include "core/providers/runpod/runpod_releases.h"

#include <QUrlQuery>

namespace visgate {

namespace {

using runpod::CallContext;
using std::chrono::seconds;

constexpr qsizetype kMaxJobBytes = 10'000'000;         ///< what /run takes
constexpr qint64 kMaxJobReplyBytes = 32 * 1024 * 1024; ///< results come back inline, up to 20 MB
constexpr auto kCreateTimeout = seconds(60);
constexpr auto kHourlyBillingUpTo = std::chrono::hours(72);

struct Call {
    HttpRequest request;
    CallContext context;
    std::shared_ptr<const Redactor> redactor;
};

HttpClientSettings withRedactor(HttpClientSettings settings, std::shared_ptr<const Redactor> redactor)
{
    settings.redactor = std::move(redactor);
    return settings;
}

/// The call as far as its successful reply. `http` is not used after the first wait: it may be gone then.
Task<Result<HttpReply>> sendChecked(HttpClient* http, Call call)
{
    auto reply = co_await http->send(std::move(call.request));
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (!reply->isSuccess())
        co_return fail(runpod::errorFromReply(*reply, call.context));
    co_return std::move(*reply);
}

template <typename T>
Task<Result<T>> fetch(HttpClient* http, Call call, std::function<Result<T>(const QByteArray&)> read)
{
    const auto redactor = call.redactor;
    auto reply = co_await sendChecked(http, std::move(call));
    if (!reply)
        co_return fail(reply.error());
    Result<T> value = read(reply->body);
    if (!value) {
        value.error().detail = redactor->redact(value.error().detail); // it may quote the body
        value.error().providerStatus = reply->status;
        value.error().requestId = reply->requestId().toStdString();
    }
    co_return value;
}

/// Reads what a reply says once it is masked: for replies of which nothing is ever sent back.
template <typename T>
std::function<Result<T>(const QByteArray&)> masking(
    std::shared_ptr<const Redactor> redactor, Result<T> (*read)(const QByteArray&))
{
    return [redactor = std::move(redactor), read](const QByteArray& body) { return read(maskedJson(body, *redactor)); };
}

/// A call whose reply body says nothing (it may be empty, as after DELETE).
Task<Result<void>> tell(HttpClient* http, Call call)
{
    const auto reply = co_await sendChecked(http, std::move(call));
    if (!reply)
        co_return fail(reply.error());
    co_return Result<void>();
}

template <typename T> Task<Result<T>> refuse(std::string detail)
{
    co_return fail(ErrorCode::InvalidRequest, std::move(detail));
}

/// Success if the provider looked at the body and found it invalid.
Task<Result<void>> refusedForItsBody(Task<Result<void>> call)
{
    const auto outcome = co_await call;
    if (outcome)
        co_return fail(ErrorCode::UnexpectedReply, "an empty endpoint was accepted");
    const int status = outcome.error().providerStatus;
    if (status == 422 || status == 400)
        co_return Result<void>();
    co_return fail(outcome.error());
}

/// Success if the endpoint is not there any more.
Task<Result<void>> goneIsDone(Task<Result<void>> deletion)
{
    auto outcome = co_await deletion;
    if (!outcome && outcome.error().code == ErrorCode::EndpointVanished)
        co_return Result<void>();
    co_return outcome;
}

/// What somebody waits for goes before; the rest has its class in the background.
HttpPriority priorityOf(CallFor reason, HttpPriority background)
{
    return reason == CallFor::Deployment ? HttpPriority::Ask : background;
}

void addQuery(HttpRequest& request, std::initializer_list<std::pair<QString, QString>> items)
{
    QUrlQuery query;
    for (const auto& [name, value] : items)
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    request.url.setQuery(query);
}

} // namespace

RunpodProvider::RunpodProvider(RunpodSettings settings, std::shared_ptr<const Secret> key)
    : m_settings(std::move(settings)), m_key(std::move(key)),
      m_redactor(m_settings.redactor ? m_settings.redactor : std::make_shared<Redactor>()),
      m_http(withRedactor(m_settings.http, m_redactor))
{
    if (m_key)
        m_redactor->addSecret(m_key->reveal());
}

HttpRequest RunpodProvider::request(
    const char* method, const QUrl& base, std::initializer_list<std::string_view> path) const
{
    QString full = base.path(QUrl::FullyEncoded);
    for (const std::string_view segment : path)
        full += QLatin1Char('/') + QString::fromStdString(http::percentEncode(segment));
    HttpRequest out;
    out.method = method;
    out.url = base;
    out.url.setPath(full, QUrl::StrictMode);
    out.bearer = m_key;
    return out;
}

HttpRequest RunpodProvider::rest(
    const char* method, std::initializer_list<std::string_view> path, HttpPriority priority) const
{
    HttpRequest out = request(method, m_settings.rest, path);
    out.priority = priority;
    return out;
}

HttpRequest RunpodProvider::queue(const char* method, std::initializer_list<std::string_view> path) const
{
    HttpRequest out = request(method, m_settings.queue, path);
    out.quota = "queue"; // which draws on no quota of the account, even where both share an address
    out.maxReplyBytes = kMaxJobReplyBytes;
    if (out.method == "POST")
        out.body = "{}"; // calls without a body of their own
    return out;
}

QString RunpodProvider::queueBase() const
{
    return m_settings.queue.toString();
}

Task<Result<void>> RunpodProvider::validateKey()
{
    return tell(&m_http, {rest("GET", {"serverless"}), {}, m_redactor});
}

Task<Result<void>> RunpodProvider::checkMayCreate()
{
    // An empty object lacks every required field, so it can create nothing; 403 comes before its validation.
    HttpRequest request = rest("POST", {"serverless"});
    request.body = "{}";
    return refusedForItsBody(tell(&m_http, {std::move(request), {}, m_redactor}));
}

Task<Result<QList<GpuOffer>>> RunpodProvider::offers()
{
    HttpRequest request = rest("GET", {"catalog", "gpus"});
    addQuery(request,
        {{QStringLiteral("include"), QStringLiteral("AVAILABILITY")},
            {QStringLiteral("product"), QStringLiteral("SERVERLESS")}});
    return fetch<QList<GpuOffer>>(
        &m_http, {std::move(request), {}, m_redactor}, masking(m_redactor, runpod::readOffers));
}

Task<Result<QList<ProviderEndpoint>>> RunpodProvider::listEndpoints(CallFor reason)
{
    return fetch<QList<ProviderEndpoint>>(&m_http,
        {rest("GET", {"serverless"}, priorityOf(reason, HttpPriority::List)), {}, m_redactor},
        [base = queueBase(), redactor = m_redactor](const QByteArray& body) {
            auto endpoints = runpod::readEndpoints(body, base);
            for (qsizetype i = 0; endpoints && i < endpoints->size(); ++i)
                (*endpoints)[i].name = masked(endpoints->at(i).name, *redactor); // other people's, too
            return endpoints;
        });
}

Task<Result<ProviderEndpoint>> RunpodProvider::endpoint(EndpointId id)
{
    return fetch<ProviderEndpoint>(&m_http,
        {rest("GET", {"serverless", id.value()}), {ErrorCode::EndpointVanished, {}}, m_redactor},
        [base = queueBase()](const QByteArray& body) { return runpod::readEndpoint(body, base); });
}

Task<Result<ProviderEndpoint>> RunpodProvider::createEndpoint(EndpointSpec spec)
{
    HttpRequest request = rest("POST", {"serverless"}, HttpPriority::Create);
    request.timeout = kCreateTimeout;
    request.body = runpod::createBody(spec, m_settings.create);
    // Ring 3: the account's key never reaches a worker, whoever put it there.
    const std::string_view key = m_key ? m_key->reveal() : std::string_view();
    if (!key.empty() && request.body.contains(QByteArrayView(key.data(), static_cast<qsizetype>(key.size()))))
        return refuse<ProviderEndpoint>("the provider key must not be part of an endpoint");
    for (const QString& value : std::as_const(spec.secretEnv))
        m_redactor->addSecret(value.toStdString());
    return fetch<ProviderEndpoint>(&m_http, {std::move(request), {ErrorCode::NotFound, spec.image}, m_redactor},
        [base = queueBase()](const QByteArray& body) { return runpod::readEndpoint(body, base); });
}

Task<Result<ProviderEndpoint>> RunpodProvider::scale(EndpointId id, int workersMin, int workersMax, seconds idleTimeout)
{
    HttpRequest request = rest("PATCH", {"serverless", id.value()});
    request.body = runpod::scaleBody(workersMin, workersMax, idleTimeout);
    request.priority = workersMax == 0 ? HttpPriority::Urgent : HttpPriority::Create;
    return fetch<ProviderEndpoint>(&m_http, {std::move(request), {ErrorCode::EndpointVanished, {}}, m_redactor},
        [base = queueBase()](const QByteArray& body) { return runpod::readEndpoint(body, base); });
}

Task<Result<void>> RunpodProvider::deleteEndpoint(EndpointId id)
{
    HttpRequest request = rest("DELETE", {"serverless", id.value()});
    request.priority = HttpPriority::Urgent;
    return goneIsDone(tell(&m_http, {std::move(request), {ErrorCode::EndpointVanished, {}}, m_redactor}));
}

Task<Result<WorkerList>> RunpodProvider::workers(EndpointId id, CallFor reason)
{
    return fetch<WorkerList>(&m_http,
        {rest("GET", {"serverless", id.value(), "workers"}, priorityOf(reason, HttpPriority::Observe)),
            {ErrorCode::EndpointVanished, {}}, m_redactor},
        masking(m_redactor, runpod::readWorkers));
}

Task<Result<ReleaseHistory>> RunpodProvider::listReleases(EndpointId id)
{
    return fetch<ReleaseHistory>(&m_http,
        {rest("GET", {"serverless", id.value(), "releases"}, HttpPriority::Observe), {ErrorCode::EndpointVanished, {}},
            m_redactor},
        masking(m_redactor, runpod::readReleases));
}

Task<Result<ProviderEndpoint>> RunpodProvider::rollBack(EndpointId id, int version)
{
    // The values to set back stand in the releases themselves, secrets included: they do not leave this folder.
    const std::weak_ptr<const bool> alive = m_alive;
    Call look{rest("GET", {"serverless", id.value(), "releases"}), {ErrorCode::EndpointVanished, {}}, m_redactor};
    std::function<Result<QByteArray>(const QByteArray&)> toPatch
        = [version](const QByteArray& reply) { return runpod::rollBackBody(reply, version); };
    auto body = co_await fetch<QByteArray>(&m_http, std::move(look), std::move(toPatch));
    if (!body)
        co_return fail(std::move(body.error()));
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    Call patch{
        rest("PATCH", {"serverless", id.value()}, HttpPriority::Create), {ErrorCode::EndpointVanished, {}}, m_redactor};
    patch.request.body = std::move(*body);
    std::function<Result<ProviderEndpoint>(const QByteArray&)> read
        = [base = queueBase()](const QByteArray& reply) { return runpod::readEndpoint(reply, base); };
    auto endpoint = co_await fetch<ProviderEndpoint>(&m_http, std::move(patch), std::move(read));
    co_return endpoint;
}

Task<Result<QList<BillingRecord>>> RunpodProvider::readBills(TimePoint from, TimePoint to, CallFor reason)
{
    HttpRequest request = rest("GET", {"billing", "serverless"}, priorityOf(reason, HttpPriority::List));
    addQuery(request,
        {{QStringLiteral("startTime"), QString::fromStdString(formatUtc(from))},
            {QStringLiteral("endTime"), QString::fromStdString(formatUtc(to))},
            {QStringLiteral("bucketSize"),
                to - from <= kHourlyBillingUpTo ? QStringLiteral("hour") : QStringLiteral("day")}});
    return fetch<QList<BillingRecord>>(&m_http, {std::move(request), {}, m_redactor}, runpod::readBilling);
}

Task<Result<QList<DataCenter>>> RunpodProvider::dataCenters()
{
    return fetch<QList<DataCenter>>(&m_http, {rest("GET", {"catalog", "datacenters"}), {}, m_redactor},
        masking(m_redactor, runpod::readDataCenters));
}

Task<Result<QList<ProviderVolume>>> RunpodProvider::listVolumes()
{
    return fetch<QList<ProviderVolume>>(
        &m_http, {rest("GET", {"network-volumes"}), {}, m_redactor}, masking(m_redactor, runpod::readVolumes));
}

Task<Result<ProviderVolume>> RunpodProvider::createVolume(QString name, int sizeGb, QString dataCenter)
{
    HttpRequest request = rest("POST", {"network-volumes"}, HttpPriority::Create);
    request.timeout = kCreateTimeout;
    request.body = runpod::createVolumeBody(name, sizeGb, dataCenter);
    return fetch<ProviderVolume>(&m_http, {std::move(request), {}, m_redactor}, runpod::readVolume);
}

Task<Result<ProviderVolume>> RunpodProvider::growVolume(VolumeId id, int sizeGb)
{
    HttpRequest request = rest("PATCH", {"network-volumes", id.value()}, HttpPriority::Create);
    request.body = runpod::growVolumeBody(sizeGb);
    return fetch<ProviderVolume>(&m_http, {std::move(request), {}, m_redactor}, runpod::readVolume);
}

Task<Result<void>> RunpodProvider::deleteVolume(VolumeId id)
{
    HttpRequest request = rest("DELETE", {"network-volumes", id.value()}, HttpPriority::Urgent);
    return goneIsDone(tell(&m_http, {std::move(request), {ErrorCode::EndpointVanished, {}}, m_redactor}));
}

Task<Result<ProviderJobId>> RunpodProvider::submitJob(EndpointId id, QJsonObject input, seconds executionTimeout)
{
    HttpRequest request = queue("POST", {id.value(), "run"});
    request.body = queue::jobBody(input, executionTimeout);
    if (request.body.size() > kMaxJobBytes)
        return refuse<ProviderJobId>("input: larger than 10 MB");
    return fetch<ProviderJobId>(
        &m_http, {std::move(request), {ErrorCode::EndpointVanished, {}}, m_redactor}, queue::readSubmitted);
}

Task<Result<ProviderJob>> RunpodProvider::job(EndpointId id, ProviderJobId job)
{
    return fetch<ProviderJob>(&m_http,
        {queue("GET", {id.value(), "status", job.value()}), {ErrorCode::ResultExpired, {}}, m_redactor},
        [redactor = m_redactor](const QByteArray& body) {
            auto read = queue::readJob(body);
            if (read) { // what the worker says, and what is said of it
                read->error = masked(read->error, *redactor);
                read->output = masked(read->output, *redactor);
            }
            return read;
        });
}

Task<Result<void>> RunpodProvider::cancelJob(EndpointId id, ProviderJobId job)
{
    HttpRequest request = queue("POST", {id.value(), "cancel", job.value()});
    request.priority = HttpPriority::Urgent;
    return tell(&m_http, {std::move(request), {ErrorCode::ResultExpired, {}}, m_redactor});
}

Task<Result<void>> RunpodProvider::retryJob(EndpointId id, ProviderJobId job)
{
    return tell(
        &m_http, {queue("POST", {id.value(), "retry", job.value()}), {ErrorCode::ResultExpired, {}}, m_redactor});
}

Task<Result<void>> RunpodProvider::purgeQueue(EndpointId id)
{
    return tell(&m_http, {queue("POST", {id.value(), "purge-queue"}), {ErrorCode::EndpointVanished, {}}, m_redactor});
}

Task<Result<QueueHealth>> RunpodProvider::health(EndpointId id)
{
    HttpRequest request = queue("GET", {id.value(), "health"});
    request.priority = HttpPriority::Observe;
    return fetch<QueueHealth>(
        &m_http, {std::move(request), {ErrorCode::EndpointVanished, {}}, m_redactor}, queue::readHealth);
}

std::unique_ptr<LogStream> RunpodProvider::openLogs(
    EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine)
{
    HttpRequest request = rest("GET", {"serverless", id.value(), "workers", worker.value(), "logs"});
    addQuery(request, {{QStringLiteral("tail"), QStringLiteral("5000")}}); // Last-Event-ID wins over it
    EventRequest events;
    events.url = request.url;
    events.bearer = m_key;
    events.lastEventId = resumeAfter.toUtf8();
    events.silence = m_settings.logSilence;
    const auto take = [onLine = std::move(onLine), redactor = m_redactor](ProviderLogLine line) {
        line.line = QString::fromUtf8(maskedJson(line.line.toUtf8(), *redactor));
        onLine(std::move(line));
    };
    return std::make_unique<runpod::RunpodLogStream>(m_http, std::move(events), take);
}

std::optional<double> RunpodProvider::callsPerMinute() const
{
    return m_http.requestsPerMinute(m_settings.rest);
}

Task<Result<AccountBalance>> RunpodProvider::readBalance()
{
    HttpRequest request = this->request("POST", m_settings.graphql, {});
    request.body = runpod::balanceQuery();
    return fetch<AccountBalance>(&m_http, {std::move(request), {}, m_redactor}, runpod::readBalance);
}

} // namespace visgate
