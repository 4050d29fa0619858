// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/provider_descriptor.h"

namespace visgate {

/// Volume prices and sizes as Runpod published them (see docs/decisions): 0.07 USD a GB and month up to 1 TB, 0.05
/// beyond; 10 to 4096 GB.
[[nodiscard]] ProviderDescriptor runpodDescriptor();
/// Practice, which speaks Runpod's wire and tells its own key.
[[nodiscard]] ProviderDescriptor practiceDescriptor();

} // namespace visgate
