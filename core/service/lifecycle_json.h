// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/result.h"

#include <QJsonObject>

// The JSON of the local API for limits, releases and pool policies, both ways (see domain_json.h).
namespace visgate {

[[nodiscard]] QJsonObject toJson(const ScaleRequest& request); ///< unset fields are left out

[[nodiscard]] QJsonObject toJson(const ReleaseHistory& history);
[[nodiscard]] Result<ReleaseHistory> releaseHistoryFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const ReleaseChange& change);

[[nodiscard]] QJsonObject toJson(const PoolPolicy& policy);
/// Windows that cannot be read are left out.
[[nodiscard]] PoolPolicy poolPolicyFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const WarmPrice& price);
[[nodiscard]] Result<WarmPrice> warmPriceFromJson(const QJsonObject& object);

} // namespace visgate
