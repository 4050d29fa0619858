// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <filesystem>
#include <memory>

namespace visgate::http {

/// A server on a local socket that answers each request with the client's address and the target.
[[nodiscard]] inline Result<std::unique_ptr<Server>> startAt(const std::filesystem::path& path)
{
    return Server::start({{}, 0, path}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->respond(jsonResponse(200, exchange->request().remoteAddress + exchange->request().target));
    });
}

} // namespace visgate::http
