// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace visgate::practice {

/// resources/practice/catalog.json: GPUs, CPUs, data centers, prices and stock.
[[nodiscard]] std::string_view embeddedCatalog();
/// resources/practice/hub.json: the models the practice hub knows.
[[nodiscard]] std::string_view embeddedHub();

} // namespace visgate::practice
