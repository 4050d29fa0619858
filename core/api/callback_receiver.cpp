// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/callback_receiver.h"

#include "core/api/replies.h"
#include "core/api/router.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::string_view kSecretHeader = "X-Visgate-Internal-Secret";

http::Response unauthorized()
{
    return replies::plainError(401, "UnauthorizedError", u"Missing or invalid API key"_s);
}

http::Response reply(const Result<CallbackAnswer>& answer)
{
    if (answer)
        return replies::object(200,
            {{u"deployment_id"_s, QString::fromStdString(answer->deployment.value())},
                {u"status"_s, toString(answer->status)}, {u"webhook_delivered"_s, answer->webhookDelivered}});
    if (answer.error().code == ErrorCode::NotFound)
        return unauthorized();
    return replies::error(answer.error(), Subject::Deployment);
}

void take(const CallbackReceiver::Accept& accept, CallbackReport::Kind kind, const Call& call)
{
    const http::Request& request = call.exchange->request();
    const std::string_view secret = request.headers.get(kSecretHeader);
    if (secret.empty()) {
        call.exchange->respond(unauthorized());
        return;
    }
    CallbackReport report;
    report.deployment = DeploymentId(call.parameters.front());
    report.secret = std::make_shared<const Secret>(std::string(secret));
    report.body = QByteArray::fromStdString(request.body);
    report.kind = kind;
    accept(std::move(report)).then([call](const Result<CallbackAnswer>& answer) {
        call.exchange->respond(reply(answer));
    });
}

} // namespace

Result<std::unique_ptr<CallbackReceiver>> CallbackReceiver::start(
    std::uint16_t port, Accept accept, const http::ServerLimits& limits)
{
    auto router = std::make_shared<Router>();
    const auto add = [&router, &accept](std::string_view pattern, CallbackReport::Kind kind) {
        router->add("POST", pattern, [accept, kind](const Call& call) { take(accept, kind, call); });
    };
    add("/internal/deployment-ready/{}", CallbackReport::Kind::DeploymentReady);
    add("/internal/events/{}", CallbackReport::Kind::Events);
    add("/internal/logs/{}", CallbackReport::Kind::Logs);
    auto server = http::Server::start(
        {.address = "127.0.0.1", .port = port, .localSocket = {}},
        [router](std::shared_ptr<http::Exchange> exchange) { router->route(std::move(exchange)); }, limits);
    if (!server)
        return fail(server.error());
    std::unique_ptr<CallbackReceiver> receiver(new CallbackReceiver);
    receiver->m_server = *std::move(server);
    return receiver;
}

std::uint16_t CallbackReceiver::port() const
{
    return m_server->port();
}

} // namespace visgate
