// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/service/deployment_service.h"

namespace visgate {

class Engine;

/// The service in the process that owns the data folder. Several may share one engine.
class LocalService final : public DeploymentService {
    Q_OBJECT

public:
    /// `engine` outlives this object.
    explicit LocalService(Engine& engine, QObject* parent = nullptr);

protected:
    void send(std::shared_ptr<Invocation> invocation) override;

private:
    Engine& m_engine;
};

} // namespace visgate
