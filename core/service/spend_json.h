// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/foundation/result.h"

#include <QJsonObject>

// How the API writes what was spent, limits and "Stop everything"; and back. Readers fail with UnexpectedReply.
namespace visgate {

[[nodiscard]] QJsonObject toJson(const SpendLimit& limit);
[[nodiscard]] Result<SpendLimit> spendLimitFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const LimitState& state);
[[nodiscard]] Result<LimitState> limitStateFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const SpendReport& report);
[[nodiscard]] Result<SpendReport> spendReportFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const StopReport& report);
[[nodiscard]] Result<StopReport> stopReportFromJson(const QJsonObject& object);

} // namespace visgate
