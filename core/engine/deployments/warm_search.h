// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/request.h"
#include "core/domain/model/model.h"
#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"

#include <QString>

#include <chrono>
#include <optional>

namespace visgate {

/// The warm path: an endpoint that stands already is taken over instead of making another one. Engine thread only.
class WarmSearch {
public:
    explicit WarmSearch(EngineContext& context) : m_context(context) { }

    struct Found {
        ProviderEndpoint endpoint;
        WorkerList workers;
        QString evidence; ///< why it is ready; empty while that is not known
    };
    /// An endpoint that is there already, as far as it can be known within the time that a create may take.
    Task<std::optional<Found>> find(CreateRequest request, QString modelId, std::optional<ModelSpec> preset);
    /// How long a start takes, on the dear side of what starts took here; where nothing is known of the model, as long
    /// as a start may take.
    [[nodiscard]] std::chrono::seconds coldStartOf(
        const std::optional<ModelSpec>& preset, AccountId target, const EndpointLimits& limits) const;

private:
    Task<std::optional<Found>> search(CreateRequest request, QString modelId, std::optional<ModelSpec> preset);

    EngineContext& m_context;
};

} // namespace visgate
