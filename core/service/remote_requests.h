// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/domain/deployment/deployment.h"
#include "core/foundation/http/client.h"
#include "core/foundation/result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <string>
#include <utility>

/// How RemoteService writes its calls and reads lists: shared by the files of its areas.
namespace visgate::remote {

[[nodiscard]] inline std::string encoded(const QString& text)
{
    return http::percentEncode(text.toStdString());
}

[[nodiscard]] inline http::Request request(const char* method, std::string target)
{
    return {method, std::move(target), {}, {}, {}};
}

[[nodiscard]] inline http::Request request(const char* method, std::string target, const QJsonObject& body)
{
    return {method, std::move(target), {{"Content-Type", "application/json"}}, json::compact(body).toStdString(), {}};
}

[[nodiscard]] inline std::string deploymentPath(const DeploymentId& id, const char* rest = "")
{
    return "/v1/deployments/" + http::percentEncode(id.value()) + rest;
}

[[nodiscard]] inline std::string jobPath(const JobId& id, const char* rest = "")
{
    return "/v1/inference/jobs/" + http::percentEncode(id.value()) + rest;
}

[[nodiscard]] inline Result<void> nothing(const QJsonObject&)
{
    return {};
}

/// Reads `{"<name>": [ ... ]}`; one bad entry fails the whole.
template <typename T>
[[nodiscard]] std::function<Result<QList<T>>(const QJsonObject&)> listOf(
    QLatin1String name, Result<T> (*read)(const QJsonObject&))
{
    return [name, read](const QJsonObject& object) -> Result<QList<T>> {
        QList<T> values;
        const QJsonArray array = object.value(name).toArray();
        for (const QJsonValue& entry : array) {
            auto value = read(entry.toObject());
            if (!value)
                return fail(value.error());
            values.append(std::move(*value));
        }
        return values;
    };
}

} // namespace visgate::remote
