// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/request.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/engine/context/engine_context.h"

#include <QString>

#include <memory>
#include <vector>

namespace visgate {

class Handlers;

/// What is asked before a deployment. Engine thread only.
class PreflightHandlers {
public:
    explicit PreflightHandlers(EngineContext& context) : m_context(context) { }

    void addTo(Handlers& handlers);
    /// The engine goes down: ends the waits.
    void stop();

private:
    Task<Result<DeployQuote>> quote(CreateRequest request);
    Task<Result<void>> watchLicence(AccountId target, QString modelId);

    EngineContext& m_context;
    std::vector<std::shared_ptr<Waker>> m_watches; ///< who waits for a licence
};

} // namespace visgate
