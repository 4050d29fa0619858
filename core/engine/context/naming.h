// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"

#include <QString>

namespace visgate {

/// What makes two set-ups different endpoints. Equal set-ups of one account share a name, so that a reply lost on the
/// way is found again and a second deployment of the same thing finds the first one's endpoint.
struct EndpointSetup {
    QString userHash; ///< SHA-256 of the provider key
    QString modelId;
    QString revision;
    GenerationTask task = GenerationTask::TextToImage;
    QString image;
    EndpointLimits limits;
    QString distinct; ///< empty, or what tells a forced deployment from its twins: its id
};

/// "visgate-{first 10 hex of the hash}-{org}--{model}-{8 hex over the rest}" (API contract, "Warm path and names").
[[nodiscard]] QString endpointName(const EndpointSetup& setup);
/// The name without a suffix, which the service version of this program gives.
[[nodiscard]] QString legacyName(const QString& userHash, const QString& modelId);
/// "visgate-pool-{org}--{model}"
[[nodiscard]] QString poolName(const QString& modelId);
/// Whether an endpoint of this name was made for this account by a program with our naming.
[[nodiscard]] bool isOurName(const QString& endpointName, const QString& userHash);
/// The model part of one of our names ("org/model"), or empty.
[[nodiscard]] QString modelOfName(const QString& endpointName, const QString& userHash);

} // namespace visgate
