// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remote_service.h"

#include "core/base/json.h"
#include "core/codec/error_json.h"
#include "core/foundation/secret.h"
#include "core/service/change_stream.h"

#include <QJsonObject>

#include <chrono>
#include <thread>
#include <utility>

namespace visgate {

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

/// The reply's object, or the error it carries.
Result<QJsonObject> objectOf(const Result<http::Response>& response)
{
    if (!response) {
        Error error = response.error();
        if (error.code == ErrorCode::NetworkUnreachable)
            error.code = ErrorCode::OwnerUnavailable;
        return fail(std::move(error));
    }
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
        const auto health = client.send({"GET", "/health", {}, {}, {}}, kPatience, cancel);
        if (health || health.error().code != ErrorCode::NetworkUnreachable)
            return;
        std::this_thread::sleep_for(kLookAgain);
    }
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

void RemoteService::send(std::shared_ptr<Invocation> invocation)
{
    m_threads.start([this, invocation = std::move(invocation)] { invocation->answer(exchange(*invocation)); });
}

Result<QJsonValue> RemoteService::exchange(const Invocation& invocation)
{
    http::Client client(http::Peer{.address = {}, .port = 0, .localSocket = m_socket});
    http::Request request{"POST", "/v1/private/operations/" + std::string(invocation.name()),
        {{"Content-Type", "application/json"}}, json::compact(invocation.request()).toStdString(), {}};
    if (!m_isConnected)
        awaitOwner(client, m_cancel);
    auto response = client.send(request, kTimeout, m_cancel, kMaxReplyBytes);
    // A short command that was the owner may have ended in the middle: its successor is asked.
    if (!response && response.error().code == ErrorCode::NetworkUnreachable && invocation.mayRepeat()) {
        awaitOwner(client, m_cancel);
        response = client.send(request, kTimeout, m_cancel, kMaxReplyBytes);
    }
    scrub(request.body); // it may have carried a key
    const auto object = objectOf(response);
    if (!object)
        return fail(object.error());
    return object->value("reply"_L1);
}

} // namespace visgate
