// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace visgate::worker {

/// The error, as JSON, that a job ends with when its result has more bytes than can be returned.
[[nodiscard]] std::string outputTooLarge(std::size_t bytes, std::size_t most);

} // namespace visgate::worker
