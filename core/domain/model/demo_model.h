// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"

namespace visgate {

/// The model that comes with the worker: it draws simple shapes, on any processor. It is on no hub, and stands for
/// itself and nothing else.
[[nodiscard]] ModelSpec demoModel();
[[nodiscard]] bool isDemoModel(const QString& id); ///< "visgate/shapes"

} // namespace visgate
