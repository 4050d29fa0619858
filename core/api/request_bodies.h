// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/body_reader.h"
#include "core/domain/request.h"
#include "core/foundation/secret.h"

#include <memory>

namespace visgate {

/// A create (and preflight) body. InvalidRequest names each bad field.
[[nodiscard]] Result<CreateRequest> createRequestFromBody(const QJsonObject& body);

struct SubmitBody {
    DeploymentId deployment;
    JobInput input;
};
[[nodiscard]] Result<SubmitBody> submitFromBody(const QJsonObject& body);

struct KeyBody {
    std::shared_ptr<const Secret> key;
    bool sessionOnly = false;
};
[[nodiscard]] Result<KeyBody> keyFromBody(const QJsonObject& body);

} // namespace visgate
