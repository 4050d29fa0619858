// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"

namespace visgate {

/// Nothing runs and nothing is under way: nobody has to watch it.
[[nodiscard]] bool isAtRest(const Deployment& deployment);

} // namespace visgate
