// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"
#include "core/domain/model/job_schema.h"
#include "core/domain/model/model.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/domain/preflight/preflight.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"

#include <QJsonObject>

// The JSON of the local API, both ways. Field names are those of the API's documentation; every field is always
// written, null while unknown. Readers take what `toJson` writes, ignore fields they do not know, and fail with
// UnexpectedReply when something needed is missing. Money is USD, times are UTC ISO 8601.
namespace visgate {

[[nodiscard]] QJsonObject toJson(const Deployment& deployment);
[[nodiscard]] Result<Deployment> deploymentFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const EndpointLimits& limits);

[[nodiscard]] QJsonObject toJson(const Job& job);
[[nodiscard]] Result<Job> jobFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const JobInput& input);

[[nodiscard]] QJsonObject toJson(const LogLine& line);
[[nodiscard]] Result<LogLine> logLineFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const ModelSpec& model);
[[nodiscard]] Result<ModelSpec> modelFromJson(const QJsonObject& object);
/// The model with `input_schema`.
[[nodiscard]] QJsonObject toJson(const ModelDetails& details);
[[nodiscard]] Result<ModelDetails> modelDetailsFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const GpuOffer& offer);
[[nodiscard]] Result<GpuOffer> gpuOfferFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const DeployQuote& quote);
[[nodiscard]] Result<DeployQuote> quoteFromJson(const QJsonObject& object);

[[nodiscard]] QString toString(KeyKind kind); ///< "runpod", "hf"
[[nodiscard]] std::optional<KeyKind> keyKindFromString(const QString& text);
[[nodiscard]] QJsonObject toJson(const KeyState& state);
[[nodiscard]] Result<KeyState> keyStateFromJson(const QJsonObject& object);

/// {"valid", "message", "scope", "error"}; the message is in this program's language.
[[nodiscard]] QJsonObject toJson(const KeyVerdict& verdict);
[[nodiscard]] Result<KeyVerdict> keyVerdictFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const CleanupItem& item);
[[nodiscard]] Result<CleanupItem> cleanupItemFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const EngineHealth& health);
[[nodiscard]] Result<EngineHealth> healthFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const CreateRequest& request);

} // namespace visgate
