// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remote_service.h"

#include "core/base/json.h"
#include "core/catalog/hub_reference.h"
#include "core/service/change_stream.h"
#include "core/service/domain_json.h"
#include "core/service/endpoint_json.h"
#include "core/service/error_json.h"
#include "core/service/remote_requests.h"

#include <QJsonArray>
#include <QUuid>

#include <chrono>
#include <thread>
#include <utility>

namespace visgate {

using namespace remote;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kThreads = 8;
/// Long enough for the slowest answer: pausing and cleaning up are confirmed at the provider first.
constexpr auto kTimeout = 10min;
/// An owner that is just starting has the lock a little before the socket.
constexpr auto kPatience = 5s;
constexpr auto kLookAgain = 50ms;
constexpr std::size_t kMaxReplyBytes = 64 * 1024 * 1024;

Result<DeploymentPage> pageFromJson(const QJsonObject& object)
{
    auto deployments = listOf("deployments"_L1, deploymentFromJson)(object);
    if (!deployments)
        return fail(deployments.error());
    return DeploymentPage{
        *std::move(deployments), object.value("total"_L1).toInt(), object.value("next_cursor"_L1).toString()};
}

/// The reply's object, or the error it carries. 204 has no body.
Result<QJsonObject> objectOf(const Result<http::Response>& response)
{
    if (!response) {
        Error error = response.error();
        if (error.code == ErrorCode::NetworkUnreachable)
            error.code = ErrorCode::OwnerUnavailable;
        return fail(std::move(error));
    }
    if (response->body.empty() && response->status < 300)
        return QJsonObject();
    auto object = json::parseObject(QByteArray::fromStdString(response->body));
    if (response->status < 300)
        return object;
    return fail(errorFromReply(object.value_or(QJsonObject()), response->status));
}

/// Waits until the owner answers. Asked with a harmless call, because the one that matters is sent only once.
void awaitOwner(http::Client& client, const http::CancelToken& cancel)
{
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!cancel.isCancelled() && std::chrono::steady_clock::now() < deadline) {
        const auto health = client.send(request("GET", "/health"), kPatience, cancel);
        if (health || health.error().code != ErrorCode::NetworkUnreachable)
            return;
        std::this_thread::sleep_for(kLookAgain);
    }
}

/// Reading and deleting may be sent twice; what makes something only under a key that the owners remember.
bool mayRepeat(const http::Request& request)
{
    return request.method == "GET" || request.method == "DELETE" || !request.headers.get("Idempotency-Key").empty();
}

} // namespace

RemoteService::RemoteService(QString socketPath, QObject* parent)
    : DeploymentService(parent), m_socket(socketPath.toStdString())
{
    m_threads.setMaxThreadCount(kThreads);
    // Posted to this object, so that signals leave on its own thread; what is posted late dies with it.
    const auto here = [this](auto action) { QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection); };
    m_changes = std::make_unique<ChangeStream>(m_socket,
        ChangeStream::Listener{
            [this, here](bool connected) {
                m_isConnected = connected;
                here([this, connected] { Q_EMIT connectionChanged(connected); });
            },
            [this, here](Deployment deployment) {
                here([this, deployment = std::move(deployment)] { Q_EMIT deploymentChanged(deployment); });
            },
            [this, here](Job job) { here([this, job = std::move(job)] { Q_EMIT jobChanged(job); }); },
            [this, here](DeploymentId id, QList<LogLine> lines) {
                here([this, id = std::move(id), lines = std::move(lines)] { Q_EMIT logAppended(id, lines); });
            },
            [this, here](LimitState state) { here([this, state = std::move(state)] { Q_EMIT limitPassed(state); }); },
            [this, here](
                StopReport report) { here([this, report = std::move(report)] { Q_EMIT stopProgressed(report); }); },
            [this, here] { here([this] { Q_EMIT endpointsChanged(); }); },
        });
}

RemoteService::~RemoteService()
{
    m_cancel.cancel();
    m_changes.reset();
    m_threads.waitForDone();
}

Result<QJsonObject> RemoteService::exchange(http::Request request)
{
    http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket});
    if (!m_isConnected)
        awaitOwner(client, m_cancel);
    auto response = client.send(request, kTimeout, m_cancel, kMaxReplyBytes);
    // A short command that was the owner may have ended in the middle: its successor is asked.
    if (!response && response.error().code == ErrorCode::NetworkUnreachable && mayRepeat(request)) {
        awaitOwner(client, m_cancel);
        response = client.send(request, kTimeout, m_cancel, kMaxReplyBytes);
    }
    scrub(request.body); // it may have carried a key
    return objectOf(response);
}

QFuture<Result<Deployment>> RemoteService::createDeployment(CreateRequest create)
{
    http::Request post = request("POST", "/v1/deployments", toJson(create));
    if (create.idempotencyKey.isEmpty())
        create.idempotencyKey = QUuid::createUuid().toString(QUuid::WithoutBraces);
    post.headers.set("Idempotency-Key", create.idempotencyKey.toStdString());
    return ask<Deployment>(std::move(post),
        [](const QJsonObject& reply) { return deploymentFromJson(reply.value("deployment"_L1).toObject()); });
}

QFuture<Result<DeploymentPage>> RemoteService::listDeployments(
    int limit, QString cursor, std::optional<DeploymentStatus> status)
{
    std::string target = "/v1/deployments?limit=" + std::to_string(limit);
    if (status)
        target += "&status=" + encoded(toString(*status));
    if (!cursor.isEmpty())
        target += "&cursor=" + encoded(cursor);
    return ask<DeploymentPage>(request("GET", std::move(target)), pageFromJson);
}

QFuture<Result<Deployment>> RemoteService::deployment(DeploymentId id)
{
    return ask<Deployment>(request("GET", deploymentPath(id)), deploymentFromJson);
}

QFuture<Result<void>> RemoteService::deleteDeployment(DeploymentId id)
{
    return ask<void>(request("DELETE", deploymentPath(id)), nothing);
}

QFuture<Result<void>> RemoteService::pauseDeployment(DeploymentId id)
{
    return ask<void>(request("POST", deploymentPath(id, "/pause")), nothing);
}

QFuture<Result<void>> RemoteService::resumeDeployment(DeploymentId id)
{
    return ask<void>(request("POST", deploymentPath(id, "/resume")), nothing);
}

QFuture<Result<Job>> RemoteService::submitJob(DeploymentId id, JobInput input)
{
    const QJsonObject body{{u"deployment_id"_s, QString::fromStdString(id.value())}, {u"input"_s, toJson(input)}};
    return ask<Job>(request("POST", "/v1/inference/jobs", body), jobFromJson);
}

QFuture<Result<Job>> RemoteService::job(JobId id)
{
    return ask<Job>(request("GET", jobPath(id)), jobFromJson);
}

QFuture<Result<QList<Job>>> RemoteService::jobs(DeploymentId id)
{
    std::string target = "/v1/inference/jobs";
    if (!id.isEmpty())
        target += "?deployment_id=" + http::percentEncode(id.value());
    return ask<QList<Job>>(request("GET", std::move(target)), listOf("jobs"_L1, jobFromJson));
}

QFuture<Result<void>> RemoteService::cancelJob(JobId id)
{
    return ask<void>(request("POST", jobPath(id, "/cancel")), nothing);
}

QFuture<Result<Job>> RemoteService::retryJob(JobId id)
{
    return ask<Job>(request("POST", jobPath(id, "/retry")), jobFromJson);
}

QFuture<Result<QList<LogLine>>> RemoteService::logs(DeploymentId id, qint64 since, int limit)
{
    const std::string target
        = deploymentPath(id, "/logs") + "?since=" + std::to_string(since) + "&limit=" + std::to_string(limit);
    return ask<QList<LogLine>>(request("GET", target), listOf("lines"_L1, logLineFromJson));
}

QFuture<Result<QList<ModelSpec>>> RemoteService::presets()
{
    return ask<QList<ModelSpec>>(request("GET", "/v1/models"), listOf("models"_L1, modelFromJson));
}

QFuture<Result<QList<ModelSpec>>> RemoteService::searchModels(Target target, QString text)
{
    const std::string path = "/v1/models/search?target=" + encoded(toString(target)) + "&q=" + encoded(text);
    return ask<QList<ModelSpec>>(request("GET", path), listOf("models"_L1, modelFromJson));
}

QFuture<Result<QList<GpuOffer>>> RemoteService::gpuOffers(Target target)
{
    return ask<QList<GpuOffer>>(
        request("GET", "/v1/gpus?target=" + encoded(toString(target))), listOf("gpus"_L1, gpuOfferFromJson));
}

QFuture<Result<DeployQuote>> RemoteService::quote(CreateRequest create)
{
    return ask<DeployQuote>(request("POST", "/v1/preflight", toJson(create)), quoteFromJson);
}

QFuture<Result<ModelDetails>> RemoteService::modelDetails(Target target, QString idOrLink)
{
    // The route has the two parts of an id; what is neither an id nor a link to one is refused by it.
    const auto reference = parseHubReference(idOrLink);
    const QString id = reference ? reference->id : idOrLink;
    const std::string path = "/v1/models/" + encoded(id.section(u'/', 0, 0)) + '/' + encoded(id.section(u'/', 1));
    return ask<ModelDetails>(request("GET", path + "?target=" + encoded(toString(target))), modelDetailsFromJson);
}

QFuture<Result<KeyVerdict>> RemoteService::tryKey(std::shared_ptr<const Secret> key)
{
    http::Request post = request("POST", "/v1/private/keys/runpod/try");
    post.headers.set("Content-Type", "application/octet-stream");
    post.body = key->reveal(); // ask() overwrites it
    return ask<KeyVerdict>(std::move(post), keyVerdictFromJson);
}

QFuture<Result<QList<KeyState>>> RemoteService::keys()
{
    return ask<QList<KeyState>>(request("GET", "/v1/private/keys"), listOf("keys"_L1, keyStateFromJson));
}

QFuture<Result<KeyState>> RemoteService::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    http::Request put = request("PUT",
        "/v1/private/keys/" + encoded(toString(kind)) + (sessionOnly ? "?session_only=true" : "?session_only=false"));
    put.headers.set("Content-Type", "application/octet-stream");
    put.body = key->reveal(); // ask() overwrites it
    return ask<KeyState>(std::move(put), keyStateFromJson);
}

QFuture<Result<void>> RemoteService::checkKey(KeyKind kind)
{
    return ask<void>(request("POST", "/v1/private/keys/" + encoded(toString(kind)) + "/check"), nothing);
}

QFuture<Result<void>> RemoteService::forgetKey(KeyKind kind)
{
    return ask<void>(request("DELETE", "/v1/private/keys/" + encoded(toString(kind))), nothing);
}

QFuture<Result<void>> RemoteService::unlockKeychain()
{
    return ask<void>(request("POST", "/v1/private/keychain/unlock"), nothing);
}

QFuture<Result<QString>> RemoteService::workerImage()
{
    return ask<QString>(request("GET", "/v1/private/worker-image"),
        [](const QJsonObject& reply) -> Result<QString> { return reply.value("image"_L1).toString(); });
}

QFuture<Result<void>> RemoteService::setWorkerImage(QString image)
{
    return ask<void>(request("PUT", "/v1/private/worker-image", QJsonObject{{u"image"_s, image}}), nothing);
}

QFuture<Result<QList<CleanupItem>>> RemoteService::cleanUp(CleanupRequest wish)
{
    const QJsonObject body{{u"all"_s, wish.all}, {u"others"_s, wish.others}, {u"apply"_s, wish.apply}};
    return ask<QList<CleanupItem>>(
        request("POST", "/v1/private/cleanup", body), listOf("items"_L1, cleanupItemFromJson));
}

QFuture<Result<EngineHealth>> RemoteService::health()
{
    return ask<EngineHealth>(request("GET", "/v1/private/health"), healthFromJson);
}

QFuture<Result<QList<AccountEndpoint>>> RemoteService::endpoints(bool refresh)
{
    return ask<QList<AccountEndpoint>>(
        request("GET", refresh ? "/v1/private/endpoints?refresh=true" : "/v1/private/endpoints"),
        listOf("endpoints"_L1, accountEndpointFromJson));
}

void RemoteService::look(const DeploymentId& id)
{
    const std::string path = "/v1/private/deployments/" + http::percentEncode(id.value()) + "/look";
    [[maybe_unused]] const auto told = ask<void>(request("POST", path), nothing);
}

} // namespace visgate
