// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/result.h"

#include <QFuture>
#include <QString>

namespace visgate {

/// What goes on between a red line of the preflight and its turning green, and what a deployment asks back.
class PreflightService {
public:
    virtual ~PreflightService() = default;

    /// Done once the model's licence is accepted; asks the hub again and again, so nobody has to press anything.
    /// LicenceNotAccepted when it was not within nine minutes: ask again.
    virtual QFuture<Result<void>> watchLicence(Target target, QString modelId) = 0;
    /// Whether the deployment may use the dearer GPU plan that its `question` names. Conflict if it asks for nothing.
    virtual QFuture<Result<Deployment>> answerQuestion(DeploymentId id, bool accepted) = 0;
};

} // namespace visgate
