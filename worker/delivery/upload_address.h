// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/queue/transport.h"

#include <optional>
#include <string>

namespace visgate::worker {

/// Whether an address that a job or the panel brought may be written to, and which network addresses its name may turn
/// out to be: https anywhere but at the machine's own network (link-local, where clouds keep their secrets); plain http
/// on this computer only. None for everything else: another scheme, a user name, no host.
[[nodiscard]] std::optional<Reach> reachOf(const std::string& address);

/// Parts of an address that reachOf() takes, as a request to it names them: "bucket.example:9000" (a port that the
/// scheme has by itself is left out), "https://bucket.example:9000", and the path without a slash at its end.
[[nodiscard]] std::string hostOf(const std::string& address);
[[nodiscard]] std::string originOf(const std::string& address);
[[nodiscard]] std::string pathOf(const std::string& address);

} // namespace visgate::worker
