// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/foundation/http/server.h"
#include "core/foundation/result.h"

#include <QFuture>

#include <cstdint>
#include <functional>
#include <memory>

namespace visgate {

/// Hears what workers on this computer report, on a loopback port of its own: `/internal/deployment-ready/{id}`,
/// `/internal/events/{id}`, `/internal/logs/{id}`. Only an accelerator: everything works without it. A report needs
/// the secret of its deployment; a wrong one and an unknown deployment look alike from outside (401).
class CallbackReceiver {
public:
    /// Thread-safe; compares the secret.
    using Accept = std::function<QFuture<Result<CallbackAnswer>>(CallbackReport)>;

    /// `port` 0: the system picks one.
    [[nodiscard]] static Result<std::unique_ptr<CallbackReceiver>> start(
        std::uint16_t port, Accept accept, const http::ServerLimits& limits = {});

    [[nodiscard]] std::uint16_t port() const;

private:
    CallbackReceiver() = default;
    std::unique_ptr<http::Server> m_server;
};

} // namespace visgate
