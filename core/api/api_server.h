// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/owned_thread.h"
#include "core/foundation/http/server.h"
#include "core/foundation/logs/own_log.h"
#include "core/foundation/result.h"

#include <QString>

#include <functional>
#include <memory>

namespace visgate {

class DeploymentService;

/// Serves the API's routes on the owner's private socket. Requests are read on the server's thread, answered on a
/// thread of this object, on which the service lives that `makeService` makes there.
class ApiServer {
public:
    using MakeService = std::function<std::unique_ptr<DeploymentService>()>;

    /// The socket's folder is private (0700); peers of other users are refused.
    /// `log` gets a line a request.
    [[nodiscard]] static Result<std::unique_ptr<ApiServer>> start(
        const QString& socketPath, MakeService makeService, std::shared_ptr<OwnLog> log = {});
    ~ApiServer();
    ApiServer(const ApiServer&) = delete;
    ApiServer& operator=(const ApiServer&) = delete;

    [[nodiscard]] std::size_t connectionCount() const;

private:
    class ServiceHost;
    ApiServer();

    OwnedThread m_thread;
    ServiceHost* m_host = nullptr; ///< lives on m_thread
    std::unique_ptr<http::Server> m_server;
};

} // namespace visgate
