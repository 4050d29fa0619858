// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/clock.h"

#include <QHash>
#include <QString>

namespace visgate {

/// What the engine last published about everything that lives. Immutable; may be read from any thread.
struct EngineSnapshot {
    QHash<QString, Deployment> deployments; ///< by id; those not yet deleted
    TimePoint at;
};

} // namespace visgate
