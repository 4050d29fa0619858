// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/body_reader.h"
#include "core/domain/deployment/request.h"
#include "core/foundation/secret.h"

#include <memory>

namespace visgate {

/// A create (and preflight) body. InvalidRequest names each bad field.
[[nodiscard]] Result<CreateRequest> createRequestFromBody(const QJsonObject& body);

/// A pool policy's fields, read from `body` and checked; InvalidRequest shows when the reader finishes.
[[nodiscard]] PoolPolicy readPool(BodyReader& body);

struct SubmitBody {
    DeploymentId deployment;
    JobInput input;
};
[[nodiscard]] Result<SubmitBody> submitFromBody(const QJsonObject& body);

/// `{"target", "key"}` of a key that is only tried.
[[nodiscard]] Result<std::shared_ptr<const Secret>> providerKeyFromBody(const QJsonObject& body);

} // namespace visgate
