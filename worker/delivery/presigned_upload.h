// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace visgate::worker {

class Transport;

/// Puts each artifact of a result to the address that the job brought for it, and leaves only the address (without its
/// signature) in the result. What cannot be put stays inside the result as before, and the result says why
/// ("upload_error"). The n-th artifact goes to the n-th address.
void uploadArtifacts(nlohmann::json& result, const std::vector<std::string>& addresses, Transport& transport,
    const http::CancelToken& cancel);

/// Whether a signed address may be used (upload_address.h): https, or http on this computer.
[[nodiscard]] bool isUploadAddress(const std::string& address);

} // namespace visgate::worker
