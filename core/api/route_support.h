// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/body_reader.h"
#include "core/api/replies.h"
#include "core/api/router.h"
#include "core/codec/codec.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"

#include <QJsonArray>

#include <type_traits>
#include <utility>

// What most routes do: read a body, ask the service, write the answer.
namespace visgate {

/// What a route of the public API may ask: what is for the user alone does not compile.
template <Operation Op>
requires(Op::kInfo.audience == Audience::Everyone)
    [[nodiscard]] QFuture<Result<typename Op::Reply>> ask(DeploymentService& service, Op operation)
{
    return service.call(std::move(operation));
}

/// Answers with `write(value)` once the future is there, or with the error in the API's shape.
template <typename T, typename Write>
void answer(DeploymentService& service, QFuture<Result<T>> future, Call call, Subject subject, Write write)
{
    whenDone(future, &service, [call = std::move(call), subject, write = std::move(write)](Result<T> result) {
        if (!result) {
            call.exchange->respond(replies::error(result.error(), subject));
            return;
        }
        if constexpr (std::is_void_v<T>)
            call.exchange->respond(write());
        else
            call.exchange->respond(write(*std::move(result)));
    });
}

/// The request's JSON object, read by `read`; or nothing, and the refusal has been sent.
template <typename T>
[[nodiscard]] std::optional<T> bodyOrRefuse(const Call& call, Result<T> (*read)(const QJsonObject&))
{
    const http::Request& request = call.exchange->request();
    const std::string_view type = request.headers.get("Content-Type");
    if (!request.body.empty() && !type.empty() && !type.starts_with("application/json")) {
        call.exchange->respond(
            replies::plainError(415, "InvalidRequestError", QStringLiteral("The body must be application/json")));
        return std::nullopt;
    }
    const auto object = requestBody(request);
    auto value = object ? read(*object) : Result<T>(fail(object.error()));
    if (value)
        return *std::move(value);
    call.exchange->respond(replies::error(value.error()));
    return std::nullopt;
}

/// A whole-number query parameter, clamped; `fallback` when absent or not a number.
[[nodiscard]] inline qint64 queryNumber(
    const http::Request& request, std::string_view name, qint64 fallback, qint64 low, qint64 high)
{
    bool ok = false;
    const qint64 value = QString::fromStdString(request.query(name)).toLongLong(&ok);
    return ok ? std::clamp(value, low, high) : fallback;
}

[[nodiscard]] inline QString queryText(const http::Request& request, std::string_view name)
{
    return QString::fromStdString(request.query(name));
}

/// The query's `target`, "runpod" when absent; or nothing, and the refusal has been sent.
[[nodiscard]] inline std::optional<AccountId> targetOrRefuse(const Call& call)
{
    const QString name = queryText(call.exchange->request(), "target");
    if (name.isEmpty())
        return AccountId::runpod();
    auto target = accountIdFromString(name);
    if (!target)
        call.exchange->respond(
            replies::error(Error{ErrorCode::InvalidRequest, "target: is none of runpod, practice", 0, {}, {"target"}}));
    return target;
}

/// What a pattern's first `{}` matched.
[[nodiscard]] inline DeploymentId deploymentIdOf(const Call& call)
{
    return DeploymentId(call.parameters.front());
}

[[nodiscard]] inline http::Response wholeDeployment(const Deployment& deployment)
{
    return replies::object(200, toJson(deployment));
}

} // namespace visgate
