// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/data_folder_lock.h"
#include "core/base/paths.h"
#include "core/engine/context/engine_config.h"
#include "core/foundation/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace visgate {

class ApiServer;
class CallbackReceiver;
class DeploymentService;
class Engine;

/// A program's way to the service: it becomes the owner of the data folder (engine, private socket, callback receiver),
/// or, where another process is the owner already, that one's client. Lives on a thread with an event loop.
class ServiceAccess {
public:
    struct Options {
        Paths paths;
        std::function<EngineConfig()> makeConfig; ///< called only by an owner
        OwnLogs log{};
        bool receivesCallbacks = false;
        std::uint16_t callbackPort = 0; ///< 0: the system picks one
    };

    /// FileUnwritable and the like when the folders cannot be made; problems of the store show in the first call.
    [[nodiscard]] static Result<std::unique_ptr<ServiceAccess>> open(const Options& options);
    /// As open(), but an owner's engine, socket and callback receiver wait for start(); so do calls of the service.
    [[nodiscard]] static Result<std::unique_ptr<ServiceAccess>> prepare(const Options& options);
    /// Once, after prepare().
    [[nodiscard]] Result<void> start();
    /// An owner leaves deployments as they are; the next owner continues them.
    ~ServiceAccess();
    ServiceAccess(const ServiceAccess&) = delete;
    ServiceAccess& operator=(const ServiceAccess&) = delete;

    [[nodiscard]] DeploymentService& service() { return *m_service; }
    [[nodiscard]] bool isOwner() const { return m_lock.has_value(); }
    /// Connections of other processes to this owner's socket; 0 for a client.
    [[nodiscard]] std::size_t clientCount() const;

private:
    explicit ServiceAccess(const Options& options);
    void receiveCallbacks();

    Options m_options;

    // Torn down from below: first the service, last the lock.
    std::optional<DataFolderLock> m_lock;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<CallbackReceiver> m_callbacks;
    std::unique_ptr<ApiServer> m_api;
    std::unique_ptr<DeploymentService> m_service;
};

} // namespace visgate
