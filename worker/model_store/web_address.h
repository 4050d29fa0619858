// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/queue/transport.h"

#include <optional>
#include <string>

namespace visgate::worker {

/// Which network addresses a hub's own address may turn out to be: https, or http on this computer. None for all else.
[[nodiscard]] std::optional<Reach> reachOfHub(const std::string& base);
/// The same for an address that the hub at `base` sends us on to: its own, https on the public internet, or this
/// computer where the hub itself is here.
[[nodiscard]] std::optional<Reach> reachOfRedirect(const std::string& base, const std::string& address);
/// Whether both have one scheme, host and port: what may get the same token.
[[nodiscard]] bool isSameHost(const std::string& one, const std::string& other);

} // namespace visgate::worker
