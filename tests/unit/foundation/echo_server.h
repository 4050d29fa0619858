// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <gtest/gtest.h>
#include <memory>
#include <utility>

namespace visgate::test {

/// Answers with what it got: "METHOD target body".
inline void echo(const std::shared_ptr<http::Exchange>& exchange)
{
    const http::Request& request = exchange->request();
    exchange->respond(
        http::jsonResponse(200, request.method + " " + request.target + " " + request.body, "text/plain"));
}

inline std::unique_ptr<http::Server> startServer(http::Server::Handler handler, const http::ServerLimits& limits = {})
{
    auto server = http::Server::start({}, std::move(handler), limits);
    EXPECT_TRUE(server.has_value());
    return std::move(*server);
}

} // namespace visgate::test
