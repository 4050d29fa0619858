// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/provider_descriptor.h"

namespace visgate {

/// This very machine: no account, no image, and nothing to pay but electricity.
[[nodiscard]] ProviderDescriptor thisComputerDescriptor();

} // namespace visgate
