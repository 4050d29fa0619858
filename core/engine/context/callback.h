// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/secret.h"

#include <QByteArray>

#include <memory>

namespace visgate {

/// What a worker posted to the callback receiver.
struct CallbackReport {
    DeploymentId deployment;
    std::shared_ptr<const Secret> secret; ///< X-Visgate-Internal-Secret as it came
    QByteArray body;                      ///< empty or an object for DeploymentReady, else a JSON array
    enum class Kind { DeploymentReady, Events, Logs } kind = Kind::DeploymentReady;
};

struct CallbackAnswer {
    DeploymentId deployment;
    DeploymentStatus status = DeploymentStatus::Validating;
    bool webhookDelivered = false;
};

} // namespace visgate
