// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace visgate::worker {

/// What a link on the page at `from` leads to, without a fragment; empty if it leads nowhere, or brings a user name.
[[nodiscard]] std::string resolved(const std::string& from, const std::string& link);

} // namespace visgate::worker
