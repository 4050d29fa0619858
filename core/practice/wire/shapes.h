// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/wire/schema.h"

namespace visgate::practice::shapes {

/// Body shapes of REST v2, after the provider's OpenAPI document.
[[nodiscard]] const Shape& createEndpoint();
[[nodiscard]] const Shape& updateEndpoint();
[[nodiscard]] const Shape& createTemplate();
[[nodiscard]] const Shape& updateTemplate();
[[nodiscard]] const Shape& createVolume();
[[nodiscard]] const Shape& updateVolume();
[[nodiscard]] const Shape& createRegistry();
[[nodiscard]] const Shape& queueDelay();
[[nodiscard]] const Shape& requestCount();

} // namespace visgate::practice::shapes
