// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace visgate::worker {

/// How a file came about, as it is said inside it: names (ASCII letters) and UTF-8 values.
using Provenance = std::vector<std::pair<std::string, std::string>>;

/// As an XMP packet: the prompt as the description, the rest under names of ours. What XML cannot hold is left out.
[[nodiscard]] std::string xmpOf(const Provenance& provenance);
/// One "name: value" a line, for formats that have a comment.
[[nodiscard]] std::string commentOf(const Provenance& provenance);

} // namespace visgate::worker
