// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/rest.h"

namespace visgate {

bool isAtRest(const Deployment& deployment)
{
    const bool isOver = deployment.status == DeploymentStatus::Deleted || deployment.status == DeploymentStatus::Failed;
    if (!isOver && !deployment.unconfirmed.isEmpty()) // somebody has to see to it that the provider does it
        return false;
    switch (deployment.status) {
    case DeploymentStatus::Ready:
        if (deployment.warmNextChange) // a warm time has to be opened, held or ended
            return false;
        return deployment.workers.total() == 0;
    case DeploymentStatus::WebhookFailed:
    case DeploymentStatus::Failed:
        return deployment.workers.total() == 0;
    case DeploymentStatus::Paused:
    case DeploymentStatus::Parked:
    case DeploymentStatus::Deleted:
        return true;
    default:
        return false;
    }
}

} // namespace visgate
