// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/foundation/result.h"

#include <QJsonObject>

namespace visgate {

[[nodiscard]] QJsonObject toJson(const AccountEndpoint& endpoint);
[[nodiscard]] Result<AccountEndpoint> accountEndpointFromJson(const QJsonObject& object);

} // namespace visgate
