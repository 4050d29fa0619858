// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/endpoint_scaling.h"

#include <algorithm>
#include <utility>

namespace visgate {

EndpointScaling::EndpointScaling(RunState& state, RunAccount& account)
    : m_state(state), m_account(account), m_context(state.context()), m_record(state.record())
{
}

EndpointLimits EndpointScaling::effective(EndpointLimits limits) const
{
    const Deployment& d = m_record.deployment;
    const auto others = m_context.sharing.demandElsewhere(d.endpointId, d.id);
    const int own = d.pool.mode == PoolMode::AlwaysOn ? 1 : 0;
    limits.workersMin = std::max({limits.workersMin, others.workersMin, own});
    limits.workersMax = std::max(limits.workersMax, limits.workersMin);
    limits.idleTimeout = std::max({limits.idleTimeout, others.idleTimeout, m_record.warmIdle});
    return limits;
}

Task<Result<ProviderEndpoint>> EndpointScaling::scale(EndpointLimits limits)
{
    // On disk before the endpoint is touched, so that it is always given back.
    if (m_record.deployment.pool.mode == PoolMode::AlwaysOn && !std::exchange(m_record.alwaysOnSent, true)) {
        if (auto saved = m_state.save(); !saved) {
            m_record.alwaysOnSent = false;
            co_return fail(std::move(saved.error()));
        }
        m_context.at("always_on.sent");
    }
    m_isUnderWay = true;
    auto endpoint = co_await scaleThenRead(limits);
    m_isUnderWay = false;
    co_return endpoint;
}

Task<Result<ProviderEndpoint>> EndpointScaling::scaleThenRead(EndpointLimits limits)
{
    const EndpointId id = m_record.deployment.endpointId;
    m_wasTaken = false;
    auto scaled = co_await m_account.provider()->scale(id, limits.workersMin, limits.workersMax, limits.idleTimeout);
    m_wasTaken = scaled.has_value();
    if (!scaled || m_state.isInterrupted())
        co_return scaled;
    auto endpoint = co_await m_account.provider()->endpoint(id);
    if (!endpoint || m_state.isInterrupted())
        co_return endpoint;
    m_account.accept(*endpoint);
    m_context.sharing.shareEndpoint(*endpoint, m_record.deployment.id);
    co_return endpoint;
}

} // namespace visgate
